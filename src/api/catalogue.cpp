// What the product knows: types of requests, grounds, countries.
#include "api/answers.h"
#include "api/query.h"
#include "api/resources.h"
#include "base/tables.h"

namespace quittance::api {
namespace {

namespace json = boost::json;
using http::Answer;
using http::Call;
using http::Method;

Answer request_types(House&, const Call&) {
    json::array all;
    for (const auto& type : laws::request_types()) {
        all.push_back(json::object{
            {"id", type.id},
            {"name", type.name.in("en")},
            {"say", type.say.in("en")},
            {"statement", type.statement},
            {"asks_for_proof", type.asks_for_proof}});
    }
    return list_answer("request_types", std::move(all));
}

json::array texts(const std::vector<std::string_view>& views) {
    json::array array;
    for (const auto view : views) array.emplace_back(view);
    return array;
}

json::object ground_json(const laws::Ground& ground) {
    return {
        {"id", ground.id},
        {"kind", ground.kind},
        {"name", ground.name},
        {"say", ground.say.in("en")},
        {"for", texts(ground.types)},
        {"need", texts(ground.needs)}};
}

Answer grounds(House&, const Call& call) {
    Query query(call);
    const auto type = query.text("type");
    if (type && !laws::request_type(*type)) query.wrong("type", "unknown_type");
    query.done();
    json::array all;
    for (const auto& ground : laws::grounds()) {
        if (!type || ground.is_for(*type)) all.push_back(ground_json(ground));
    }
    return list_answer("grounds", std::move(all));
}

json::object country_json(const laws::Country& country) {
    json::array regions;
    for (const auto& region : laws::regions()) {
        if (region.country != country.code) continue;
        regions.push_back(json::object{{"code", region.code}, {"name", region.name}});
    }
    return {
        {"code", country.code},
        {"name", country.name},
        {"asks_region", country.asks_region},
        {"regions", std::move(regions)}};
}

Answer countries(House&, const Call&) {
    json::array all;
    for (const auto& country : laws::countries()) all.push_back(country_json(country));
    return list_answer("countries", std::move(all));
}

}  // namespace

Routes catalogue_routes(House& house) {
    return {
        {Method::get, "/api/v1/request-types", "read", in(house, request_types)},
        {Method::get, "/api/v1/grounds", "read", in(house, grounds)},
        {Method::get, "/api/v1/countries", "read", in(house, countries)},
    };
}

}  // namespace quittance::api
