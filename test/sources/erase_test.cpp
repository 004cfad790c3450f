#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "test/sources/music_store.h"

namespace quittance::sources {
namespace {

using Kind = Outcome::Kind;
using Lines = std::set<std::string>;

class Erasure : public MusicStore {
protected:
    Lines of(const std::string& sql) {
        const auto found = lines(sql);
        return {found.begin(), found.end()};
    }
};
INSTANTIATE_TEST_SUITE_P(products, Erasure, all_products(), name_of_product);

Lines without(const Lines& from, const Lines& what) {
    Lines left;
    std::ranges::set_difference(from, what, std::inserter(left, left.end()));
    return left;
}

TEST_P(Erasure, takes_exactly_the_persons_rows_and_leaves_all_others_as_they_are) {
    const std::map<std::string, std::string> persons{
        {"customer", "id = 17"},
        {"address", "customer_id = 17"},
        {"subscription", "customer_id = 17"},
        {"playlist", "customer_id = 17"},
        {"playlist_entry", "playlist_id IN (SELECT id FROM playlist WHERE customer_id = 17)"},
        {"login_event", "customer_id = 17"},
        {"support_ticket", "customer_id = 17 OR email = 'Customer17@Example.org'"},
        {"review", "customer_id = 17"},
        {"invoice", "customer_id = 17"}};
    const auto before = dump();
    std::map<std::string, Lines> theirs;
    for (const auto& [table, where] : persons) {
        theirs[table] = dump(table, where);
        ASSERT_FALSE(theirs[table].empty()) << table;
    }

    auto source = this->source();
    const auto order = order_for(17, source.find(customer(17)));
    EXPECT_EQ(order.records.find("playlist_entry")->ids.size(), 5u);
    EXPECT_EQ(order.records.find("support_ticket")->ids.size(), 2u);
    EXPECT_EQ(source.probe(order).kind, Presence::Kind::still_there);
    const auto outcome = source.erase(order);
    ASSERT_EQ(outcome.kind, Kind::deleted) << outcome.words;
    EXPECT_EQ(outcome.counts.removed, 1u + 2 + 2 + 2 + 5 + 3 + 2);
    EXPECT_EQ(outcome.counts.anonymised, 6u);
    EXPECT_EQ(outcome.counts.kept, 12u);

    for (const auto& [table, rows] : dump()) {
        const auto gone = without(before.at(table), rows);
        const auto come = without(rows, before.at(table));
        EXPECT_EQ(gone, theirs[table]) << table;
        if (table == "review" || table == "invoice") {
            EXPECT_EQ(come.size(), 3u) << table;
        } else {
            EXPECT_TRUE(come.empty()) << table;
        }
    }
    EXPECT_EQ(of("SELECT * FROM invoice WHERE id = 51"), Lines{"51|NULL|anonymous|NULL|300|"});
    const auto nicks = of("SELECT nick FROM review WHERE id BETWEEN 51 AND 53");
    EXPECT_EQ(nicks.size(), 3u);
    for (const auto& nick : nicks) EXPECT_EQ(nick.size(), 33u) << nick;
    EXPECT_EQ(
        of("SELECT COUNT(*) FROM review WHERE id BETWEEN 51 AND 53 AND words IS NULL AND "
           "customer_id IS NULL"),
        Lines{"3|"}
    );
    EXPECT_EQ(source.probe(order).kind, Presence::Kind::gone);
}

TEST_P(Erasure, of_what_is_gone_touches_nothing) {
    auto source = this->source();
    const auto order = order_for(3, source.find(customer(3)));
    ASSERT_EQ(source.erase(order).kind, Kind::deleted);
    const auto after = dump();
    EXPECT_EQ(source.erase(order).kind, Kind::nothing_found);
    EXPECT_TRUE(std::holds_alternative<NothingFound>(source.find(customer(3))));
    EXPECT_EQ(dump(), after);
}

TEST_P(Erasure, refuses_when_rows_came_or_went_since_they_were_found) {
    auto source = this->source();
    const auto order = order_for(4, source.find(customer(4)));
    run("INSERT INTO login_event VALUES (90001, 4, '192.0.2.1')");
    auto before = dump();
    auto outcome = source.erase(order);
    EXPECT_EQ(outcome.kind, Kind::changed);
    EXPECT_NE(outcome.words.find("login_event had 3, has 4"), std::string::npos) << outcome.words;
    EXPECT_EQ(dump(), before);

    run("DELETE FROM login_event WHERE id = 90001");
    run("DELETE FROM support_ticket WHERE id = 8");
    before = dump();
    EXPECT_EQ(source.erase(order).kind, Kind::changed);
    EXPECT_EQ(dump(), before);
}

TEST_P(Erasure, refuses_when_the_map_is_another_than_the_one_they_were_found_by) {
    const auto order = order_for(5, source().find(customer(5)));
    auto other = source(R"({"tables":[{"table":"customer","find":{"email":"email"},
        "do":"keep","ground":"tax law"}]})");
    EXPECT_EQ(other.erase(order).kind, Kind::changed);
    EXPECT_EQ(other.probe(order).kind, Presence::Kind::cannot_tell);
}

TEST_P(Erasure, refuses_when_a_row_nobody_froze_would_be_taken_along) {
    run("CREATE TABLE note (id INTEGER NOT NULL PRIMARY KEY, customer_id INTEGER NOT NULL, "
        "FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE CASCADE)");
    run("INSERT INTO note VALUES (1, 6)");
    auto source = this->source();
    const auto warnings = source.check().warnings;
    EXPECT_TRUE(std::ranges::any_of(warnings, [](const std::string& words) {
        return words.starts_with("note refers to customer");
    }));
    const auto order = order_for(6, source.find(customer(6)));
    const auto before = dump();
    const auto outcome = source.erase(order);
    EXPECT_EQ(outcome.kind, Kind::refused);
    EXPECT_TRUE(outcome.words.starts_with("note has rows that refer to")) << outcome.words;
    EXPECT_EQ(dump(), before);
    EXPECT_EQ(of("SELECT * FROM note"), Lines{"1|6|"});
}

TEST_P(Erasure, that_is_refused_in_its_middle_leaves_nothing_changed) {
    if (GetParam() == Product::sqlite) {
        run("CREATE TRIGGER no_way BEFORE DELETE ON customer BEGIN "
            "SELECT RAISE(ABORT, 'never'); END");
    } else if (GetParam() == Product::mysql) {
        run("CREATE TRIGGER no_way BEFORE DELETE ON customer FOR EACH ROW "
            "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'never'");
    } else {
        run("CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN RAISE EXCEPTION ''never''; END'");
        run("CREATE TRIGGER no_way BEFORE DELETE ON customer FOR EACH ROW EXECUTE FUNCTION no()");
    }
    auto source = this->source();
    const auto order = order_for(7, source.find(customer(7)));
    const auto before = dump();
    const auto outcome = source.erase(order);
    EXPECT_EQ(outcome.kind, Kind::refused);
    EXPECT_NE(outcome.words.find("never"), std::string::npos) << outcome.words;
    EXPECT_EQ(dump(), before);
}

TEST_P(Erasure, of_rows_that_a_trigger_holds_on_to_is_no_success) {
    if (GetParam() != Product::postgresql) GTEST_SKIP() << "only PostgreSQL's triggers skip rows";
    run("CREATE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
    run("CREATE TRIGGER stays BEFORE DELETE ON login_event FOR EACH ROW EXECUTE FUNCTION stay()");
    auto source = this->source();
    const auto order = order_for(7, source.find(customer(7)));
    const auto before = dump();
    EXPECT_EQ(source.erase(order).kind, Kind::refused);
    EXPECT_EQ(dump(), before);
}

TEST_P(Erasure, whose_connection_is_cut_in_mid_transaction_leaves_nothing_changed) {
    if (GetParam() == Product::sqlite) GTEST_SKIP() << "a file has no connection";
    auto source = this->source();
    const auto order = order_for(8, source.find(customer(8)));
    const auto before = dump();
    // It comes as far as the row that somebody else holds, and waits.
    const auto holder = another();
    holder->run("BEGIN");
    holder->run("UPDATE support_ticket SET words = 'held' WHERE id = 17");
    Outcome outcome;
    std::atomic<bool> ended = false;
    std::thread erasing([&] {
        outcome = source.erase(order);
        ended = true;
    });
    const bool mysql = GetParam() == Product::mysql;
    // (InnoDB's own table of waiting transactions does not change while somebody keeps asking.)
    const std::string waiting =
        mysql ? "SELECT id FROM information_schema.processlist WHERE db = DATABASE() "
                "AND info LIKE '%FROM%support\\_ticket% FOR UPDATE'"
              : "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                "AND datname = current_database()";
    std::vector<std::string> found;
    while (found.empty() && !ended) found = lines(waiting);
    if (found.empty()) erasing.join();
    ASSERT_FALSE(found.empty()) << outcome.words;
    const auto pid = found[0].substr(0, found[0].find('|'));
    run(mysql ? "KILL " + pid : "SELECT pg_terminate_backend(" + pid + ")");
    erasing.join();
    holder->run("ROLLBACK");
    EXPECT_EQ(outcome.kind, Kind::retry_at) << outcome.words;
    EXPECT_EQ(dump(), before);
    EXPECT_EQ(source.erase(order).kind, Kind::deleted);
}

TEST_P(Erasure, that_finds_rows_locked_is_tried_later) {
    Limits limits;
    limits.connect = std::chrono::milliseconds(300);
    limits.statement = std::chrono::milliseconds(1'000);
    auto source = this->source(whole_map(), limits);
    const auto order = order_for(9, source.find(customer(9)));
    const auto holder = another();
    holder->run("BEGIN");
    holder->run("UPDATE support_ticket SET words = 'held' WHERE id = 19");
    const auto outcome = source.erase(order);
    holder->run("ROLLBACK");
    EXPECT_EQ(outcome.kind, Kind::retry_at) << outcome.words;
    EXPECT_GT(outcome.retry_after.count(), 0);
}

TEST_P(Erasure, by_keyed_hash_is_never_called_a_deletion) {
    auto source = this->source(R"({"tables":[{"table":"customer","find":{"email":"email"},
        "do":"anonymise","anonymise":[{"column":"email","with":"keyed_hash"}]}]})");
    const auto order = order_for(10, source.find(customer(10)));
    const auto outcome = source.erase(order);
    EXPECT_EQ(outcome.kind, Kind::kept) << outcome.words;
    EXPECT_EQ(outcome.counts.pseudonymised, 1u);
    EXPECT_EQ(outcome.counts.anonymised, 0u);
    const auto email = lines("SELECT email FROM customer WHERE id = 10");
    EXPECT_EQ(email[0].size(), 65u);
}

TEST_P(Erasure, shows_its_statements_without_anybodys_data) {
    auto source = this->source();
    const auto order = order_for(11, source.find(customer(11)));
    const auto before = dump();
    const auto shown = source.dry_run(order.records);
    EXPECT_EQ(dump(), before);
    EXPECT_NE(shown.find("DELETE FROM"), std::string::npos) << shown;
    EXPECT_NE(shown.find("-- 5 rows"), std::string::npos) << shown;
    EXPECT_EQ(shown.find("ustomer11"), std::string::npos) << shown;
    EXPECT_LT(shown.find("login_event"), shown.rfind("customer")) << shown;
}

}  // namespace
}  // namespace quittance::sources
