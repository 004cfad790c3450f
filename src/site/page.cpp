#include "site/page.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "base/template_text.h"
#include "site/words.h"

namespace quittance::site {
namespace {

constexpr std::string_view policy =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'";

std::string_view page_text(const Language& language, std::string_view name) {
    const auto pages = made_pages(language);
    const auto found = std::ranges::lower_bound(pages, name, {}, &Made::name);
    if (found == pages.end() || found->name != name) {
        throw std::logic_error("there is no page " + std::string(name));
    }
    return found->text;
}

// What pages include of each other. Values and parts share their names, so parts have a prefix.
const Partials& parts(const Language& language) {
    static const auto all = [] {
        std::map<std::string_view, Partials> made;
        for (const auto& one : languages()) {
            for (const auto& page : made_pages(one)) {
                if (page.name.starts_with("part-")) made[one.tag].emplace(page.name, page.text);
            }
        }
        return made;
    }();
    return all.at(language.tag);
}

boost::json::array choices(const Language& language) {
    boost::json::array all;
    for (const auto& one : languages()) {
        all.push_back(boost::json::object{
            {"tag", one.tag},
            {"own_name", one.name},
            {"own_dir", one.dir},
            {"here", one.tag == language.tag}});
    }
    return all;
}

}  // namespace

http::Answer render(Page page) {
    page.values["choices"] = choices(page.language);
    auto answer = http::Answer::html(
        page.status,
        fill(page_text(page.language, page.name), page.values, Escape::html, parts(page.language))
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

http::Answer message_page(
    const Language& language, int status, std::string_view name, const boost::json::object& values
) {
    const auto key = "message." + std::string(name);
    return render(
        {.language = language,
         .name = "message",
         .status = status,
         .values =
             {{"private", true},
              {"message_title", words(language, key + "_title")},
              {"message_words", words(language, key, values)}}}
    );
}

int minutes_of(int seconds) { return std::max(1, (seconds + 59) / 60); }

http::Answer page_for(const Refusal& refusal, const Language& language) {
    if (refusal.no == No::too_many) {
        auto answer = message_page(
            language, 429, "too_many", {{"minutes", minutes_of(refusal.retry_after_s)}}
        );
        answer.headers.set("retry-after", std::to_string(refusal.retry_after_s));
        return answer;
    }
    if (refusal.no == No::unavailable) {
        auto answer = message_page(language, 503, "unavailable");
        answer.headers.set("retry-after", std::to_string(std::max(1, refusal.retry_after_s)));
        return answer;
    }
    if (refusal.no == No::forbidden) return message_page(language, 403, "elsewhere");
    if (refusal.no == No::malformed || refusal.no == No::unsupported)
        return message_page(language, 400, "unreadable");
    return message_page(language, 404, "unknown");
}

}  // namespace quittance::site
