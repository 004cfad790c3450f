// Settings by area ("company", "verification"): one JSON object each, sealed under the account's
// key, with a version for ETag and If-Match. What may stand in it is the business of whoever owns
// the area (people/company.h); every account starts without any.
#pragma once

#include <boost/json.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/act.h"
#include "base/id.h"
#include "keys/keys.h"
#include "store/store.h"

namespace quittance::people {

struct Settings {
    boost::json::object value;
    std::int64_t version = 0;  // 0: never saved
};

Settings settings(
    store::Reader& reader, keys::KeyRing& keys, AccountId account, std::string_view area
);
// Says the new version. 412 `stale` unless `if_match` was the version. Entry `settings_changed`
// with the area and the names of the members that changed, never their values.
std::int64_t save_settings(
    store::Tx& tx, const Act& act, keys::KeyRing& keys, std::string_view area,
    const boost::json::object& value, std::optional<std::int64_t> if_match
);

}  // namespace quittance::people
