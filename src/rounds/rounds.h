// Rounds: periodic, inputless, idempotent pieces of work. The path after a crash is the path of
// every day: a round looks at the database for what is due and does it.
//
// Knows nothing of what the rounds do.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"

namespace quittance::rounds {

struct Round {
    std::string name;  // "letters"; appears in logs, /health and metrics
    std::chrono::milliseconds every;
    // Does one piece of work; true means there may be more, call again at once. A throw is logged,
    // counted, and the round waits for its next turn, twice as long after each failure in a row
    // (at most ten minutes, unless `every` is longer).
    std::function<bool()> work;
};

struct Standing {
    std::string name;
    Instant last_run;        // 0 before the first
    Instant last_good;       // when work() last ended without a throw
    std::string last_error;  // "" when good
    std::int64_t runs = 0;   // calls of work()
    std::int64_t faults = 0;
};

class Rounds {
public:
    // Each round gets a thread of its own; nothing runs before start().
    virtual ~Rounds() = default;
    // Before start(). A name that is there already is a fault.
    virtual void add(Round round) = 0;
    virtual void start() = 0;
    // Lets the work in hand end, then returns. Called by the destructor, too.
    virtual void stop() = 0;
    // The round runs soon, whatever its period. Never blocks; an unknown name is a fault.
    virtual void nudge(const std::string& name) = 0;
    virtual std::vector<Standing> standings() const = 0;
    // Runs every round until none has work left, on this thread: tests, instead of start(). A round
    // that throws is through for this time.
    virtual void run_all() = 0;

    static std::unique_ptr<Rounds> make();
};

}  // namespace quittance::rounds
