// The server's clock as one process sees it: compared now and then, carried on by the steady clock
// in between, and the same for all connections. So what one transaction wrote is never later than
// what the next one of this process writes, and nobody pays a round trip for the time.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>

#include "base/clock.h"

namespace quittance::store {

class PostgresClock {
public:
    using Steady = std::chrono::steady_clock::time_point;

    // The server's clock stood at `server` some time between `asked` and `answered`. The estimate
    // changes only as far as it must to agree with that: a slow answer tells little.
    void compare(Steady asked, Instant server, Steady answered);
    // Never less than before, unless the server's clock was set back by more than a second.
    Instant now();

private:
    static std::int64_t ms(Steady at);

    std::mutex mutex_;
    std::optional<std::int64_t> ahead_ms_;  // of the steady clock
    std::int64_t latest_ms_ = 0;
};

}  // namespace quittance::store
