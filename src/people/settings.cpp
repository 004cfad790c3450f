#include "people/settings.h"

#include "base/json.h"
#include "ledger/ledger.h"

namespace quittance::people {
namespace {

// The area is part of what the seal is bound to; an account has each area once.
keys::Place place_of(const AccountId& account, const std::string& purpose) {
    return {account, purpose, account.blob()};
}
std::string purpose_of(std::string_view area) { return "settings/" + std::string(area); }

boost::json::array changed_members(
    const boost::json::object& before, const boost::json::object& after
) {
    boost::json::array names;
    for (const auto& member : after) {
        const auto* old = before.if_contains(member.key());
        if (old ? *old != member.value() : !member.value().is_null()) {
            names.emplace_back(member.key());
        }
    }
    for (const auto& member : before) {
        if (!after.contains(member.key())) names.emplace_back(member.key());
    }
    return names;
}

}  // namespace

constexpr auto find_settings =
    "SELECT sealed, version FROM settings WHERE account_id = ? AND area = ?";

Settings settings(
    store::Reader& reader, keys::KeyRing& keys, AccountId account, std::string_view area
) {
    struct Found {
        std::string sealed;
        std::int64_t version;
    };
    const auto found = reader.one(find_settings, {account, area}, [](const store::Row& row) {
        return Found{row.bytes(0), row.integer(1)};
    });
    if (!found) return {};
    const auto purpose = purpose_of(area);
    const auto text =
        keys::open(keys.account_key(reader, account), place_of(account, purpose), found->sealed);
    return {parse_json(text).as_object(), found->version};
}

constexpr auto insert_settings =
    "INSERT INTO settings (account_id, area, sealed, version, updated_at, updated_by) "
    "VALUES (?, ?, ?, 1, ?, ?) ON CONFLICT (account_id, area) DO NOTHING";

// Compare-and-set: the version that was read a moment ago, in this Tx.
constexpr auto update_settings =
    "UPDATE settings SET sealed = ?, version = version + 1, updated_at = ?, updated_by = ? "
    "WHERE account_id = ? AND area = ? AND version = ?";

std::int64_t save_settings(
    store::Tx& tx, const Act& act, keys::KeyRing& keys, std::string_view area,
    const boost::json::object& value, std::optional<std::int64_t> if_match
) {
    const auto before = settings(tx, keys, act.account, area);
    if (if_match && *if_match != before.version) throw Refusal(No::stale, "stale");
    const auto key = keys.account_key(tx, act.account);
    const auto purpose = purpose_of(area);
    const auto sealed =
        keys::seal(key, place_of(act.account, purpose), boost::json::serialize(value));
    const auto changed =
        before.version == 0
            ? tx.change(
                  insert_settings, {act.account, area, store::Blob{sealed}, tx.now(), act.agent}
              )
            : tx.change(
                  update_settings,
                  {store::Blob{sealed}, tx.now(), act.agent, act.account, area, before.version}
              );
    if (changed == 0) throw Refusal(No::stale, "stale");
    ledger::record(
        tx, act, key, "settings_changed", std::nullopt,
        {{"area", area}, {"changed", changed_members(before.value, value)}}
    );
    return before.version + 1;
}

}  // namespace quittance::people
