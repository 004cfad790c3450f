#include "test/site/browser.h"

#include <re2/re2.h>

namespace quittance::site {
namespace {

std::string encoded(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const unsigned char c : text) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
            out += static_cast<char>(c);
        } else {
            out += {'%', digits[c >> 4], digits[c & 15]};
        }
    }
    return out;
}

}  // namespace

test::Reply Browser::send(http::Call call, const test::Fields& headers) {
    call.remote = remote_;
    if (!cookie.empty()) call.headers.set("cookie", cookie);
    for (const auto& [name, value] : headers) call.headers.set(name, value);
    auto reply = house_.raw(std::move(call));
    if (const auto set = reply.headers.find("set-cookie")) {
        cookie = std::string(set->substr(0, set->find(';')));
    }
    return reply;
}

test::Reply Browser::get(std::string_view path, const test::Fields& headers) {
    http::Call call;
    http::set_target(call, path);
    return send(std::move(call), headers);
}

test::Reply Browser::post(std::string_view path, const Form& form, const test::Fields& headers) {
    http::Call call;
    call.method = http::Method::post;
    http::set_target(call, path);
    for (const auto& [name, value] : form) {
        call.body += (call.body.empty() ? "" : "&") + encoded(name) + "=" + encoded(value);
    }
    call.headers.set("content-type", "application/x-www-form-urlencoded");
    call.headers.set("origin", "http://127.0.0.1:8080");
    return send(std::move(call), headers);
}

test::Reply Browser::follow(const test::Reply& reply) {
    EXPECT_EQ(reply.status, 303) << reply.body;
    return get(location(reply));
}

std::string location(const test::Reply& reply) {
    return std::string(reply.headers.find("location").value_or(""));
}

std::string between(std::string_view text, std::string_view before, std::string_view end) {
    const auto at = text.find(before);
    if (at == std::string_view::npos) return {};
    const auto begin = at + before.size();
    return std::string(text.substr(begin, text.find_first_of(end, begin) - begin));
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

std::string PublicPages::code_in(const std::string& letter) {
    std::string code;
    EXPECT_TRUE(RE2::PartialMatch(letter, R"(\b(\d{8})\b)", &code)) << letter;
    return code;
}

}  // namespace quittance::site
