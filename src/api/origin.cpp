#include "api/origin.h"

#include <algorithm>

namespace quittance::api {

bool on_loopback(std::string_view host) {
    if (host.starts_with("::ffff:")) host.remove_prefix(7);
    // 127.example.com is a name that may lead anywhere.
    const bool numbers = host.find_first_not_of("0123456789.") == std::string_view::npos;
    return host == "localhost" || host == "::1" || host == "[::1]" ||
           (numbers && host.starts_with("127."));
}

namespace {

// "127.0.0.1" of "127.0.0.1:8080", "[::1]" of "[::1]:8080".
std::string_view host_of(std::string_view authority) {
    return authority.substr(0, authority.find(':', authority.find(']') + 1));
}

std::string_view authority_of(std::string_view url) {
    url.remove_prefix(url.find("://") + 3);
    return url.substr(0, url.find('/'));
}

}  // namespace

bool at_this_machine(const http::Call& call, std::string_view public_url) {
    if (!on_loopback(call.remote) || !on_loopback(host_of(authority_of(public_url)))) return false;
    for (const auto* by_proxy : {"forwarded", "x-forwarded-for", "x-real-ip", "via"}) {
        if (call.headers.find(by_proxy)) return false;
    }
    const auto host = call.headers.find("host");
    return !host || on_loopback(host_of(*host));
}

OwnOrigins::OwnOrigins(std::string_view public_url) {
    const auto scheme = public_url.substr(0, public_url.find("://") + 3);
    const auto authority = authority_of(public_url);
    origins_.push_back(std::string(scheme) + std::string(authority));
    const auto host = host_of(authority);
    if (!on_loopback(host)) return;
    const auto port = authority.substr(host.size());
    for (const std::string_view name : {"127.0.0.1", "localhost", "[::1]"}) {
        origins_.push_back(std::string(scheme) + std::string(name) + std::string(port));
    }
}

bool OwnOrigins::welcome(const http::Call& call) const {
    if (call.method == http::Method::get || call.method == http::Method::head) return true;
    const auto origin = call.headers.find("origin");
    if (!origin) return false;
    if (*origin == "null") return call.headers.find("sec-fetch-site") == "same-origin";
    return std::ranges::find(origins_, *origin) != origins_.end();
}

}  // namespace quittance::api
