// The law of stages: four of them, and the steps that lead from one to the next. No step leads
// back. Irreversible four times over: this table, the compare-and-set below, the primary key of
// stage_exits, and an API that has POST and GET for a step but no DELETE.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "base/act.h"
#include "requests/row.h"
#include "requests/values.h"
#include "store/store.h"

namespace quittance::requests {

struct Step {
    std::string_view name;
    Stage from;
    Stage to;
};

inline constexpr std::array steps{
    Step{"approve", Stage::review, Stage::process}, Step{"reject", Stage::review, Stage::reply},
    Step{"complete", Stage::process, Stage::reply}, Step{"close", Stage::reply, Stage::closed},
    Step{"end", Stage::review, Stage::closed},      Step{"end", Stage::process, Stage::closed},
    Step{"end", Stage::reply, Stage::closed}};
static_assert(
    std::ranges::all_of(steps, [](const Step& step) { return step.from < step.to; }),
    "No step leads back."
);

// Takes the step `name` from the stage in which `row` stands (a row in hand: see row.h), with the
// decision or ground that comes with it, and counts the request where it now belongs. Refuses with
// 409 `not_in_stage` when no such step leaves that stage, or when somebody was faster.
void take(
    store::Tx& tx, const Act& act, Row& row, std::string_view name,
    std::optional<Decision> decision = {}, std::optional<std::string_view> ground = {}
);

struct Exit {
    std::string step;
    Stage stage;
    std::optional<AgentId> agent;
    Instant at;
};
// The steps that a request has taken, oldest first.
std::vector<Exit> exits(store::Reader& reader, AccountId account, RequestId request);

}  // namespace quittance::requests
