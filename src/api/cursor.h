// Where a page goes on, as text that only we can write: a cursor carries a MAC under a key of the
// account, so what was changed, cut, or taken from another account or list is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "keys/keys.h"

namespace quittance::api {

struct Cursor {
    std::int64_t value = 0;
    Uuid id;  // zero for lists that go by the value alone
};

// `list` names the list and its order ("requests by due"): a cursor is good for that one only.
std::string write_cursor(
    keys::KeyRing& keys, AccountId account, std::string_view list, const Cursor& cursor
);
std::optional<Cursor> read_cursor(
    keys::KeyRing& keys, AccountId account, std::string_view list, std::string_view text
);

}  // namespace quittance::api
