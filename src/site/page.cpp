#include "site/page.h"

#include <algorithm>
#include <stdexcept>

#include "base/template_text.h"
#include "site/words.h"

namespace quittance::site {
namespace {

constexpr std::string_view policy =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'";

std::string_view page_text(std::string_view name) {
    const auto pages = made_pages();
    const auto found = std::ranges::lower_bound(pages, name, {}, &Made::name);
    if (found == pages.end() || found->name != name) {
        throw std::logic_error("there is no page " + std::string(name));
    }
    return found->text;
}

// What pages include of each other. Values and parts share their names, so parts have a prefix.
const Partials& parts() {
    static const Partials all = [] {
        Partials made;
        for (const auto& page : made_pages()) {
            if (page.name.starts_with("part-")) made.emplace(page.name, page.text);
        }
        return made;
    }();
    return all;
}

}  // namespace

http::Answer render(const Page& page) {
    auto answer = http::Answer::html(
        page.status, fill(page_text(page.name), page.values, Escape::html, parts())
    );
    answer.headers.set("content-security-policy", std::string(policy));
    answer.headers.set("cache-control", "no-store");
    answer.headers.set("referrer-policy", "same-origin");
    return answer;
}

boost::json::object values_of(const people::Company& company) {
    return {
        {"company", company.name},
        {"privacy_email", company.privacy_email.value_or("")},
        {"postal_address", company.postal_address.value_or("")},
        {"policy_url", company.policy_url.value_or("")}};
}

http::Answer message_page(int status, std::string_view name, const boost::json::object& values) {
    const auto key = "message." + std::string(name);
    return render(
        {.name = "message",
         .status = status,
         .values =
             {{"private", true},
              {"message_title", words(key + "_title")},
              {"message_words", words(key, values)}}}
    );
}

int minutes_of(int seconds) { return std::max(1, (seconds + 59) / 60); }

http::Answer page_for(const Refusal& refusal) {
    if (refusal.no == No::too_many) {
        auto answer =
            message_page(429, "too_many", {{"minutes", minutes_of(refusal.retry_after_s)}});
        answer.headers.set("retry-after", std::to_string(refusal.retry_after_s));
        return answer;
    }
    if (refusal.no == No::unavailable) {
        auto answer = message_page(503, "unavailable");
        answer.headers.set("retry-after", std::to_string(std::max(1, refusal.retry_after_s)));
        return answer;
    }
    if (refusal.no == No::forbidden) return message_page(403, "elsewhere");
    if (refusal.no == No::malformed || refusal.no == No::unsupported)
        return message_page(400, "unreadable");
    return message_page(404, "unknown");
}

}  // namespace quittance::site
