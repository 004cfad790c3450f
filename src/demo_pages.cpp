#include <algorithm>

#include "base/template_text.h"
#include "demo.h"
#include "demo_cast.h"

namespace quittance::demo {
namespace {

namespace json = boost::json;

constexpr auto frame =
    "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
    "<link rel=\"icon\" href=\"data:,\"><title>{{title}}</title>"
    "<link rel=\"stylesheet\" href=\"/assets/pages/pages.css\">"
    "<link rel=\"stylesheet\" href=\"/assets/pages/demo.css\"></head><body>"
    "<header class=\"top\"><div class=\"wrap row\"><b class=\"brand\">Quittance</b>"
    "<a href=\"/demo\">Start</a><a href=\"/privacy\">Privacy centre</a>"
    "<a href=\"/demo/mail\">Caught mail</a><a href=\"/app\">Portal</a></div></header>"
    "<main class=\"wrap\"><h1>{{title}}</h1>";

constexpr auto welcome =
    "<p class=\"lead\">Three dozen people have written to {{company}}. Nobody here exists, and no "
    "mail leaves this machine.</p><ol>"
    "<li>Ask for something as a stranger in the <a href=\"/privacy\">privacy centre</a>.</li>"
    "<li>Read the letter that you get under <a href=\"/demo/mail\">caught mail</a>, and press the "
    "button behind its link.</li>"
    "<li>Answer your request as an agent in <a href=\"/app\">the portal</a>.</li></ol>"
    "<h2>Who works here</h2><p>Everybody’s password is <strong>{{password}}</strong>.</p>"
    "<table><thead><tr><th>Name</th><th>Sign in as</th><th>Role</th></tr></thead><tbody>"
    "{{#colleagues}}<tr><td>{{name}}</td><td>{{email}}</td><td>{{role}}</td></tr>{{/colleagues}}"
    "</tbody></table></main></body></html>";

constexpr auto mail =
    "<p class=\"lead\">Newest first. Load the page again to see more.</p>"
    "{{#letters}}<details{{#first}} open{{/first}}><summary><small>{{at}} to <bdi>{{to}}</bdi>"
    "</small><b>{{subject}}</b></summary><pre dir=\"auto\">{{#lines}}{{text}}{{#link}}"
    "<a href=\"{{link}}\">{{link}}</a>{{/link}}<br>{{/lines}}</pre></details>{{/letters}}"
    "{{^letters}}<p>No mail has been sent yet.</p>{{/letters}}</main></body></html>";

http::Answer page(std::string_view body, json::object values, std::string_view title) {
    values["title"] = title;
    auto answer = http::Answer::html(
        200, fill(frame, values, Escape::html) + fill(body, values, Escape::html)
    );
    answer.headers.set(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; img-src data:; frame-ancestors 'none'; "
        "base-uri 'none'; form-action 'none'"
    );
    return answer;
}

http::Answer show_welcome(const http::Call&) {
    json::array people;
    for (const auto& colleague : colleagues()) {
        people.push_back(json::object{
            {"name", colleague.name}, {"email", colleague.email}, {"role", colleague.role}});
    }
    return page(
        welcome,
        {{"company", company_name}, {"password", password}, {"colleagues", std::move(people)}},
        "Quittance, to look around"
    );
}

// The lines of a letter; a line that is an address of ours becomes a link.
json::array lines_of(const std::string& text) {
    json::array lines;
    std::size_t from = 0;
    while (from <= text.size()) {
        const auto end = std::min(text.find('\n', from), text.size());
        const auto line = text.substr(from, end - from);
        const auto link = line.find("http");
        const bool whole = link != std::string::npos && line.find(' ', link) == std::string::npos;
        lines.push_back(json::object{
            {"text", whole ? line.substr(0, link) : line},
            {"link", whole ? json::value(line.substr(link)) : json::value(false)}});
        from = end + 1;
    }
    return lines;
}

http::Answer show_mail(const mail::CaughtMail& caught) {
    json::array letters;
    for (const auto& one : caught.newest()) {
        letters.push_back(json::object{
            {"at", one.at.text().substr(0, 16).replace(10, 1, " ")},
            {"to", one.letter.to},
            {"subject", one.letter.subject},
            {"first", letters.empty()},
            {"lines", lines_of(one.letter.text)}});
    }
    return page(mail, {{"letters", std::move(letters)}}, "Caught mail");
}

}  // namespace

std::vector<http::Route> routes(mail::CaughtMail& caught) {
    return {
        {.method = http::Method::get,
         .pattern = "/demo",
         .access = "public",
         .handler = show_welcome},
        {.method = http::Method::get,
         .pattern = "/demo/mail",
         .access = "public",
         .handler = [&caught](const http::Call&) { return show_mail(caught); }},
    };
}

}  // namespace quittance::demo
