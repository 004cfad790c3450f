#include "requests/assignment.h"

#include "ledger/ledger.h"
#include "requests/row.h"

namespace quittance::requests {
namespace {

// Somebody whose role lets them work on it (people/roles.h, access "work").
constexpr auto may_have_it =
    "SELECT 1 FROM agents WHERE account_id = ? AND id = ? AND archived_at IS NULL "
    "AND role IN ('owner', 'agent')";

constexpr auto set_assignee = "UPDATE requests SET assignee_id = ? WHERE account_id = ? AND id = ?";

}  // namespace

void assign(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, std::optional<AgentId> agent,
    std::optional<std::int64_t> if_match
) {
    const auto row = in_hand(tx, act, id, if_match);
    if (row.stage == Stage::closed) require_stage(row, Stage::review);
    if (agent && !tx.any(may_have_it, {row.account, *agent})) {
        throw Refusal(std::vector<FieldError>{{"/agent", "unknown_agent"}});
    }
    tx.run(set_assignee, {agent, row.account, id});
    boost::json::object detail{{"to", nullptr}};
    if (agent) detail["to"] = agent->text();
    ledger::record(tx, act, key_of(tx, office.keys, row), "assigned", id, detail);
    tell(tx, office, row.account, id);
}

}  // namespace quittance::requests
