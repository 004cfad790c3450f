// Signing in and out, and what a signed-in person sees of their own sessions.
#include "people/session.h"

#include "api/answers.h"
#include "api/body.h"
#include "api/guard.h"
#include "api/resources.h"
#include "api/session_json.h"

namespace quittance::api {
namespace {

namespace json = boost::json;
using http::Answer;
using http::Call;
using http::Method;

struct SignIn {
    std::string email;
    std::string password;
    std::optional<AccountId> account;
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (email, password, account))

Answer sign_in(House& house, const Call& call) {
    const auto given = body<SignIn>(call);
    return session_answer(
        house, 201,
        people::sign_in(
            house.reception, {.email = given.email,
                              .password = given.password,
                              .account = given.account,
                              .network = call.remote}
        )
    );
}

Answer look(House& house, const Call& call) {
    return json_answer(200, session_json(house, signed_in(house, call)));
}

Answer sign_out(House& house, const Call& call) {
    const auto who = signed_in(house, call);
    house.store().write([&](store::Tx& tx) { people::sign_out(tx, who); });
    auto answer = Answer::empty();
    answer.headers.set("set-cookie", no_session_cookie(house));
    return answer;
}

struct PasswordProof {
    std::string password;
};
BOOST_DESCRIBE_STRUCT(PasswordProof, (), (password))

Answer prove(House& house, const Call& call) {
    const auto proof = body<PasswordProof>(call);
    people::prove(house.reception, signed_in(house, call), proof.password);
    return Answer::empty();
}

struct AccountChoice {
    AccountId account;
};
BOOST_DESCRIBE_STRUCT(AccountChoice, (), (account))

Answer switch_account(House& house, const Call& call) {
    const auto choice = body<AccountChoice>(call);
    const auto who = signed_in(house, call);
    return session_answer(house, 200, house.store().write([&](store::Tx& tx) {
        return people::switch_account(tx, who, house.keys(), choice.account);
    }));
}

json::object own_session_json(const people::Session& session, const people::Me& me) {
    const auto account =
        std::ranges::find(me.accounts, session.account, &people::Membership::account);
    const auto name = account == me.accounts.end() ? std::string() : account->name;
    return {
        {"id", session.id.text()},
        {"account", account_json(session.account, name)},
        {"created_at", session.created_at.text()},
        {"seen_at", session.seen_at.text()},
        {"current", session.current}};
}

Answer list(House& house, const Call& call) {
    const auto who = signed_in(house, call);
    return house.store().read([&](store::Reader& reader) {
        const auto me = people::me(reader, house.keys(), who);
        json::array all;
        for (const auto& session : people::sessions(reader, who)) {
            all.push_back(own_session_json(session, me));
        }
        return list_answer("sessions", std::move(all));
    });
}

Answer end_others(House& house, const Call& call) {
    const auto who = signed_in(house, call);
    house.store().write([&](store::Tx& tx) { people::end_other_sessions(tx, who, house.keys()); });
    return Answer::empty();
}

Answer end_one(House& house, const Call& call) {
    const auto id = call.id<Id<struct SessionTag>>().uuid;
    const auto who = signed_in(house, call);
    house.store().write([&](store::Tx& tx) { people::end_session(tx, who, house.keys(), id); });
    return Answer::empty();
}

}  // namespace

Routes session_routes(House& house) {
    return {
        {Method::post, "/api/v1/session", "public", in(house, sign_in)},
        {Method::get, "/api/v1/session", "own", in(house, look)},
        {Method::delete_, "/api/v1/session", "own", in(house, sign_out)},
        {Method::post, "/api/v1/session/proof", "own", in(house, prove)},
        {Method::put, "/api/v1/session/account", "own", in(house, switch_account)},
        {Method::get, "/api/v1/sessions", "own", in(house, list)},
        {Method::delete_, "/api/v1/sessions", "own", in(house, end_others)},
        {Method::delete_, "/api/v1/sessions/{id}", "own", in(house, end_one)},
    };
}

}  // namespace quittance::api
