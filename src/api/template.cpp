// The account's letters.
#include "api/answers.h"
#include "api/body.h"
#include "api/once.h"
#include "api/query.h"
#include "api/resources.h"
#include "base/tables.h"
#include "requests/templates.h"

namespace quittance::api {
namespace {

namespace json = boost::json;
using http::Answer;
using http::Call;
using http::Method;

using TemplateId = Id<struct TemplateTag>;

json::object template_json(const requests::Template& found) {
    return {
        {"id", found.id.text()},
        {"type", found.text.type},
        {"occasion", found.text.occasion},
        {"language", found.text.language},
        {"name", found.text.name},
        {"subject", found.text.subject},
        {"body", found.text.body},
        {"version", found.version},
        {"updated_at", found.updated_at.text()},
        {"archived_at", time_or_null(found.archived_at)}};
}

Answer template_answer(House& house, const Call& call, int status, Uuid id) {
    const auto found = house.store().read([&](store::Reader& reader) {
        return requests::find_template(reader, call.act().account, id);
    });
    if (!found) throw Refusal(No::unknown, "not_found");
    return json_answer(status, template_json(*found), found->version);
}

Answer list(House& house, const Call& call) {
    Query query(call);
    const auto type = query.text("type");
    if (type && !laws::request_type(*type)) query.wrong("type", "unknown_type");
    query.done();
    const auto found = house.store().read([&](store::Reader& reader) {
        return requests::templates(reader, call.act().account, type);
    });
    json::array all;
    for (const auto& one : found) all.push_back(template_json(one));
    return list_answer("templates", std::move(all));
}

Answer add(House& house, const Call& call) {
    const auto text = body<requests::TemplateText>(call);
    return once(
        house, call, 201,
        [&](store::Tx& tx) { return requests::add_template(tx, call.act(), house.office, text); },
        [&](Uuid id) { return template_answer(house, call, 201, id); }
    );
}

Answer look(House& house, const Call& call) {
    return template_answer(house, call, 200, call.id<TemplateId>().uuid);
}

Answer change(House& house, const Call& call) {
    const auto id = call.id<TemplateId>().uuid;
    const auto text = body<requests::TemplateText>(call);
    house.store().write([&](store::Tx& tx) {
        requests::change_template(tx, call.act(), house.office, id, text, if_match(call));
    });
    return template_answer(house, call, 200, id);
}

Answer archive(House& house, const Call& call) {
    const auto id = call.id<TemplateId>().uuid;
    house.store().write([&](store::Tx& tx) {
        requests::archive_template(tx, call.act(), house.office, id);
    });
    return Answer::empty();
}

}  // namespace

Routes template_routes(House& house) {
    return {
        {Method::get, "/api/v1/templates", "read", in(house, list)},
        {Method::post, "/api/v1/templates", "work", in(house, add)},
        {Method::get, "/api/v1/templates/{id}", "read", in(house, look)},
        {Method::put, "/api/v1/templates/{id}", "work", in(house, change)},
        {Method::delete_, "/api/v1/templates/{id}", "work", in(house, archive)},
    };
}

}  // namespace quittance::api
