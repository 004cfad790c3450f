// GET /requests, POST /requests/searches, GET /requests/counts.
#include "api/answers.h"
#include "api/body.h"
#include "api/cursor.h"
#include "api/query.h"
#include "api/request_json.h"
#include "api/resources.h"
#include "base/tables.h"
#include "people/agents.h"
#include "people/company.h"
#include "requests/counts.h"
#include "requests/list.h"
#include "requests/texts.h"

namespace quittance::api {
namespace {

namespace json = boost::json;
using http::Answer;
using http::Call;
using http::Method;

Day today(const House& house, store::Reader& reader, AccountId account) {
    return day_at(house.store().clock(), people::company(reader, house.keys(), account).time_zone);
}

std::optional<requests::Position> position(
    const House& house, const Call& call, std::string_view list, std::string_view text
) {
    const auto cursor = read_cursor(house.keys(), call.act().account, list, text);
    if (!cursor) return std::nullopt;
    return requests::Position{cursor->value, RequestId{cursor->id}};
}

Answer page_answer(
    House& house, const Call& call, std::string_view list, const requests::Page& page
) {
    const auto account = call.act().account;
    const auto names = house.store().read([&](store::Reader& reader) {
        return people::agent_names(reader, house.keys(), account);
    });
    json::array lines;
    for (const auto& line : page.lines) lines.push_back(line_json(line, names));
    std::optional<std::string> next;
    if (page.next) {
        next = write_cursor(house.keys(), account, list, {page.next->value, page.next->id.uuid});
    }
    return list_answer("requests", std::move(lines), next);
}

void read_assignee(Query& query, requests::Filter& filter) {
    const auto given = query.text("assignee");
    if (!given) return;
    if (*given == "nobody") {
        filter.unassigned = true;
    } else if (const auto agent = AgentId::parse(*given)) {
        filter.assignee = *agent;
    } else {
        query.wrong("assignee", "not_an_id");
    }
}

std::optional<std::string> read_type(Query& query) {
    const auto type = query.text("type");
    if (type && !laws::request_type(*type)) query.wrong("type", "unknown_type");
    return type;
}

std::string list_name(requests::Sort sort) {
    return "requests by " + std::string(requests::name_of(sort));
}

requests::Filter read_filter(const House& house, const Call& call) {
    Query query(call);
    requests::Filter filter;
    filter.stage = query.one_of<requests::Stage>("stage");
    filter.verified = query.boolean("verified");
    filter.proof = query.one_of<requests::Proof>("proof");
    read_assignee(query, filter);
    filter.type = read_type(query);
    filter.due = query.one_of<requests::DueFilter>("due");
    filter.sort = query.one_of<requests::Sort>("sort").value_or(requests::Sort::due);
    filter.limit = query.limit();
    if (const auto cursor = query.text("cursor")) {
        filter.after = position(house, call, list_name(filter.sort), *cursor);
        if (!filter.after) query.wrong("cursor", "bad_cursor");
    }
    query.done();
    return filter;
}

Answer list(House& house, const Call& call) {
    const auto filter = read_filter(house, call);
    const auto account = call.act().account;
    const auto page = house.store().read([&](store::Reader& reader) {
        return requests::list(reader, house.office, account, filter, today(house, reader, account));
    });
    return page_answer(house, call, list_name(filter.sort), page);
}

struct Search {
    std::string q;
    std::optional<requests::Stage> stage;
    std::optional<std::string> type;
    std::optional<std::string> cursor;
    std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(Search, (), (q, stage, type, cursor, limit))

constexpr std::string_view search_list = "searches";

requests::Filter filter_of(const House& house, const Call& call, const Search& search) {
    std::vector<FieldError> errors;
    requests::Filter filter;
    filter.stage = search.stage;
    filter.type = search.type;
    filter.limit = search.limit.value_or(50);
    requests::check_text(errors, "/q", search.q, 1, requests::subject_characters);
    if (filter.type && !laws::request_type(*filter.type)) {
        errors.push_back({"/type", "unknown_type"});
    }
    if (filter.limit < 1 || filter.limit > 200) {
        errors.push_back({"/limit", "out_of_range", {{"least", "1"}, {"most", "200"}}});
    }
    if (search.cursor) {
        filter.after = position(house, call, search_list, *search.cursor);
        if (!filter.after) errors.push_back({"/cursor", "bad_cursor"});
    }
    if (!errors.empty()) throw Refusal(std::move(errors));
    return filter;
}

Answer search(House& house, const Call& call) {
    const auto asked = body<Search>(call);
    const auto filter = filter_of(house, call, asked);
    const auto page = house.store().read([&](store::Reader& reader) {
        return requests::search(reader, house.office, call.act().account, asked.q, filter);
    });
    return page_answer(house, call, search_list, page);
}

json::object counts_json(const requests::Counts& counts) {
    json::object stages;
    for (std::size_t i = 0; i < counts.stages.size(); ++i) {
        stages[requests::name_of(static_cast<requests::Stage>(i))] = counts.stages[i];
    }
    return {
        {"stages", std::move(stages)},
        {"overdue", counts.overdue},
        {"due_week", counts.due_week},
        {"unverified", counts.unverified}};
}

Answer counts(House& house, const Call& call) {
    const auto account = call.act().account;
    const auto counts = house.store().read([&](store::Reader& reader) {
        return requests::counts(reader, account, today(house, reader, account));
    });
    return json_answer(200, counts_json(counts));
}

}  // namespace

Routes request_list_routes(House& house) {
    return {
        {Method::get, "/api/v1/requests", "read", in(house, list)},
        {Method::post, "/api/v1/requests/searches", "read", in(house, search)},
        {Method::get, "/api/v1/requests/counts", "read", in(house, counts)},
    };
}

}  // namespace quittance::api
