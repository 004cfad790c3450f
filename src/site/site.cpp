#include "site/site.h"

#include "http/assets.h"
#include "site/choice.h"
#include "site/page.h"
#include "site/pages.h"

namespace quittance::site {
namespace {

// A message of 100,000 characters may be 400,000 bytes, and three times as many percent-encoded.
constexpr std::size_t form_bytes_max = 2'000'000;
constexpr std::size_t button_bytes_max = 4'096;

using Serve = http::Answer (*)(const Site&, const http::Call&);

http::Handler handler(const Site& site, Serve page) {
    return [&site, page](const http::Call& call) {
        try {
            return page(site, call);
        } catch (const Refusal& refusal) {
            // People read these pages, programs do not: a page instead of a problem document.
            return page_for(refusal, language_of(call));
        }
    };
}

http::Answer asset(const http::Call& call) {
    return http::asset(call, "assets/pages/" + call.in_path.find("file")->second);
}

}  // namespace

std::vector<http::Route> routes(Site& site) {
    using enum http::Method;
    const auto route = [&](http::Method method, std::string pattern, Serve page,
                           std::size_t bytes) {
        return http::Route{method, std::move(pattern), "public", handler(site, page), bytes};
    };
    return {
        {get, "/assets/pages/{file}", "public", asset, 0},
        route(get, "/{slug}", form, 0),
        route(post, "/{slug}", submit, form_bytes_max),
        route(get, "/confirm/{token}", confirmation, 0),
        route(post, "/confirm/{token}", confirm, button_bytes_max),
        route(get, "/r/{token}", own_page, 0),
        route(post, "/r/{token}", knock, button_bytes_max),
        route(get, "/r/{token}/received", received, 0),
        route(get, "/r/{token}/withdraw", withdrawal, 0),
        route(post, "/r/{token}/withdraw", withdraw, button_bytes_max),
    };
}

}  // namespace quittance::site
