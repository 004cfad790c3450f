#include "api/plain_page.h"

#include "base/digest.h"
#include "base/template_text.h"

namespace quittance::api {
namespace {

constexpr std::string_view style = R"(
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:2rem auto;max-width:60rem;padding:0 1rem}
h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:2.5rem}h3{font-size:1rem;margin:1.5rem 0 .25rem}
table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid #8885;padding:.4rem .6rem .4rem 0;text-align:start;vertical-align:top}
td{overflow-wrap:anywhere}time{white-space:nowrap}
pre{background:#8882;overflow-x:auto;padding:.75rem}
code,pre{font-family:ui-monospace,monospace;font-size:.9em}
.key{font-weight:600}.key::after{content:":"}
a{color:inherit}
@media(max-width:40rem){table,thead,tbody,tr,th,td{display:block}th,td{border:0;padding:.1rem 0}
tr{border-bottom:1px solid #8885;padding:.4rem 0}}
@media print{body{margin:0;max-width:none}}
)";

}  // namespace

http::Answer plain_page(std::string_view title, const std::string& body) {
    const boost::json::object values{{"title", title}};
    std::string page = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n";
    page += "<meta name=\"viewport\" content=\"width=device-width\">\n";
    page += fill("<title>{{title}}</title>\n", values, Escape::html);
    page += "<style>" + std::string(style) + "</style>\n<main>\n" + body + "</main>\n</html>\n";
    auto answer = http::Answer::html(200, std::move(page));
    answer.headers.set(
        "content-security-policy",
        "default-src 'none'; style-src 'sha256-" + base64(sha256(style)) +
            "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    answer.headers.set("cache-control", "no-store");
    return answer;
}

}  // namespace quittance::api
