// How a request ends: closed after its reply, or ended early because the requester took it back or
// because it never was one. Neither can be taken back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/act.h"
#include "requests/office.h"
#include "requests/row.h"
#include "requests/values.h"
#include "store/store.h"

namespace quittance::requests {

// The decisions with which a request in Reply may be closed: only refused after a rejection; after
// Process granted (unless something is kept), partly, nothing_found.
std::vector<Decision> possible_decisions(store::Reader& reader, const Row& row);

// Reply → closed. 409 `not_in_stage`, `no_reply` without a reply that is queued, sent or went by
// other means; 422 at /decision `decision_not_possible`; 412 `stale`.
void close(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, Decision decision,
    std::optional<std::int64_t> if_match
);

// Any open stage → closed. `decision` is withdrawn, spam or expired (422 at /decision otherwise);
// `note`: 1 to 2,000 characters. 409 `not_in_stage` once closed; 412 `stale`.
void end(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, Decision decision,
    std::string_view note, std::optional<std::int64_t> if_match
);

// The requester takes it back on their own page.
void withdraw(store::Tx& tx, const Act& act, const Office& office, RequestId id);

}  // namespace quittance::requests
