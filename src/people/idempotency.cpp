#include "people/idempotency.h"

#include <algorithm>
#include <stdexcept>

namespace quittance::people {
namespace {

constexpr std::chrono::hours kept_for{24};
constexpr int in_progress = 0;

Uuid principal_of(const Act& act) {
    if (act.agent) return act.agent->uuid;
    if (act.key) return *act.key;
    throw std::logic_error("an Idempotency-Key needs somebody who calls");
}

void check_key(const std::string& key) {
    const bool visible = std::ranges::all_of(key, [](char c) { return c > ' ' && c < 0x7f; });
    if (key.empty() || key.size() > 255 || !visible) {
        throw Refusal(std::vector<FieldError>{{"Idempotency-Key", "unacceptable_key"}});
    }
}

constexpr auto forget_this =
    "DELETE FROM idempotency_keys "
    "WHERE account_id = ? AND principal = ? AND key = ? AND created_at < ?";
constexpr auto claim_key =
    "INSERT INTO idempotency_keys "
    "(account_id, principal, key, route, body_digest, status, resource, created_at) "
    "VALUES (?, ?, ?, ?, ?, 0, NULL, ?) ON CONFLICT (account_id, principal, key) DO NOTHING";
constexpr auto find_key =
    "SELECT route, body_digest, status, resource FROM idempotency_keys "
    "WHERE account_id = ? AND principal = ? AND key = ?";

}  // namespace

std::optional<Done> claim(store::Tx& tx, const Act& act, const Once& once) {
    check_key(once.key);
    const auto principal = principal_of(act);
    const auto now = tx.now();
    tx.run(forget_this, {act.account, principal, once.key, now - kept_for});
    const store::Blob digest{once.body_digest};
    if (tx.change(claim_key, {act.account, principal, once.key, once.route, digest, now}) == 1) {
        return std::nullopt;
    }
    bool same = false;
    const auto done =
        tx.one(find_key, {act.account, principal, once.key}, [&](const store::Row& row) {
            same = row.text(0) == once.route && row.blob(1) == once.body_digest;
            return Done{static_cast<int>(row.integer(2)), row.maybe_id<Uuid>(3)};
        });
    if (!done || (same && done->status == in_progress)) {
        throw Refusal(No::conflict, "in_progress");
    }
    if (!same) throw Refusal(No::unacceptable, "idempotency_key_reused");
    return done;
}

constexpr auto settle_key =
    "UPDATE idempotency_keys SET status = ?, resource = ? "
    "WHERE account_id = ? AND principal = ? AND key = ?";

void settle(
    store::Tx& tx, const Act& act, const Once& once, int status, std::optional<Uuid> resource
) {
    tx.run(settle_key, {status, resource, act.account, principal_of(act), once.key});
}

constexpr auto forget_keys =
    "DELETE FROM idempotency_keys WHERE (account_id, principal, key) IN "
    "(SELECT account_id, principal, key FROM idempotency_keys WHERE created_at < ? "
    "ORDER BY created_at LIMIT 1000)";

bool forget_old_idempotency_keys(store::Tx& tx) {
    return tx.change(forget_keys, {tx.now() - kept_for}) == 1'000;
}

}  // namespace quittance::people
