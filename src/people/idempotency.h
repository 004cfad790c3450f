// Idempotency-Key: the same POST twice is done once. Kept for 24 hours per principal (agent or API
// key) and key. Claim, work and settling happen in one Tx: a call that fails leaves no trace, and a
// second one at the same moment waits for the first and then sees its answer.
//
//   store.write([&](Tx& tx) {
//       if (const auto done = people::claim(tx, act, once)) return answer_again(*done);
//       const auto id = requests::take_in(tx, act, …);
//       people::settle(tx, act, once, 201, id.uuid);
//   });
#pragma once

#include <optional>
#include <string>

#include "base/act.h"
#include "base/id.h"
#include "store/store.h"

namespace quittance::people {

struct Once {
    std::string key;          // 1 to 255 visible ASCII characters, else 422 at "Idempotency-Key"
    std::string route;        // the pattern
    std::string body_digest;  // SHA-256 of path and body
};
struct Done {
    int status;
    std::optional<Uuid> resource;  // the answer is made again from it
};

// nullopt: ours to do. 422 `idempotency_key_reused` when route or body differ from the first time;
// 409 `in_progress` when the first has been claimed and not settled.
std::optional<Done> claim(store::Tx& tx, const Act& act, const Once& once);
void settle(
    store::Tx& tx, const Act& act, const Once& once, int status, std::optional<Uuid> resource
);

// Keys older than 24 hours, at most 1,000; true when there may be more.
bool forget_old_idempotency_keys(store::Tx& tx);

}  // namespace quittance::people
