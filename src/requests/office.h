// What the functions of this room need besides a Tx and an Act: the keys, our own address on the
// web, and whom to tell once something has changed. Made once by main.
#pragma once

#include <functional>
#include <string>

#include "base/id.h"
#include "keys/keys.h"
#include "store/store.h"

namespace quittance::requests {

struct Office {
    store::Store& store;
    keys::KeyRing& keys;
    std::string public_url;  // "https://privacy.example.com", without a slash at the end
    // Called after the commit: that request looks different now. Never blocks, never throws.
    std::function<void(AccountId, RequestId)> changed = [](AccountId, RequestId) {};
    // Called after the commit: a letter is waiting to go out.
    std::function<void()> letter_waits = [] {};
};

// Tells `office` after the commit.
inline void tell(store::Tx& tx, const Office& office, AccountId account, RequestId request) {
    tx.after_commit([&office, account, request] { office.changed(account, request); });
}

}  // namespace quittance::requests
