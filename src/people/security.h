// Security refusals: a no that an account's owner should be able to find later. Written in a Tx of
// its own, after the one that was refused has rolled back; at most 10 an hour per person or API
// key, so that nobody can flood the ledger.
#pragma once

#include <string_view>

#include "base/act.h"
#include "keys/keys.h"
#include "people/reception.h"
#include "store/store.h"

namespace quittance::people {

// Somebody signed in (or an API key) was refused: `code` is the refusal's (`wrong_role`,
// `wrong_scope`, `fresh_sign_in_needed`, `not_found` for what belongs to another account), `route`
// the pattern, never the path. Entry `refused`. Does nothing once the hour's ten are used up.
void record_refusal(
    store::Tx& tx, const Act& act, keys::KeyRing& keys, std::string_view code,
    std::string_view route
);

// A failed sign-in of a known person: entry `sign_in_failed` in every account of theirs.
void record_failed_sign_in(store::Tx& tx, keys::KeyRing& keys, PersonId person);

}  // namespace quittance::people
