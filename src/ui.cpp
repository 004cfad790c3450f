#include "ui.h"

#include "http/assets.h"

namespace quittance {
namespace {

http::Answer page(const http::Call&) { return http::index(); }

http::Answer file_or_page(const http::Call& call) {
    const auto& rest = call.in_path.at("rest");
    // What looks like a file and is none must not become a page: a script would get HTML.
    if (rest.find('.') == std::string::npos) return http::index();
    return http::asset(call, rest);
}

http::Answer to_the_app(const http::Call&) { return http::Answer::see_other("/app"); }

}  // namespace

std::vector<http::Route> ui_routes() {
    using http::Method;
    return {
        {.method = Method::get, .pattern = "/", .access = "public", .handler = to_the_app},
        {.method = Method::get, .pattern = "/app", .access = "public", .handler = page},
        {.method = Method::get,
         .pattern = "/app/{rest...}",
         .access = "public",
         .handler = file_or_page},
    };
}

}  // namespace quittance
