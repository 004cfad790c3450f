#include "api/session_json.h"

#include "api/answers.h"
#include "api/guard.h"

namespace quittance::api {

namespace json = boost::json;

json::object account_json(AccountId id, std::string_view name) {
    return {{"id", id.text()}, {"name", name}};
}

json::object session_agent_json(const people::Agent& agent) {
    return {
        {"id", agent.id.text()},
        {"name", agent.name},
        {"email", agent.email},
        {"role", people::name_of(agent.role)}};
}

json::object session_json(const House& house, const people::SignedIn& who) {
    const auto me = house.store().read([&](store::Reader& reader) {
        return people::me(reader, house.keys(), who);
    });
    json::array accounts;
    for (const auto& membership : me.accounts) {
        accounts.push_back(account_json(membership.account, membership.name));
    }
    return {
        {"account", account_json(who.act.account, me.account_name)},
        {"agent", session_agent_json(me.agent)},
        {"accounts", std::move(accounts)},
        {"signed_in_at", who.created_at.text()},
        {"ends_at", who.ends_at.text()},
        {"fresh_until", (who.proof_at + people::proof_fresh).text()}};
}

http::Answer session_answer(const House& house, int status, const people::NewSession& session) {
    auto answer = json_answer(status, session_json(house, session.who));
    answer.headers.set("set-cookie", session_cookie(house, session.token));
    return answer;
}

}  // namespace quittance::api
