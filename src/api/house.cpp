// The server itself: health, metrics, events, and the contract with its page.
#include "api/answers.h"
#include "api/contract.h"
#include "api/guard.h"
#include "api/resources.h"
#include "http/metrics.h"
#include "people/accounts.h"

namespace quittance::api {
namespace {

namespace json = boost::json;
using http::Answer;
using http::Call;
using http::Method;

json::value time_unless_never(Instant at) {
    if (at.ms == 0) return nullptr;
    return json::value(at.text());
}

json::object round_json(const rounds::Standing& round) {
    return {
        {"name", round.name},
        {"runs", round.runs},
        {"faults", round.faults},
        {"last_run", time_unless_never(round.last_run)},
        {"last_good", time_unless_never(round.last_good)}};
}

// Public, so no causes and no counts of anybody's requests.
Answer health(House& house, const Call&) {
    bool good = house.store().writable();
    json::array rounds;
    for (const auto& round : house.rounds.standings()) {
        good = good && round.last_error.empty();
        rounds.push_back(round_json(round));
    }
    json::object shown{{"status", good ? "ok" : "troubled"}, {"version", contract_version()}};
    shown["rounds"] = std::move(rounds);
    return json_answer(200, shown);
}

Answer ready(House& house, const Call&) {
    if (!house.store().writable()) throw Refusal(No::unavailable, "not_writable");
    house.store().read([](store::Reader& reader) { people::set_up_needed(reader); });
    return json_answer(200, json::object{{"ready", true}});
}

Answer metrics(House&, const Call&) {
    auto answer = Answer::text(200, http::metrics_text());
    answer.headers.set("content-type", "text/plain; version=0.0.4; charset=utf-8");
    return answer;
}

// A browser's stream ends with its session, a program's with its key. A database that cannot be
// asked just now ends nothing.
std::function<bool()> still_welcome(House& house, const Call& call) {
    return [&house, call] {
        try {
            return may_stay(house, call, "read");
        } catch (const std::exception&) {
            return true;
        }
    };
}

Answer events(House& house, const Call& call) {
    auto answer = Answer::text(200, "");
    answer.headers.set("content-type", "text/event-stream");
    answer.headers.set("cache-control", "no-store");
    const auto account = call.act().account;
    answer.stream = [&house, account,
                     welcome = still_welcome(house, call)](std::shared_ptr<http::Channel> channel) {
        house.events.listen(account, std::move(channel), welcome);
    };
    return answer;
}

Answer contract(House&, const Call&) {
    auto answer = Answer::text(200, std::string(contract_text()));
    answer.headers.set("content-type", "application/yaml");
    return answer;
}

Answer docs(House&, const Call&) { return docs_page(); }

}  // namespace

Routes house_routes(House& house) {
    return {
        {Method::get, "/api/v1/events", "read", in(house, events)},
        {Method::get, "/health", "public", in(house, health)},
        {Method::get, "/ready", "public", in(house, ready)},
        {Method::get, "/metrics", "public", in(house, metrics)},
        {Method::get, "/api/openapi.yaml", "public", in(house, contract)},
        {Method::get, "/api/docs", "public", in(house, docs)},
    };
}

}  // namespace quittance::api
