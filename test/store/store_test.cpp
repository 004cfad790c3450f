#include "store/store.h"

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <thread>

#include "test/databases.h"

namespace quittance::store {
namespace {

constexpr auto add = "INSERT INTO slugs_of_the_test (slug, owner, count) VALUES (?, ?, ?)";
constexpr auto total = "SELECT CAST(COUNT(*) AS BIGINT) FROM slugs_of_the_test";

class Stores : public test::Databases {
protected:
    void SetUp() override {
        test::Databases::SetUp();
        if (IsSkipped()) return;
        store().write([&](Tx& tx) {
            tx.run(
                on_sqlite()
                    ? "CREATE TABLE slugs_of_the_test (slug TEXT PRIMARY KEY, owner BLOB, "
                      "count INTEGER NOT NULL, CONSTRAINT small CHECK (count < 1000)) STRICT"
                    : "CREATE TABLE slugs_of_the_test (slug TEXT PRIMARY KEY, owner BYTEA, "
                      "count BIGINT NOT NULL, CONSTRAINT small CHECK (count < 1000))",
                {}
            );
        });
    }
    std::int64_t rows() {
        return *store().read([&](Reader& reader) {
            return reader.one(total, {}, [](const Row& row) { return row.integer(0); });
        });
    }
    // The SQLSTATE with which `f` fails.
    template <class F>
    std::string state_of(F&& f) {
        try {
            store().write(f);
        } catch (const SqlFault& fault) {
            return fault.state;
        }
        return "none";
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Stores, test::both(), test::name_of);

// The grouped lane must keep the same promises.
constexpr Store::Lane lanes[] = {Store::Lane::pool, Store::Lane::grouped};

TEST_P(Stores, a_refused_unit_leaves_no_trace_and_comes_out_unchanged) {
    for (const auto lane : lanes) {
        try {
            store().write(
                [&](Tx& tx) {
                    tx.run(add, {"gone", nullptr, 1});
                    throw Refusal(No::conflict, "not_in_stage", {{"stage", "reply"}});
                },
                lane
            );
            FAIL() << "it was not refused";
        } catch (const Refusal& refusal) {
            EXPECT_EQ(refusal.code, "not_in_stage");
            EXPECT_EQ(refusal.params.at("stage"), "reply");
        }
    }
    EXPECT_EQ(rows(), 0);
}

TEST_P(Stores, a_unit_that_breaks_leaves_no_trace) {
    for (const auto lane : lanes) {
        const auto breaks = [&](Tx& tx) {
            tx.run(add, {"gone", nullptr, 1});
            tx.any("SELECT 1 FROM slugs_of_the_test", {});
            throw std::out_of_range("ours");
        };
        EXPECT_THROW(store().write(breaks, lane), std::out_of_range);
    }
    EXPECT_EQ(rows(), 0);
}

TEST_P(Stores, a_broken_constraint_is_a_fault_with_its_state) {
    store().write([&](Tx& tx) { tx.run(add, {"taken", nullptr, 1}); });
    EXPECT_EQ(state_of([&](Tx& tx) { tx.run(add, {"taken", nullptr, 1}); }), "23505");
    EXPECT_EQ(state_of([&](Tx& tx) { tx.run(add, {"large", nullptr, 1000}); }), "23514");
    EXPECT_EQ(state_of([&](Tx& tx) { tx.run(add, {"empty", nullptr, nullptr}); }), "23502");
    EXPECT_EQ(state_of([&](Tx& tx) { tx.run("SELEKT 1", {}); }), "42601");
    EXPECT_EQ(state_of([&](Tx& tx) { tx.run(add, {"too few"}); }), "08P01");
    const std::string with_zero("a\0b", 3);
    EXPECT_EQ(state_of([&](Tx& tx) { tx.run(add, {with_zero, nullptr, 1}); }), "22021");
    constexpr auto orphan =
        "INSERT INTO privacy_centres (account_id, id, created_at) VALUES (?, ?, 1)";
    EXPECT_EQ(state_of([&](Tx& tx) { tx.run(orphan, {Uuid::make(), Uuid::make()}); }), "23503");
    EXPECT_EQ(rows(), 1);
}

TEST_P(Stores, a_statement_that_failed_works_the_next_time) {
    store().write([&](Tx& tx) { tx.run(add, {"taken", nullptr, 1}); });
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(state_of([&](Tx& tx) { tx.run(add, {"taken", nullptr, 1}); }), "23505");
        store().write([&](Tx& tx) { tx.run(add, {"free" + std::to_string(i), nullptr, 1}); });
    }
    EXPECT_EQ(rows(), 4);
}

TEST_P(Stores, asking_for_the_wrong_type_or_for_null_is_a_fault) {
    const auto owner = Uuid::make();
    store().write([&](Tx& tx) {
        tx.run(add, {"one", owner, 7});
        tx.run(add, {"two", nullptr, 0});
    });
    store().read([&](Reader& reader) {
        reader.each(
            "SELECT slug, owner, count FROM slugs_of_the_test ORDER BY slug", {},
            [&](const Row& row) {
                EXPECT_THROW(row.integer(0), std::logic_error);
                EXPECT_THROW(row.blob(0), std::logic_error);
                EXPECT_THROW(row.text(2), std::logic_error);
                EXPECT_THROW(row.null(3), std::logic_error);
                EXPECT_THROW(row.null(-1), std::logic_error);
                if (row.text(0) == "one") {
                    EXPECT_EQ(row.id<Uuid>(1), owner);
                    EXPECT_EQ(row.integer(2), 7);
                    EXPECT_THROW(row.text(1), std::logic_error);
                } else {
                    EXPECT_TRUE(row.null(1));
                    EXPECT_THROW(row.blob(1), std::logic_error);
                    EXPECT_FALSE(row.maybe_id<Uuid>(1));
                    EXPECT_FALSE(row.maybe<&Row::bytes>(1));
                }
            }
        );
    });
}

TEST_P(Stores, values_come_back_as_they_went_in) {
    const std::string every_byte = [] {
        std::string bytes;
        for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
        return bytes;
    }();
    store().write([&](Tx& tx) {
        tx.run(add, {"", Blob{""}, std::numeric_limits<std::int64_t>::min()});
        tx.run(add, {"Zoë ✓", Blob{every_byte}, -1});
    });
    const auto found = store().read([&](Reader& reader) {
        return reader.all(
            "SELECT slug, owner, count FROM slugs_of_the_test ORDER BY count", {},
            [](const Row& row) { return std::tuple(row.string(0), row.bytes(1), row.integer(2)); }
        );
    });
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0], std::tuple("", "", std::numeric_limits<std::int64_t>::min()));
    EXPECT_EQ(found[1], std::tuple("Zoë ✓", every_byte, -1));
}

TEST_P(Stores, change_says_how_many_rows) {
    store().write([&](Tx& tx) {
        EXPECT_EQ(tx.change(add, {"a", nullptr, 1}), 1);
        EXPECT_EQ(tx.change(add, {"b", nullptr, 1}), 1);
        EXPECT_EQ(tx.change("UPDATE slugs_of_the_test SET count = 2", {}), 2);
        EXPECT_EQ(tx.change("UPDATE slugs_of_the_test SET count = 2 WHERE slug = ?", {"c"}), 0);
        constexpr auto or_not =
            "INSERT INTO slugs_of_the_test (slug, count) VALUES (?, 1) ON CONFLICT DO NOTHING";
        EXPECT_EQ(tx.change(or_not, {"a"}), 0);
        EXPECT_EQ(tx.change("DELETE FROM slugs_of_the_test", {}), 2);
    });
}

TEST_P(Stores, the_same_statement_runs_inside_its_own_callback) {
    store().write([&](Tx& tx) {
        for (const auto* slug : {"a", "b", "c"}) tx.run(add, {slug, nullptr, 1});
        constexpr auto all = "SELECT slug FROM slugs_of_the_test ORDER BY slug";
        std::string seen;
        tx.each(all, {}, [&](const Row& outer) {
            tx.each(all, {}, [&](const Row& inner) {
                seen += outer.string(0) + inner.string(0) + " ";
            });
        });
        EXPECT_EQ(seen, "aa ab ac ba bb bc ca cb cc ");
    });
}

TEST_P(Stores, of_two_that_compare_and_set_one_wins) {
    store().write([&](Tx& tx) { tx.run(add, {"race", nullptr, 0}); });
    for (int round = 0; round < 20; ++round) {
        std::atomic<int> winners = 0;
        std::barrier start(2);
        const auto race = [&] {
            start.arrive_and_wait();
            const auto changed = store().write([&](Tx& tx) {
                return tx.change(
                    "UPDATE slugs_of_the_test SET count = ? WHERE slug = 'race' AND count = ?",
                    {round + 1, round}
                );
            });
            winners += static_cast<int>(changed);
        };
        std::jthread one(race);
        std::jthread two(race);
        one.join();
        two.join();
        ASSERT_EQ(winners, 1);
    }
}

TEST_P(Stores, what_64_threads_write_is_all_there) {
    for (const auto lane : lanes) {
        const auto before = rows();
        std::atomic<int> refused = 0;
        std::atomic<int> broken = 0;
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 64; ++thread) {
            threads.emplace_back([&, thread] {
                for (int i = 0; i < 20; ++i) {
                    try {
                        store().write(
                            [&](Tx& tx) {
                                const auto slug = Uuid::make().text();
                                tx.run(add, {slug, nullptr, 1});
                                if (i % 5 == 1) throw Refusal(No::conflict, "no");
                                tx.run(add, {slug + "+", nullptr, i % 5 == 3 ? 1000 : 1});
                            },
                            lane
                        );
                    } catch (const Refusal& refusal) {
                        EXPECT_EQ(refusal.code, "no");
                        ++refused;
                    } catch (const SqlFault& fault) {
                        EXPECT_EQ(fault.state, "23514");
                        ++broken;
                    }
                }
            });
        }
        threads.clear();
        EXPECT_EQ(refused, 64 * 4);
        EXPECT_EQ(broken, 64 * 4);
        EXPECT_EQ(rows() - before, 64 * 12 * 2);
    }
}

TEST_P(Stores, after_commit_is_called_in_order_on_the_callers_thread_and_never_after_bad_news) {
    for (const auto lane : lanes) {
        std::string told;
        const auto here = std::this_thread::get_id();
        store().write(
            [&](Tx& tx) {
                tx.after_commit([&] { told += "one "; });
                tx.after_commit([&] {
                    EXPECT_EQ(std::this_thread::get_id(), here);
                    EXPECT_EQ(rows(), 1);
                    told += "two";
                });
                tx.run(add, {"a", nullptr, 1});
                EXPECT_EQ(told, "");
            },
            lane
        );
        EXPECT_EQ(told, "one two");
        const auto refused = [&](Tx& tx) {
            tx.after_commit([&] { told += " three"; });
            throw Refusal(No::conflict, "no");
        };
        EXPECT_THROW(store().write(refused, lane), Refusal);
        const auto broken = [&](Tx& tx) {
            tx.after_commit([&] { told += " four"; });
            tx.run(add, {"a", nullptr, 1});
        };
        EXPECT_THROW(store().write(broken, lane), SqlFault);
        EXPECT_EQ(told, "one two");
        store().write([&](Tx& tx) { tx.run("DELETE FROM slugs_of_the_test", {}); });
    }
}

TEST_P(Stores, now_moves_with_the_offset_and_stands_still_inside_a_unit) {
    const auto before = wall_clock();
    store().set_clock_offset(std::chrono::hours(48));
    store().write([&](Tx& tx) {
        const auto now = tx.now();
        EXPECT_EQ(tx.now(), now);
        EXPECT_NEAR(static_cast<double>((now - before).count()), 48.0 * 3600 * 1000, 60.0 * 1000);
    });
    EXPECT_GE(store().clock() - before, std::chrono::hours(48));
    store().read([&](Reader& reader) { EXPECT_GE(reader.now() - before, std::chrono::hours(47)); });
}

TEST_P(Stores, a_url_that_leads_nowhere_is_one_sentence) {
    for (const auto* url :
         {"", "sqlite:", "mysql://x", "sqlite:/nowhere/at/all.db",
          "postgresql:///x?host=/nowhere/at/all"}) {
        try {
            store::open({.url = url});
            FAIL() << url;
        } catch (const std::runtime_error& error) {
            const std::string sentence = error.what();
            EXPECT_TRUE(sentence.starts_with("The database ")) << sentence;
            EXPECT_EQ(sentence.back(), '.') << sentence;
            EXPECT_EQ(sentence.find('\n'), sentence.npos) << sentence;
        }
    }
}

}  // namespace
}  // namespace quittance::store
