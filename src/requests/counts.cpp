#include "requests/counts.h"

#include <map>
#include <tuple>

namespace quittance::requests {
namespace {

constexpr auto add_delta =
    "INSERT INTO count_deltas (account_id, stage, parked, due_on, delta) VALUES (?, ?, ?, ?, ?)";

constexpr auto sum_up =
    "SELECT stage, parked, due_on, CAST(SUM(n) AS BIGINT) FROM ("
    "SELECT stage, parked, due_on, n FROM counts WHERE account_id = ? "
    "UNION ALL SELECT stage, parked, due_on, delta FROM count_deltas WHERE account_id = ?"
    ") AS parts GROUP BY stage, parked, due_on";

// Which deltas: the oldest of whichever account comes first.
constexpr auto some_account = "SELECT account_id FROM count_deltas ORDER BY sequence LIMIT 1";

// Deltas are taken by their sequence, so one that commits late is left for the next round.
constexpr auto take_deltas =
    "DELETE FROM count_deltas WHERE sequence IN (SELECT sequence FROM count_deltas "
    "WHERE account_id = ? ORDER BY sequence LIMIT 10000) "
    "RETURNING stage, parked, due_on, delta";

constexpr auto add_up =
    "INSERT INTO counts (account_id, stage, parked, due_on, n) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (account_id, stage, parked, due_on) DO UPDATE SET n = counts.n + excluded.n";

}  // namespace

void count(store::Tx& tx, const Act& act, Standing standing, int delta) {
    // What is closed is due no more: one sum for all of it, however many days it was due on.
    const auto due_on = standing.stage == Stage::closed ? 0 : day_number(standing.due_on);
    tx.run(
        add_delta, {act.account, name_of(standing.stage), standing.parked ? 1 : 0, due_on, delta}
    );
}

Counts counts(store::Reader& reader, AccountId account, Day today) {
    Counts counts;
    const auto first = day_number(today);
    reader.each(sum_up, {account, account}, [&](const store::Row& row) {
        const auto n = row.integer(3);
        if (row.boolean(1)) {
            counts.unverified += n;
            return;
        }
        const auto stage = value_of<Stage>(row.text(0));
        counts.stages[static_cast<std::size_t>(stage)] += n;
        if (stage == Stage::closed) return;
        const auto due = row.integer(2);
        if (due < first) counts.overdue += n;
        if (due >= first && due < first + 7) counts.due_week += n;
    });
    return counts;
}

bool fold_counts(store::Tx& tx) {
    const auto account =
        tx.one(some_account, {}, [](const store::Row& row) { return row.id<AccountId>(0); });
    if (!account) return false;
    std::map<std::tuple<std::string, std::int64_t, std::int64_t>, std::int64_t> sums;
    tx.each(take_deltas, {*account}, [&](const store::Row& row) {
        sums[{row.string(0), row.integer(1), row.integer(2)}] += row.integer(3);
    });
    for (const auto& [standing, n] : sums) {
        const auto& [stage, parked, due_on] = standing;
        if (n != 0) tx.run(add_up, {*account, stage, parked, due_on, n});
    }
    return true;
}

}  // namespace quittance::requests
