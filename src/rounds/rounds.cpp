#include "rounds/rounds.h"

#include <fmt/format.h>

#include <condition_variable>
#include <iterator>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "base/log.h"
#include "http/metrics.h"

namespace quittance::rounds {
namespace {

constexpr std::chrono::milliseconds wait_max = std::chrono::minutes(10);

struct Walker {
    explicit Walker(Round its_round) : round(std::move(its_round)) { standing.name = round.name; }

    const Round round;
    Standing standing;
    int failures_in_a_row = 0;
    bool nudged = false;
    std::condition_variable nudge;
    std::thread thread;
};

std::chrono::milliseconds wait_of(const Walker& walker) {
    auto wait = walker.round.every;
    for (int i = 0; i < walker.failures_in_a_row && wait < wait_max; ++i) {
        wait = std::min(wait * 2, wait_max);
    }
    return wait;
}

class ThreadedRounds final : public Rounds {
public:
    ThreadedRounds() : metrics_(http::add_metrics([this] { return lines(); })) {}
    ~ThreadedRounds() override {
        metrics_.reset();
        stop();
    }

    void add(Round round) override;
    void start() override;
    void stop() override;
    void nudge(const std::string& name) override;
    std::vector<Standing> standings() const override;
    void run_all() override;

private:
    void walk(Walker& walker);
    bool run_once(Walker& walker);
    std::string lines() const;

    mutable std::mutex mutex_;
    std::vector<std::unique_ptr<Walker>> walkers_;  // does not grow after start()
    bool started_ = false;
    bool stopping_ = false;
    std::shared_ptr<void> metrics_;
};

void ThreadedRounds::add(Round round) {
    const std::lock_guard lock(mutex_);
    if (started_) throw std::logic_error("a round was added after the start: " + round.name);
    for (const auto& walker : walkers_) {
        if (walker->round.name == round.name) {
            throw std::logic_error("two rounds of one name: " + round.name);
        }
    }
    walkers_.push_back(std::make_unique<Walker>(std::move(round)));
}

void ThreadedRounds::start() {
    const std::lock_guard lock(mutex_);
    if (started_) throw std::logic_error("the rounds were started twice");
    started_ = true;
    for (const auto& walker : walkers_) {
        walker->thread = std::thread([this, &one = *walker] { walk(one); });
    }
}

void ThreadedRounds::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        for (const auto& walker : walkers_) walker->nudge.notify_all();
    }
    for (const auto& walker : walkers_) {
        if (walker->thread.joinable()) walker->thread.join();
    }
}

void ThreadedRounds::nudge(const std::string& name) {
    const std::lock_guard lock(mutex_);
    for (const auto& walker : walkers_) {
        if (walker->round.name != name) continue;
        walker->nudged = true;
        walker->nudge.notify_all();
        return;
    }
    throw std::logic_error("a round that does not exist was nudged: " + name);
}

std::vector<Standing> ThreadedRounds::standings() const {
    const std::lock_guard lock(mutex_);
    std::vector<Standing> all;
    for (const auto& walker : walkers_) all.push_back(walker->standing);
    return all;
}

// Calls work() without the lock and writes down what came of it. True when there may be more.
bool ThreadedRounds::run_once(Walker& walker) {
    std::string error;
    bool more = false;
    {
        const std::lock_guard lock(mutex_);
        walker.standing.last_run = wall_clock();
        ++walker.standing.runs;
    }
    try {
        more = walker.round.work();
    } catch (const std::exception& cause) {
        error = cause.what();
        if (error.empty()) error = "fault";
    } catch (...) {
        error = "something that is no std::exception was thrown";
    }
    if (!error.empty()) {
        log::error(
            "round failed", {{"round", walker.round.name}, {"cause", std::string_view(error)}}
        );
    }
    const std::lock_guard lock(mutex_);
    if (error.empty()) {
        walker.standing.last_good = wall_clock();
        walker.failures_in_a_row = 0;
    } else {
        ++walker.standing.faults;
        ++walker.failures_in_a_row;
    }
    walker.standing.last_error = std::move(error);
    return more;
}

void ThreadedRounds::walk(Walker& walker) {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        walker.nudged = false;
        lock.unlock();
        const bool more = run_once(walker);
        lock.lock();
        if (more) continue;
        walker.nudge.wait_for(lock, wait_of(walker), [&] { return stopping_ || walker.nudged; });
    }
}

void ThreadedRounds::run_all() {
    // What one round does may be work for another one.
    for (bool again = true; again;) {
        again = false;
        for (const auto& walker : walkers_) {
            while (run_once(*walker)) again = true;
        }
    }
}

std::string ThreadedRounds::lines() const {
    const auto all = standings();
    if (all.empty()) return "";
    std::string runs, faults, last_good;
    for (const auto& one : all) {
        const auto name = http::label(one.name);
        runs += fmt::format("quittance_round_runs_total{{round=\"{}\"}} {}\n", name, one.runs);
        faults +=
            fmt::format("quittance_round_faults_total{{round=\"{}\"}} {}\n", name, one.faults);
        last_good += fmt::format(
            "quittance_round_last_good_seconds{{round=\"{}\"}} {}.{:03}\n", name,
            one.last_good.ms / 1000, one.last_good.ms % 1000
        );
    }
    return "# TYPE quittance_round_runs_total counter\n" + runs +
           "# TYPE quittance_round_faults_total counter\n" + faults +
           "# TYPE quittance_round_last_good_seconds gauge\n" + last_good;
}

}  // namespace

std::unique_ptr<Rounds> Rounds::make() { return std::make_unique<ThreadedRounds>(); }

}  // namespace quittance::rounds
