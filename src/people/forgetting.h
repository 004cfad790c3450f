// What this room forgets by itself: sessions, resets, invitations, tries and idempotency keys that
// are over. For a round.
#pragma once

#include "store/store.h"

namespace quittance::people {

// One bounded piece of it; true when there may be more.
bool forget_old(store::Tx& tx);

}  // namespace quittance::people
