#include "api/guard.h"

#include <algorithm>
#include <array>
#include <exception>

#include "api/origin.h"
#include "base/log.h"
#include "people/api_keys.h"
#include "people/roles.h"
#include "people/security.h"

namespace quittance::api {
namespace {

std::string_view cookie_name(const House& house) {
    return house.secure() ? "__Host-session" : "session";
}

// What follows "Bearer ", in any case; nullopt when the call carries no Authorization.
std::optional<std::string_view> bearer(const http::Call& call) {
    const auto field = call.headers.find("authorization");
    if (!field) return std::nullopt;
    constexpr std::string_view scheme = "bearer ";
    if (field->size() <= scheme.size()) return "";
    for (std::size_t i = 0; i < scheme.size(); ++i) {
        const char c = (*field)[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c) != scheme[i]) return "";
    }
    return field->substr(scheme.size());
}

void let_key_in(
    const House& house, http::Call& call, const people::Access& access, std::string_view token
) {
    const auto holder = people::holder_of(house.reception, token);
    if (!holder) throw Refusal(No::unauthenticated, "unknown_key");
    http::Caller caller{.act = holder->act, .role = "", .scopes = {}, .session = ""};
    for (const auto scope : holder->scopes) caller.scopes.emplace_back(people::name_of(scope));
    call.caller = std::move(caller);
    if (!people::may(holder->scopes, access)) throw Refusal(No::forbidden, "wrong_scope");
}

void let_session_in(const House& house, http::Call& call, const people::Access& access) {
    const auto who = signed_in(house, call);
    if (!OwnOrigins(house.office.public_url).welcome(call)) {
        throw Refusal(No::forbidden, "wrong_origin");
    }
    call.caller = http::Caller{
        .act = who.act,
        .role = std::string(people::name_of(who.role)),
        .scopes = {},
        .session = who.session.text()};
    if (!people::may(who.role, access)) {
        throw Refusal(
            No::forbidden, "wrong_role", {{"role", std::string(people::name_of(who.role))}}
        );
    }
    if (access.fresh) people::require_fresh(who);
}

constexpr std::array security_codes{"wrong_role", "wrong_scope", "fresh_sign_in_needed"};

void note(House& house, const http::Call& call, const Refusal& refusal) {
    log::info("refused", {{"code", refusal.code}, {"route", call.route}});
    if (!call.caller || std::ranges::find(security_codes, refusal.code) == security_codes.end()) {
        return;
    }
    house.store().write([&](store::Tx& tx) {
        people::record_refusal(tx, call.act(), house.keys(), refusal.code, call.route);
    });
}

}  // namespace

std::optional<std::string> session_token(const House& house, const http::Call& call) {
    return call.cookie(cookie_name(house));
}

people::SignedIn signed_in(const House& house, const http::Call& call) {
    const auto token = session_token(house, call);
    auto who = token ? people::resume(house.reception, *token) : std::nullopt;
    if (!who) throw Refusal(No::unauthenticated, "not_signed_in");
    return *who;
}

bool may_stay(const House& house, const http::Call& call, std::string_view access_name) {
    const auto& access = people::access(access_name);
    if (const auto key = bearer(call)) {
        const auto holder = people::holder_of(house.reception, *key);
        return holder && people::may(holder->scopes, access);
    }
    const auto token = session_token(house, call);
    if (!token) return false;
    const auto who =
        house.store().read([&](store::Reader& reader) { return people::glance(reader, *token); });
    return who && who->act.account == call.act().account && people::may(who->role, access);
}

std::string session_cookie(const House& house, std::string_view token) {
    std::string cookie(cookie_name(house));
    cookie += '=';
    cookie += token;
    cookie += "; Path=/; HttpOnly; SameSite=Lax; Max-Age=";
    cookie += std::to_string(std::chrono::seconds(people::session_longest).count());
    if (house.secure()) cookie += "; Secure";
    return cookie;
}

std::string no_session_cookie(const House& house) {
    std::string cookie(cookie_name(house));
    cookie += "=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0";
    if (house.secure()) cookie += "; Secure";
    return cookie;
}

http::Guard guard(House& house) {
    return [&house](http::Call& call, const http::Route& route) {
        if (route.access == "public") return;
        const auto& access = people::access(route.access);
        if (const auto token = bearer(call)) return let_key_in(house, call, access, *token);
        let_session_in(house, call, access);
    };
}

http::Refused refused(House& house) {
    return [&house](const http::Call& call, const Refusal& refusal) {
        try {
            note(house, call, refusal);
        } catch (const std::exception& cause) {
            log::warning(
                "a refusal could not be recorded",
                {{"code", refusal.code}, {"cause", std::string_view(cause.what())}}
            );
        }
    };
}

}  // namespace quittance::api
