#include "people/forgetting.h"

#include "people/idempotency.h"
#include "people/invitations.h"
#include "people/password_change.h"
#include "people/session.h"
#include "people/tries.h"

namespace quittance::people {

bool forget_old(store::Tx& tx) {
    bool more = forget_ended_sessions(tx);
    more = forget_old_resets(tx) || more;
    more = forget_old_invitations(tx) || more;
    more = forget_old_tries(tx) || more;
    return forget_old_idempotency_keys(tx) || more;
}

}  // namespace quittance::people
