// The company behind an account, as letters and public pages name it (settings area "company").
// Sealed under the account key.
#pragma once

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/act.h"
#include "base/refusal.h"
#include "keys/keys.h"
#include "store/store.h"

namespace quittance::people {

struct Company {
    std::string name;                            // 1 to 200 characters
    std::string time_zone = "UTC";               // IANA; decides which day it is
    std::optional<std::string> privacy_email;    // an address that reaches a person
    std::optional<std::string> postal_address;   // up to 500 characters, several lines
    std::optional<std::string> privacy_officer;  // name or title of the DPO, up to 200
    std::optional<std::string> policy_url;       // https://…, up to 500
};
BOOST_DESCRIBE_STRUCT(
    Company, (), (name, time_zone, privacy_email, postal_address, privacy_officer, policy_url)
)

// Throws Refusal 404 when there is no such account.
Company company(store::Reader& reader, keys::KeyRing& keys, AccountId account);
// Its version, for ETag and If-Match.
std::int64_t company_version(store::Reader& reader, AccountId account);
std::vector<FieldError> flaws(const Company& company);
// 422 with flaws(); 412 `stale`. Entry `settings_changed`.
void save_company(
    store::Tx& tx, const Act& act, keys::KeyRing& keys, const Company& company,
    std::optional<std::int64_t> if_match
);

}  // namespace quittance::people
