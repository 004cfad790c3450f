// What only PostgreSQL's pool and writers promise.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <latch>
#include <thread>

#include "test/databases.h"

namespace quittance::store {
namespace {

constexpr auto add = "INSERT INTO tries (subject, since, count) VALUES (?, 0, 0)";
constexpr auto total = "SELECT CAST(COUNT(*) AS BIGINT) FROM tries";
constexpr auto own_process = "SELECT pg_backend_pid()";
constexpr Store::Lane lanes[] = {Store::Lane::pool, Store::Lane::grouped};

std::int64_t number(const Row& row) { return row.integer(0); }

class Postgres : public test::Databases {
protected:
    std::int64_t rows() {
        return *store().read([&](Reader& reader) { return reader.one(total, {}, number); });
    }
    std::string refusal_of(const std::function<void(Tx&)>& f, Store::Lane lane) {
        try {
            store().write(f, lane);
        } catch (const Refusal& refusal) {
            return refusal.no == No::unavailable ? refusal.code : "another refusal";
        }
        return "none";
    }
    // From outside, as an administrator or a failing network would.
    void kill(std::int64_t process) {
        const auto other = store::open({.url = url(), .connections_max = 1});
        other->read([&](Reader& reader) {
            reader.any("SELECT pg_terminate_backend(?::int)", {process});
            while (reader.any("SELECT 1 FROM pg_stat_activity WHERE pid = ?", {process})) {
            }
        });
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Postgres, testing::Values(Dialect::postgresql), test::name_of);

TEST_P(Postgres, an_idle_connection_that_was_killed_is_replaced) {
    for (const auto lane : lanes) {
        const auto process =
            store().write([&](Tx& tx) { return *tx.one(own_process, {}, number); }, lane);
        kill(process);
        store().write([&](Tx& tx) { tx.run(add, {Uuid::make()}); }, lane);
        EXPECT_EQ(rows(), lane == Store::Lane::pool ? 1 : 2);
    }
    const auto process =
        store().read([&](Reader& reader) { return *reader.one(own_process, {}, number); });
    kill(process);
    EXPECT_EQ(rows(), 2);
}

TEST_P(Postgres, a_connection_killed_before_the_commit_is_followed_by_another) {
    for (const auto lane : lanes) {
        int runs = 0;
        store().write(
            [&](Tx& tx) {
                tx.run(add, {Uuid::make()});
                const auto process = *tx.one(own_process, {}, number);
                if (++runs == 1) kill(process);
                tx.run(add, {Uuid::make()});
                tx.any("SELECT 1", {});
            },
            lane
        );
        EXPECT_EQ(runs, 2);
    }
    EXPECT_EQ(rows(), 4);
}

TEST_P(Postgres, a_commit_whose_outcome_is_unknown_is_not_run_again) {
    store().write([&](Tx& tx) {
        tx.run(
            "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN "
            "PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'",
            {}
        );
        tx.run(
            "CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON tries "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die()",
            {}
        );
    });
    for (const auto lane : lanes) {
        int runs = 0;
        const auto dies = [&](Tx& tx) {
            ++runs;
            tx.run(add, {Uuid::make()});
        };
        EXPECT_EQ(refusal_of(dies, lane), "commit_unknown");
        EXPECT_EQ(runs, 1);
    }
    store().write([&](Tx& tx) { tx.run("DROP TRIGGER at_commit ON tries", {}); });
    EXPECT_EQ(rows(), 0);
}

TEST_P(Postgres, a_deadlock_is_tried_again) {
    store().write([&](Tx& tx) {
        tx.run(add, {Blob{"a"}});
        tx.run(add, {Blob{"b"}});
    });
    constexpr auto count = "UPDATE tries SET count = count + 1 WHERE subject = ?";
    std::atomic<int> runs = 0;
    std::latch both_hold_one(2);
    const auto cross = [&](std::string_view first, std::string_view second) {
        bool waited = false;
        store().write([&](Tx& tx) {
            ++runs;
            tx.change(count, {Blob{first}});
            if (!std::exchange(waited, true)) both_hold_one.arrive_and_wait();
            tx.change(count, {Blob{second}});
        });
    };
    std::jthread one([&] { cross("a", "b"); });
    std::jthread two([&] { cross("b", "a"); });
    one.join();
    two.join();
    EXPECT_GE(runs, 3);
    store().read([&](Reader& reader) {
        reader.each("SELECT count FROM tries", {}, [](const Row& row) {
            EXPECT_EQ(row.integer(0), 2);
        });
    });
}

TEST_P(Postgres, what_never_works_is_given_up_after_five_times) {
    for (const auto lane : lanes) {
        int runs = 0;
        const auto never = [&](Tx& tx) {
            ++runs;
            tx.run("DO 'BEGIN RAISE EXCEPTION ''no'' USING ERRCODE = ''40001''; END'", {});
        };
        EXPECT_EQ(refusal_of(never, lane), "unavailable");
        EXPECT_EQ(runs, 5);
    }
}

TEST_P(Postgres, a_full_disk_is_503_and_not_a_broken_statement) {
    for (const auto lane : lanes) {
        const auto full = [&](Tx& tx) {
            tx.run(add, {Uuid::make()});
            tx.run("DO 'BEGIN RAISE EXCEPTION ''full'' USING ERRCODE = ''53100''; END'", {});
        };
        EXPECT_EQ(refusal_of(full, lane), "unavailable");
        store().write([&](Tx& tx) { tx.run(add, {Uuid::make()}); }, lane);
    }
    EXPECT_EQ(rows(), 2);
}

TEST_P(Postgres, a_fault_says_nothing_about_values) {
    store().write([&](Tx& tx) { tx.run(add, {Blob{"ada@example.test"}}); });
    try {
        store().write([&](Tx& tx) { tx.run(add, {Blob{"ada@example.test"}}); });
        FAIL();
    } catch (const SqlFault& fault) {
        EXPECT_EQ(
            std::string(fault.what()),
            "duplicate key value violates unique constraint \"tries_pkey\""
        );
    }
}

TEST_P(Postgres, a_failing_unit_of_a_group_does_not_sink_its_neighbours) {
    // Keeps both writers busy until everybody has queued, so that they share a group.
    store().write([&](Tx& tx) { tx.run(add, {Blob{"taken"}}); });
    std::latch queued(1);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 2; ++i) {
        std::latch busy(1);
        threads.emplace_back([&] {
            store().write(
                [&](Tx&) {
                    busy.count_down();
                    queued.wait();
                },
                Store::Lane::grouped
            );
        });
        busy.wait();
    }
    std::atomic<int> waiting = 0;
    std::atomic<int> good = 0;
    std::atomic<int> broken = 0;
    std::atomic<int> refused = 0;
    for (int i = 0; i < 30; ++i) {
        threads.emplace_back([&, i] {
            ++waiting;
            try {
                store().write(
                    [&](Tx& tx) {
                        tx.run(add, {Uuid::make()});
                        if (i % 5 == 1) tx.run(add, {Blob{"taken"}});
                        if (i % 5 == 2) tx.any(total, {});
                        if (i % 5 == 3) throw Refusal(No::conflict, "no");
                    },
                    Store::Lane::grouped
                );
                ++good;
            } catch (const SqlFault&) {
                ++broken;
            } catch (const Refusal&) {
                ++refused;
            }
        });
    }
    while (waiting < 30) std::this_thread::yield();
    queued.count_down();
    threads.clear();
    EXPECT_EQ(broken, 6);
    EXPECT_EQ(refused, 6);
    EXPECT_EQ(good, 18);
    EXPECT_EQ(rows(), 1 + 18);
}

TEST_P(Postgres, a_server_that_went_away_is_503_until_it_is_back) {
    const auto name = *store().read([&](Reader& reader) {
        return reader.one("SELECT CAST(current_database() AS TEXT)", {}, [](const Row& row) {
            return row.string(0);
        });
    });
    const auto other = store::open({.url = std::getenv("QUITTANCE_TEST_POSTGRES")});
    const auto let_in = [&](const char* yes_or_no) {
        other->write([&](Tx& tx) {
            tx.run("ALTER DATABASE " + name + " ALLOW_CONNECTIONS " + yes_or_no, {});
        });
    };
    const auto write = [&](Tx& tx) { tx.run(add, {Uuid::make()}); };
    for (const auto lane : lanes) {
        const auto process =
            store().write([&](Tx& tx) { return *tx.one(own_process, {}, number); }, lane);
        kill(process);
        let_in("false");
        if (lane == Store::Lane::pool) {
            EXPECT_THROW(rows(), Refusal);
        }
        // The lane's second writer has yet to connect, or this one has to again.
        EXPECT_EQ(refusal_of(write, lane), "unavailable");
        let_in("true");
        EXPECT_EQ(refusal_of(write, lane), "none");
    }
    EXPECT_EQ(rows(), 2);
}

TEST_P(Postgres, the_clock_is_the_servers) {
    const auto server = *store().read([&](Reader& reader) {
        return reader.one(
            "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)", {}, number
        );
    });
    store().write([&](Tx& tx) {
        EXPECT_NEAR(static_cast<double>(tx.now().ms), static_cast<double>(server), 1000.0);
    });
}

}  // namespace
}  // namespace quittance::store
