// The steps out of Review: on to Process, or to Reply with a refusal. Neither can be taken back.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/act.h"
#include "requests/office.h"
#include "requests/row.h"
#include "store/store.h"

namespace quittance::requests {

// Review → Process ("Continue"). 409 `not_in_stage`, `unverified` while a proof is needed and not
// given; 412 `stale`.
void approve(
    store::Tx& tx, const Act& act, const Office& office, RequestId id,
    std::optional<std::int64_t> if_match
);

struct Rejection {
    std::string ground;
    std::optional<std::string> note;                    // for history; never sent
    std::optional<std::vector<std::string>> confirmed;  // the ground's needs that the agent ticked
};
BOOST_DESCRIBE_STRUCT(Rejection, (), (ground, note, confirmed))

// Review → Reply ("Reject"), decision refused. 409 and 412 as approve(), but no proof is needed;
// 422 at /ground: `unknown_ground`, `ground_not_for_refusal`, `ground_not_for_type`.
void reject(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, const Rejection& rejection,
    std::optional<std::int64_t> if_match
);

}  // namespace quittance::requests
