// API keys: made by an owner, shown once.
#include "api/answers.h"
#include "api/body.h"
#include "api/query.h"
#include "api/request_json.h"
#include "api/resources.h"
#include "people/agents.h"
#include "people/api_keys.h"

namespace quittance::api {
namespace {

namespace json = boost::json;
using http::Answer;
using http::Call;
using http::Method;

json::array scopes_json(const std::vector<std::string>& scopes) {
    json::array array;
    for (const auto& scope : scopes) array.emplace_back(scope);
    return array;
}

json::object key_json(const people::ApiKey& key, const AgentNames& names) {
    return {
        {"id", key.id.text()},
        {"name", key.name},
        {"scopes", scopes_json(key.scopes)},
        {"created_by", agent_json(key.created_by, names)},
        {"created_at", key.created_at.text()},
        {"last_used_at", time_or_null(key.last_used_at)},
        {"archived_at", time_or_null(key.archived_at)}};
}

Answer list(House& house, const Call& call) {
    Query query(call);
    const bool archived = query.boolean("archived").value_or(false);
    query.done();
    return house.store().read([&](store::Reader& reader) {
        const auto names = people::agent_names(reader, house.keys(), call.act().account);
        json::array all;
        for (const auto& key : people::api_keys(reader, call.act().account)) {
            if (archived || !key.archived_at) all.push_back(key_json(key, names));
        }
        return list_answer("api_keys", std::move(all));
    });
}

json::object made_json(const people::ApiKey& key, const std::string& token) {
    return {
        {"id", key.id.text()},
        {"name", key.name},
        {"scopes", scopes_json(key.scopes)},
        {"key", token}};
}

Answer add(House& house, const Call& call) {
    const auto order = body<people::NewApiKey>(call);
    const auto made = house.store().write([&](store::Tx& tx) {
        return people::add_api_key(tx, call.act(), house.keys(), order);
    });
    const auto key = house.store().read([&](store::Reader& reader) {
        return people::api_key(reader, call.act().account, made.id);
    });
    return json_answer(201, made_json(key, made.token));
}

Answer archive(House& house, const Call& call) {
    const auto id = call.id<Id<struct ApiKeyTag>>().uuid;
    house.store().write([&](store::Tx& tx) {
        people::archive_api_key(tx, call.act(), house.keys(), id);
    });
    return Answer::empty();
}

}  // namespace

Routes api_key_routes(House& house) {
    return {
        {Method::get, "/api/v1/api-keys", "see_house", in(house, list)},
        {Method::post, "/api/v1/api-keys", "make_keys", in(house, add)},
        {Method::delete_, "/api/v1/api-keys/{id}", "manage", in(house, archive)},
    };
}

}  // namespace quittance::api
