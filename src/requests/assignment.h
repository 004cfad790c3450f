// Who takes care of a request.
#pragma once

#include <optional>

#include "base/act.h"
#include "requests/office.h"
#include "store/store.h"

namespace quittance::requests {

// Hands the request to a living member of the account who may work on it (an owner or an agent), or
// to nobody. 422 at /agent `unknown_agent`; 409 `not_in_stage` once closed; 412 `stale`.
void assign(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, std::optional<AgentId> agent,
    std::optional<std::int64_t> if_match
);

}  // namespace quittance::requests
