#include "store/postgres_clock.h"

#include <gtest/gtest.h>

namespace quittance::store {
namespace {

using namespace std::chrono_literals;

std::int64_t now_ms(PostgresClock& clock) { return clock.now().ms; }

TEST(PostgresClock, a_slow_answer_does_not_move_an_estimate_that_agrees_with_it) {
    PostgresClock clock;
    const auto at = std::chrono::steady_clock::now();
    clock.compare(at, {1'000'000}, at);
    const auto before = now_ms(clock);
    // Asked ten seconds ago and answered now: anything in between is possible.
    clock.compare(at - 10s, {1'000'000 - 7'000}, at);
    EXPECT_LT(now_ms(clock) - before, 1000);
    EXPECT_GE(now_ms(clock), before);
}

TEST(PostgresClock, never_runs_backwards_by_a_correction) {
    PostgresClock clock;
    const auto at = std::chrono::steady_clock::now();
    clock.compare(at - 600ms, {1'000'000}, at);
    const auto before = now_ms(clock);
    clock.compare(at, {1'000'000}, at);  // 300 ms less than was thought
    EXPECT_GE(now_ms(clock), before);
}

TEST(PostgresClock, follows_a_server_whose_clock_was_set_back) {
    PostgresClock clock;
    const auto at = std::chrono::steady_clock::now();
    clock.compare(at, {1'000'000}, at);
    now_ms(clock);
    clock.compare(at, {900'000}, at);
    EXPECT_LT(now_ms(clock), 950'000);
}

}  // namespace
}  // namespace quittance::store
