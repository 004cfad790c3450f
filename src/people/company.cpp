#include "people/company.h"

#include "base/clock.h"
#include "base/json.h"
#include "people/settings.h"
#include "people/texts.h"

namespace quittance::people {
namespace {

constexpr std::string_view area = "company";

Company tidied(Company company) {
    company.name = trimmed(company.name);
    // What is left empty is not there: letters ask whether a value exists, not whether it is blank.
    for (auto* text :
         {&company.privacy_email, &company.postal_address, &company.privacy_officer,
          &company.policy_url}) {
        if (!*text) continue;
        const std::string kept(trimmed(**text));
        *text = kept.empty() ? std::nullopt : std::optional(kept);
    }
    return company;
}

bool is_https(std::string_view url) {
    constexpr std::string_view scheme = "https://";
    return url.starts_with(scheme) && url.size() > scheme.size() &&
           url.find_first_of(" \"<>\\") == std::string_view::npos;
}

}  // namespace

Company company(store::Reader& reader, keys::KeyRing& keys, AccountId account) {
    const auto found = settings(reader, keys, account, area);
    if (found.version == 0) throw Refusal(No::unknown, "not_found");
    return from_json<Company>(found.value);
}

constexpr auto find_version =
    "SELECT version FROM settings WHERE account_id = ? AND area = 'company'";

std::int64_t company_version(store::Reader& reader, AccountId account) {
    const auto version =
        reader.one(find_version, {account}, [](const store::Row& row) { return row.integer(0); });
    if (!version) throw Refusal(No::unknown, "not_found");
    return *version;
}

std::vector<FieldError> flaws(const Company& company) {
    std::vector<FieldError> errors;
    check_line(errors, "/name", company.name, 1, 200);
    if (!zone_exists(company.time_zone)) errors.push_back({"/time_zone", "unknown_time_zone"});
    if (company.privacy_email && !trimmed(*company.privacy_email).empty()) {
        check_email(errors, "/privacy_email", *company.privacy_email);
    }
    if (company.postal_address) {
        check_lines(errors, "/postal_address", *company.postal_address, 0, 500);
    }
    if (company.privacy_officer) {
        check_line(errors, "/privacy_officer", *company.privacy_officer, 0, 200);
    }
    if (company.policy_url) {
        check_line(errors, "/policy_url", *company.policy_url, 0, 500);
        const auto url = trimmed(*company.policy_url);
        if (!url.empty() && !is_https(url)) errors.push_back({"/policy_url", "not_an_https_url"});
    }
    return errors;
}

void save_company(
    store::Tx& tx, const Act& act, keys::KeyRing& keys, const Company& company,
    std::optional<std::int64_t> if_match
) {
    if (auto errors = flaws(company); !errors.empty()) throw Refusal(std::move(errors));
    save_settings(tx, act, keys, area, to_json(tidied(company)).as_object(), if_match);
}

}  // namespace quittance::people
