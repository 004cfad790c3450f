#include "api/origin.h"

#include <algorithm>

namespace quittance::api {

bool on_loopback(std::string_view host) {
    if (host.starts_with("::ffff:")) host.remove_prefix(7);
    return host == "localhost" || host == "::1" || host == "[::1]" || host.starts_with("127.");
}

OwnOrigins::OwnOrigins(std::string_view public_url) {
    const auto scheme_end = public_url.find("://");
    const auto scheme = public_url.substr(0, scheme_end + 3);
    auto authority = public_url.substr(scheme_end + 3);
    authority = authority.substr(0, authority.find('/'));
    origins_.push_back(std::string(scheme) + std::string(authority));
    const auto colon = authority.find(':', authority.find(']') + 1);
    const auto host = authority.substr(0, colon);
    if (!on_loopback(host)) return;
    const auto port =
        colon == std::string_view::npos ? std::string_view() : authority.substr(colon);
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
