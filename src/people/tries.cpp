#include "people/tries.h"

#include <arpa/inet.h>

#include <array>
#include <cstring>

#include "base/refusal.h"

namespace quittance::people {
namespace {

std::string subject_hash(
    keys::KeyRing& keys, const Allowance& allowance, std::string_view subject
) {
    return keys.installation_hash(allowance.use, subject);
}

// The first try, or the first of a new window.
constexpr auto begin_window =
    "INSERT INTO tries AS t (subject, since, count) VALUES (?, ?, 1) "
    "ON CONFLICT (subject) DO UPDATE SET since = excluded.since, count = 1 "
    "WHERE t.since <= ?";
constexpr auto count_try = "UPDATE tries SET count = count + 1 WHERE subject = ? AND count < ?";

constexpr auto window_of = "SELECT since FROM tries WHERE subject = ?";

}  // namespace

bool take_try(
    store::Tx& tx, keys::KeyRing& keys, const Allowance& allowance, std::string_view subject
) {
    const auto hash = subject_hash(keys, allowance, subject);
    const auto now = tx.now();
    if (tx.change(begin_window, {store::Blob{hash}, now, now - allowance.window}) == 1) return true;
    return tx.change(count_try, {store::Blob{hash}, allowance.tries}) == 1;
}

void require_try(
    store::Tx& tx, keys::KeyRing& keys, const Allowance& allowance, std::string_view subject
) {
    if (take_try(tx, keys, allowance, subject)) return;
    const auto hash = subject_hash(keys, allowance, subject);
    const auto now = tx.now();
    const auto since = tx.one(window_of, {store::Blob{hash}}, [](const store::Row& row) {
        return row.instant(0);
    });
    const auto left = since.value_or(now) + allowance.window - now;
    Refusal refusal(No::too_many, "too_many_tries");
    refusal.retry_after_s = static_cast<int>(std::max<std::int64_t>(1, left.count() / 1'000 + 1));
    throw refusal;
}

constexpr auto forgive = "DELETE FROM tries WHERE subject = ?";

void forgive_tries(
    store::Tx& tx, keys::KeyRing& keys, const Allowance& allowance, std::string_view subject
) {
    tx.run(forgive, {store::Blob{subject_hash(keys, allowance, subject)}});
}

std::string network_of(std::string_view client_address) {
    const std::string text(client_address);
    std::array<unsigned char, 16> bytes{};
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
    constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    std::array<char, INET6_ADDRSTRLEN> shown{};
    if (std::memcmp(bytes.data(), mapped.data(), mapped.size()) == 0) {
        return inet_ntop(AF_INET, bytes.data() + 12, shown.data(), shown.size());
    }
    std::memset(bytes.data() + 8, 0, 8);
    return std::string(inet_ntop(AF_INET6, bytes.data(), shown.data(), shown.size())) + "/64";
}

// No window is longer than an hour; a day is enough for whatever comes.
constexpr auto forget_tries =
    "DELETE FROM tries WHERE subject IN (SELECT subject FROM tries WHERE since < ? LIMIT 1000)";

bool forget_old_tries(store::Tx& tx) {
    return tx.change(forget_tries, {tx.now() - std::chrono::hours(24)}) == 1'000;
}

}  // namespace quittance::people
