// The bytes of sealing, as docs/ledger.md fixes them. For this room and its tests only; everybody
// else seals with keys.h.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "keys/keys.h"

namespace quittance::keys {

constexpr std::size_t nonce_bytes = 24;
constexpr std::size_t tag_bytes = 16;

// Each part as its length in 4 bytes, big-endian, and itself: no two lists have the same bytes.
std::string list(std::initializer_list<std::string_view> parts);

// seal() with a nonce that is given: for test vectors. A nonce is never used twice.
std::string seal_with(
    std::string_view nonce, const DataKey& key, const Place& place, std::string_view plain
);

// A data key under an epoch key, and back. Throws Unsealable when it is damaged or was wrapped for
// another account, as another key or under another epoch key.
std::string wrap_with(
    std::string_view nonce, const Secret& epoch_key, AccountId account, const DataKey& key
);
DataKey unwrap_with(const Secret& epoch_key, AccountId account, KeyId id, std::string_view wrapped);

}  // namespace quittance::keys
