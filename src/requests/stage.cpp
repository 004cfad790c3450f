#include "requests/stage.h"

#include "requests/counts.h"

namespace quittance::requests {
namespace {

constexpr auto move_on =
    "UPDATE requests SET stage = ?, decision = COALESCE(?, decision), "
    "ground = COALESCE(?, ground), closed_at = ?::bigint, parked = 0 "
    "WHERE account_id = ? AND id = ? AND stage = ?";

constexpr auto leave_stage =
    "INSERT INTO stage_exits (account_id, request_id, stage, step, agent_id, at) "
    "VALUES (?, ?, ?, ?, ?, ?)";

constexpr auto find_exits =
    "SELECT stage, step, agent_id, at FROM stage_exits "
    "WHERE account_id = ? AND request_id = ?";

const Step& find_step(Stage from, std::string_view name) {
    const auto found = std::ranges::find_if(steps, [&](const Step& step) {
        return step.from == from && step.name == name;
    });
    if (found == steps.end()) {
        throw Refusal(No::conflict, "not_in_stage", {{"stage", std::string(name_of(from))}});
    }
    return *found;
}

}  // namespace

void take(
    store::Tx& tx, const Act& act, Row& row, std::string_view name,
    std::optional<Decision> decision, std::optional<std::string_view> ground
) {
    const Step& step = find_step(row.stage, name);
    const auto now = tx.now();
    const auto decided =
        decision ? std::optional(name_of(*decision)) : std::optional<std::string_view>{};
    const auto closed = step.to == Stage::closed ? std::optional(now) : std::optional<Instant>{};
    if (tx.change(
            move_on,
            {name_of(step.to), decided, ground, closed, act.account, row.id, name_of(step.from)}
        ) != 1) {
        throw Refusal(No::conflict, "not_in_stage", {{"stage", std::string(name_of(row.stage))}});
    }
    tx.run(leave_stage, {act.account, row.id, name_of(step.from), step.name, act.agent, now});
    count(tx, act, Standing::of(row), -1);
    row.stage = step.to;
    row.parked = false;
    row.closed_at = closed;
    if (decision) row.decision = decision;
    if (ground) row.ground = std::string(*ground);
    count(tx, act, Standing::of(row), +1);
}

std::vector<Exit> exits(store::Reader& reader, AccountId account, RequestId request) {
    auto found = reader.all(find_exits, {account, request}, [](const store::Row& row) {
        return Exit{
            row.string(1), value_of<Stage>(row.text(0)), row.maybe_id<AgentId>(2), row.instant(3)};
    });
    // Stages only rise, and two steps may fall into one millisecond.
    std::ranges::sort(found, {}, &Exit::stage);
    return found;
}

}  // namespace quittance::requests
