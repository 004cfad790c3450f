#include "site/visitor.h"

#include "people/tries.h"
#include "site/choice.h"
#include "site/page.h"
#include "site/words.h"

namespace quittance::site {
namespace {

// Another name than the agents' cookie. The prefix __Host- would demand Path=/, and these pages
// have no business with the rest of the house.
std::string cookie_name(const Site& site) {
    const bool secure = site.office.public_url.starts_with("https://");
    return secure ? "__Secure-requester" : "requester";
}

}  // namespace

Visitor visitor(const Site& site, const http::Call& call, requests::Purpose purpose) {
    const auto token = call.in_path.find("token")->second;
    const auto cookie = call.cookie(cookie_name(site));
    return site.office.store.read([&](store::Reader& reader) {
        const auto address = requests::find_address(reader, token);
        if (!address || address->purpose != purpose) throw Refusal(No::unknown, "not_found");
        auto row = requests::look(reader, address->account, address->request);
        const auto& own = spoken_language(row.language);
        const auto* chosen = chosen_language(call);
        const bool other = chosen && chosen->tag != own.tag;
        Visitor visitor{
            *address,
            token,
            people::company(reader, site.office.keys, address->account),
            Act{address->account, {}, {}, Door::site},
            std::move(row),
            other ? *chosen : own,
            other ? "?lang=" + std::string(chosen->tag) : "",
            false};
        if (cookie) {
            visitor.proven =
                requests::session_request(reader, address->account, *cookie) == address->request;
        }
        return visitor;
    });
}

boost::json::object values_of(const Visitor& visitor) {
    auto values = values_of(visitor.company);
    values["private"] = true;
    values["token"] = visitor.token;
    values["query"] = visitor.query;
    return values;
}

void add_code_error(boost::json::object& values, const Language& language, std::string_view name) {
    const auto said = words(language, "error." + std::string(name));
    values["has_errors"] = true;
    values["error_code"] = said;
    values["errors"] = boost::json::array{boost::json::object{{"field", "code"}, {"words", said}}};
}

http::Answer mailed_page(
    const Visitor& visitor, const std::string& action, std::string_view error
) {
    auto values = values_of(visitor);
    values["action"] = action;
    if (!error.empty()) add_code_error(values, visitor.language, error);
    return render({visitor.language, "mailed", error.empty() ? 200 : 422, std::move(values)});
}

void require_button(const Site& site, const http::Call& call) {
    if (call.cookie(cookie_name(site)) && !site.from_our_pages(call)) {
        throw Refusal(No::forbidden, "wrong_origin");
    }
    site.office.store.write([&](store::Tx& tx) {
        people::require_try(
            tx, site.office.keys, buttons_by_network, people::network_of(call.remote)
        );
    });
}

void give_session(const Site& site, http::Answer& answer, const std::string& session) {
    const auto seconds = std::chrono::seconds(requests::session_lasts).count();
    const auto name = cookie_name(site);
    answer.headers.add(
        "set-cookie", name + "=" + session + "; Path=/r; Max-Age=" + std::to_string(seconds) +
                          "; HttpOnly; SameSite=Lax" + (name[0] == '_' ? "; Secure" : "")
    );
}

std::string field(const http::Call& call, std::string_view name) {
    const auto form = call.form();
    for (const auto& [key, value] : form) {
        if (key == name) return value;
    }
    return {};
}

}  // namespace quittance::site
