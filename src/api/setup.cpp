// The first account, made in the browser.
#include "api/answers.h"
#include "api/body.h"
#include "api/guard.h"
#include "api/origin.h"
#include "api/resources.h"
#include "api/session_json.h"
#include "people/accounts.h"

namespace quittance::api {
namespace {

namespace json = boost::json;
using http::Answer;
using http::Call;
using http::Method;

bool at_home(const House& house, const Call& call) {
    return at_this_machine(call, house.office.public_url);
}

Answer look(House& house, const Call& call) {
    const bool needed =
        house.store().read([](store::Reader& reader) { return people::set_up_needed(reader); });
    return json_answer(
        200, json::object{{"needed", needed}, {"code_needed", !at_home(house, call)}}
    );
}

struct SetupAccount {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(SetupAccount, (), (name))

struct SetupOwner {
    std::string name;
    std::string email;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(SetupOwner, (), (name, email, password))

struct SetupOrder {
    SetupAccount account;
    SetupOwner owner;
    std::optional<std::string> code;
};
BOOST_DESCRIBE_STRUCT(SetupOrder, (), (account, owner, code))

people::SetUp set_up_of(const House& house, const SetupOrder& order, const Call& call) {
    return {
        .account =
            {.name = order.account.name,
             .owner_name = order.owner.name,
             .owner_email = order.owner.email,
             .owner_password = order.owner.password},
        .code = order.code,
        .from_loopback = at_home(house, call),
        .network = call.remote};
}

json::object done_json(const people::SetUpDone& done, const people::Me& me) {
    return {
        {"account", account_json(done.opened.account, me.account_name)},
        {"agent", session_agent_json(me.agent)},
        {"privacy_centre", {{"slug", done.opened.slug}}}};
}

Answer set_up(House& house, const Call& call) {
    const auto order = set_up_of(house, body<SetupOrder>(call), call);
    const auto done = people::set_up(house.reception, order, house.furnish);
    const auto me = house.store().read([&](store::Reader& reader) {
        return people::me(reader, house.keys(), done.session.who);
    });
    auto answer = json_answer(201, done_json(done, me));
    answer.headers.set("set-cookie", session_cookie(house, done.session.token));
    return answer;
}

}  // namespace

Routes setup_routes(House& house) {
    return {
        {Method::get, "/api/v1/setup", "public", in(house, look)},
        {Method::post, "/api/v1/setup", "public", in(house, set_up)},
    };
}

}  // namespace quittance::api
