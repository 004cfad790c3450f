#include "store/postgres_clock.h"

#include <algorithm>

namespace quittance::store {

namespace {

// A smaller step back is our own estimate that was too high.
constexpr std::int64_t set_back_ms = 1000;

}  // namespace

std::int64_t PostgresClock::ms(Steady at) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
}

void PostgresClock::compare(Steady asked, Instant server, Steady answered) {
    const auto least = server.ms - ms(answered);
    const auto most = server.ms - ms(asked);
    const std::lock_guard lock(mutex_);
    ahead_ms_ = std::clamp(ahead_ms_.value_or(least + (most - least) / 2), least, most);
}

Instant PostgresClock::now() {
    const auto steady = ms(std::chrono::steady_clock::now());
    const std::lock_guard lock(mutex_);
    const auto estimate = steady + ahead_ms_.value_or(0);
    const auto back = latest_ms_ - estimate;
    if (back <= 0 || back > set_back_ms) latest_ms_ = estimate;
    return {latest_ms_};
}

}  // namespace quittance::store
