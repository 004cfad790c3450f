// How often something may be tried: a count per subject in a window that begins with the first try.
// Subjects are stored as keyed hashes.
//
//   sign-in      by address            10 in 15 minutes; a good sign-in sets it back
//   sign-in      by network           100 in 15 minutes
//   password     by person             10 in 15 minutes: old password, re-authentication
//   reset mail   by address             3 in an hour; over it the answer stays the same
//   reset mail   by network            30 in an hour
//   set-up code  by network            10 in 15 minutes
//   security refusals in the ledger     10 in an hour per person or API key
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "keys/keys.h"
#include "store/store.h"

namespace quittance::people {

struct Allowance {
    std::string_view use;  // constant, part of the hash
    int tries;
    std::chrono::minutes window;
};

inline constexpr Allowance sign_in_by_address{"sign-in by address", 10, std::chrono::minutes(15)};
inline constexpr Allowance sign_in_by_network{"sign-in by network", 100, std::chrono::minutes(15)};
inline constexpr Allowance password_by_person{"password by person", 10, std::chrono::minutes(15)};
inline constexpr Allowance reset_by_address{"reset by address", 3, std::chrono::minutes(60)};
inline constexpr Allowance reset_by_network{"reset by network", 30, std::chrono::minutes(60)};
inline constexpr Allowance set_up_by_network{"set-up by network", 10, std::chrono::minutes(15)};
inline constexpr Allowance refusals_recorded{"refusals recorded", 10, std::chrono::minutes(60)};

// Counts one try. False, and nothing counted, once the allowance is used up.
bool take_try(
    store::Tx& tx, keys::KeyRing& keys, const Allowance& allowance, std::string_view subject
);
// The same, but throws Refusal 429 `too_many_tries` with Retry-After. Count in a Tx of its own,
// before the work: tries made at the same moment are all counted.
void require_try(
    store::Tx& tx, keys::KeyRing& keys, const Allowance& allowance, std::string_view subject
);
// The next try is the first again.
void forgive_tries(
    store::Tx& tx, keys::KeyRing& keys, const Allowance& allowance, std::string_view subject
);

// What counts as one network: an IPv4 address, or the /64 of an IPv6 address. Text that is neither
// stands for itself.
std::string network_of(std::string_view client_address);

// Windows that are over, at most 1,000; true when there may be more.
bool forget_old_tries(store::Tx& tx);

}  // namespace quittance::people
