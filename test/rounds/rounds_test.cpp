#include "rounds/rounds.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "http/metrics.h"

namespace quittance::rounds {
namespace {

using namespace std::chrono_literals;

// Counts and lets a test wait for a number.
class Counter {
public:
    int add() {
        const std::lock_guard lock(mutex_);
        changed_.notify_all();
        return ++count_;
    }
    void await(int count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return count_ >= count; });
    }
    int count() const {
        const std::lock_guard lock(mutex_);
        return count_;
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    int count_ = 0;
};

Standing standing_of(const Rounds& rounds, const std::string& name) {
    for (const auto& one : rounds.standings()) {
        if (one.name == name) return one;
    }
    throw std::logic_error("no such round");
}

TEST(Rounds, of_the_same_name_or_after_the_start_are_refused) {
    const auto rounds = Rounds::make();
    rounds->add({"letters", 1h, [] { return false; }});
    EXPECT_THROW(rounds->add({"letters", 1h, [] { return false; }}), std::logic_error);
    EXPECT_THROW(rounds->nudge("nothing"), std::logic_error);
    rounds->start();
    EXPECT_THROW(rounds->add({"late", 1h, [] { return false; }}), std::logic_error);
    EXPECT_THROW(rounds->start(), std::logic_error);
}

TEST(Rounds, do_nothing_before_the_start) {
    Counter runs;
    const auto rounds = Rounds::make();
    rounds->add({"letters", 1ms, [&] { return runs.add() < 0; }});
    EXPECT_EQ(standing_of(*rounds, "letters").last_run, Instant{});
    rounds->stop();
    EXPECT_EQ(runs.count(), 0);
}

TEST(Rounds, run_at_the_start_and_again_as_long_as_there_is_more) {
    Counter runs;
    const auto rounds = Rounds::make();
    rounds->add({"letters", 1h, [&] { return runs.add() < 3; }});
    rounds->start();
    runs.await(3);
    rounds->stop();
    EXPECT_EQ(runs.count(), 3);
    EXPECT_EQ(standing_of(*rounds, "letters").runs, 3);
}

TEST(Rounds, come_again_after_their_period) {
    Counter runs;
    const auto rounds = Rounds::make();
    rounds->add({"letters", 1ms, [&] { return runs.add() < 0; }});
    rounds->start();
    runs.await(5);
}

TEST(Rounds, that_are_nudged_run_whatever_their_period) {
    Counter runs;
    const auto rounds = Rounds::make();
    rounds->add({"letters", 1h, [&] { return runs.add() < 0; }});
    rounds->start();
    runs.await(1);
    rounds->nudge("letters");
    runs.await(2);
}

TEST(Rounds, that_are_nudged_while_they_work_run_once_more) {
    Counter runs;
    const auto rounds = Rounds::make();
    rounds->add({"letters", 1h, [&] {
                     if (runs.add() == 1) rounds->nudge("letters");
                     return false;
                 }});
    rounds->start();
    runs.await(2);
}

TEST(Rounds, that_fail_are_counted_and_go_on) {
    Counter runs;
    const auto rounds = Rounds::make();
    rounds->add({"letters", 1ms, [&]() -> bool {
                     const int run = runs.add();
                     if (run == 1) throw std::runtime_error("no such server");
                     if (run == 2) throw 17;
                     return false;
                 }});
    rounds->start();
    runs.await(4);
    rounds->stop();
    const auto standing = standing_of(*rounds, "letters");
    EXPECT_EQ(standing.faults, 2);
    EXPECT_EQ(standing.last_error, "");
    EXPECT_GE(standing.last_good, standing_of(*rounds, "letters").last_run);
}

TEST(Rounds, that_fail_again_and_again_wait_twice_as_long_each_time) {
    Counter runs;
    const auto rounds = Rounds::make();
    rounds->add({"letters", 2ms, [&]() -> bool {
                     runs.add();
                     throw std::runtime_error("no such server");
                 }});
    const auto begun = std::chrono::steady_clock::now();
    rounds->start();
    runs.await(5);
    EXPECT_GE(std::chrono::steady_clock::now() - begun, 4ms + 8ms + 16ms + 32ms);
}

TEST(Rounds, say_what_went_wrong_last) {
    const auto rounds = Rounds::make();
    rounds->add({"letters", 1h, []() -> bool { throw std::runtime_error("no such server"); }});
    rounds->run_all();
    const auto standing = standing_of(*rounds, "letters");
    EXPECT_EQ(standing.last_error, "no such server");
    EXPECT_EQ(standing.last_good, Instant{});
    EXPECT_NE(standing.last_run, Instant{});
}

TEST(Rounds, do_not_wait_for_one_another) {
    Counter slow;
    Counter quick;
    std::atomic<bool> shut = true;
    const auto rounds = Rounds::make();
    rounds->add({"slow", 1h, [&] {
                     slow.add();
                     shut.wait(true);
                     return false;
                 }});
    rounds->add({"quick", 1ms, [&] { return quick.add() < 0; }});
    rounds->start();
    slow.await(1);
    quick.await(3);
    shut = false;
    shut.notify_all();
}

TEST(Rounds, that_stop_let_the_work_in_hand_end) {
    Counter begun;
    std::atomic<bool> shut = true;
    std::atomic<bool> ended = false;
    const auto rounds = Rounds::make();
    rounds->add({"letters", 1h, [&] {
                     begun.add();
                     shut.wait(true);
                     ended = true;
                     return true;
                 }});
    rounds->start();
    begun.await(1);
    std::thread opener([&] {
        shut = false;
        shut.notify_all();
    });
    rounds->stop();
    EXPECT_TRUE(ended);
    opener.join();
}

TEST(Rounds, all_run_on_this_thread_until_none_has_work_left) {
    int first = 0;
    int second = 3;
    const auto rounds = Rounds::make();
    rounds->add({"first", 1h, [&] {
                     if (first == 0) return false;
                     --first;
                     return true;
                 }});
    rounds->add({"second", 1h, [&] {
                     if (second == 0) return false;
                     --second;
                     ++first;
                     return true;
                 }});
    rounds->run_all();
    EXPECT_EQ(first, 0);
    EXPECT_EQ(second, 0);
}

TEST(Rounds, are_among_the_metrics) {
    const auto rounds = Rounds::make();
    rounds->add({"letters", 1h, [] { return false; }});
    rounds->run_all();
    const auto text = http::metrics_text();
    EXPECT_NE(text.find("quittance_round_runs_total{round=\"letters\"} 1\n"), std::string::npos);
    EXPECT_NE(text.find("quittance_round_faults_total{round=\"letters\"} 0\n"), std::string::npos);
}

}  // namespace
}  // namespace quittance::rounds
