// How many requests stand where. Changes are appended as deltas, because one row per account that
// everybody updates would make every Tx wait for every other; a round folds them.
#pragma once

#include <array>
#include <cstdint>

#include "base/act.h"
#include "base/clock.h"
#include "requests/row.h"
#include "store/store.h"

namespace quittance::requests {

// Where a request is counted.
struct Standing {
    Stage stage;
    bool parked;
    Day due_on;

    static Standing of(const Row& row) { return {row.stage, row.parked, row.due_on}; }
};

void count(store::Tx& tx, const Act& act, Standing standing, int delta);

struct Counts {
    std::array<std::int64_t, 4> stages{};  // by Stage, without what awaits proof
    std::int64_t unverified = 0;           // what awaits proof
    std::int64_t overdue = 0;              // open, due before `today`
    std::int64_t due_week = 0;             // open, due on `today` or in the six days after it
};
Counts counts(store::Reader& reader, AccountId account, Day today);

// The round: folds at most 10,000 deltas of one account into counts. False when none are left.
bool fold_counts(store::Tx& tx);

}  // namespace quittance::requests
