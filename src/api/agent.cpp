// The agents of the account.
#include "people/agents.h"

#include "api/answers.h"
#include "api/body.h"
#include "api/query.h"
#include "api/resources.h"

namespace quittance::api {
namespace {

namespace json = boost::json;
using http::Answer;
using http::Call;
using http::Method;

json::object agent_view(const people::Agent& agent) {
    return {
        {"id", agent.id.text()},
        {"name", agent.name},
        {"email", agent.email},
        {"role", people::name_of(agent.role)},
        {"created_at", agent.created_at.text()},
        {"archived_at", time_or_null(agent.archived_at)},
        {"version", agent.version}};
}

Answer list(House& house, const Call& call) {
    Query query(call);
    const bool archived = query.boolean("archived").value_or(false);
    query.done();
    const auto agents = house.store().read([&](store::Reader& reader) {
        return people::agents(reader, house.keys(), call.act().account);
    });
    json::array all;
    for (const auto& agent : agents) {
        if (archived || !agent.archived_at) all.push_back(agent_view(agent));
    }
    return list_answer("agents", std::move(all));
}

Answer look(House& house, const Call& call) {
    const auto agent = house.store().read([&](store::Reader& reader) {
        return people::agent(reader, house.keys(), call.act().account, call.id<AgentId>());
    });
    return json_answer(200, agent_view(agent), agent.version);
}

struct AgentChange {
    std::optional<std::string> name;
    std::optional<people::Role> role;
};
BOOST_DESCRIBE_STRUCT(AgentChange, (), (name, role))

Answer change(House& house, const Call& call) {
    const auto id = call.id<AgentId>();
    const auto change = maybe_body<AgentChange>(call);
    house.store().write([&](store::Tx& tx) {
        auto version = if_match(call);
        if (change.role) {
            people::change_role(tx, call.act(), house.keys(), id, *change.role, version);
            version.reset();
        }
        if (change.name) {
            people::rename_agent(tx, call.act(), house.keys(), id, *change.name, version);
        }
    });
    return look(house, call);
}

Answer archive(House& house, const Call& call) {
    const auto id = call.id<AgentId>();
    house.store().write([&](store::Tx& tx) {
        people::archive_agent(tx, call.act(), house.keys(), id, if_match(call));
    });
    return Answer::empty();
}

}  // namespace

Routes agent_routes(House& house) {
    return {
        {Method::get, "/api/v1/agents", "read", in(house, list)},
        {Method::get, "/api/v1/agents/{id}", "read", in(house, look)},
        {Method::put, "/api/v1/agents/{id}", "manage", in(house, change)},
        {Method::delete_, "/api/v1/agents/{id}", "manage", in(house, archive)},
    };
}

}  // namespace quittance::api
