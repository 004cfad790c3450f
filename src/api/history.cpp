// GET /requests/{id}/history: everything that happened, as JSON by the page, and whole as a CSV
// file or as a page to print.
#include "requests/history.h"

#include "api/answers.h"
#include "api/csv.h"
#include "api/cursor.h"
#include "api/history_page.h"
#include "api/query.h"
#include "api/request_json.h"
#include "api/resources.h"
#include "base/digest.h"
#include "people/agents.h"

namespace quittance::api {
namespace {

namespace json = boost::json;
using http::Answer;
using http::Call;
using http::Method;

enum class Format { json, csv, html };
BOOST_DESCRIBE_ENUM(Format, json, csv, html)

constexpr std::string_view list_name = "history";

json::object entry_json(const ledger::Entry& entry, const AgentNames& names) {
    json::value key = nullptr;
    if (entry.key) key = json::value(entry.key->text());
    json::value detail = nullptr;
    if (entry.detail) detail = *entry.detail;
    return {
        {"id", entry.id.text()},
        {"event", entry.event},
        {"at", entry.at.text()},
        {"agent", agent_json(entry.agent, names)},
        {"key", key},
        {"door", entry.door},
        {"commitment", hex(entry.commitment)},
        {"detail", detail},
        {"words", requests::words_for(entry)}};
}

struct Told {
    requests::HistoryPage page;
    AgentNames names;
    std::string reference;
};

Told tell(House& house, const Call& call, std::int64_t after, int limit) {
    const auto account = call.act().account;
    const auto id = call.id<RequestId>();
    return house.store().read([&](store::Reader& reader) {
        return Told{
            requests::history(reader, house.office, account, id, after, limit),
            people::agent_names(reader, house.keys(), account),
            requests::look(reader, account, id).reference};
    });
}

Answer page_answer(House& house, const Call& call, std::int64_t after, int limit) {
    const auto told = tell(house, call, after, limit);
    json::array entries;
    for (const auto& entry : told.page.entries) entries.push_back(entry_json(entry, told.names));
    std::optional<std::string> next;
    if (told.page.next) {
        next = write_cursor(house.keys(), call.act().account, list_name, {*told.page.next, {}});
    }
    return list_answer("entries", std::move(entries), next);
}

Told tell_all(House& house, const Call& call) {
    auto told = tell(house, call, 0, 200);
    while (told.page.next) {
        auto more = tell(house, call, *told.page.next, 200);
        std::ranges::move(more.page.entries, std::back_inserter(told.page.entries));
        told.page.next = more.page.next;
    }
    return told;
}

Answer csv_answer(const Told& told) {
    std::string text = csv_line({"at", "event", "what", "agent", "door", "detail", "commitment"});
    for (const auto& entry : told.page.entries) {
        const auto found = entry.agent ? told.names.find(*entry.agent) : told.names.end();
        text += csv_line(
            {entry.at.text(), entry.event, requests::words_for(entry),
             found == told.names.end() ? "" : found->second, entry.door,
             entry.detail ? json::serialize(*entry.detail) : "", hex(entry.commitment)}
        );
    }
    auto answer = Answer::text(200, std::move(text));
    answer.headers.set("content-type", "text/csv; charset=utf-8");
    answer.headers.set("cache-control", "no-store");
    answer.headers.set(
        "content-disposition", "attachment; filename=\"history-" + told.reference + ".csv\""
    );
    return answer;
}

std::int64_t read_cursor(House& house, const Call& call, Query& query) {
    const auto text = query.text("cursor");
    if (!text) return 0;
    const auto cursor = api::read_cursor(house.keys(), call.act().account, list_name, *text);
    if (!cursor) query.wrong("cursor", "bad_cursor");
    return cursor.value_or(Cursor{}).value;
}

Answer history(House& house, const Call& call) {
    Query query(call);
    const auto format = query.one_of<Format>("format").value_or(Format::json);
    const int limit = query.limit();
    const auto after = read_cursor(house, call, query);
    query.done();
    if (format == Format::json) return page_answer(house, call, after, limit);
    const auto told = tell_all(house, call);
    if (format == Format::csv) return csv_answer(told);
    return history_page(told.reference, told.page.entries, told.names);
}

}  // namespace

Routes history_routes(House& house) {
    return {{Method::get, "/api/v1/requests/{id}/history", "read", in(house, history)}};
}

}  // namespace quittance::api
