#include <fmt/format.h>

#include <algorithm>

#include "test/sources/music_store.h"

namespace quittance::sources {
namespace {

class Search : public MusicStore {
protected:
    static std::string map_of(const std::string& tables) { return "{\"tables\":[" + tables + "]}"; }
    // "PLACE CODE" of everything that is wrong.
    std::set<std::string> flaws(const std::string& tables) {
        std::set<std::string> found;
        try {
            const auto check = source(map_of(tables)).check_map();
            for (const auto& error : check.errors) found.insert(error.at + " " + error.code);
        } catch (const Refusal& refusal) {
            for (const auto& error : refusal.errors) found.insert(error.at + " " + error.code);
        }
        return found;
    }
};
INSTANTIATE_TEST_SUITE_P(products, Search, all_products(), name_of_product);

using Flaws = std::set<std::string>;

TEST_P(Search, the_whole_map_is_well_and_warns_of_triggers) {
    const auto health = source().check();
    EXPECT_TRUE(health.well) << health.words;
    EXPECT_TRUE(std::ranges::any_of(health.warnings, [](const std::string& words) {
        return words.starts_with("customer has triggers");
    }));
}

TEST_P(Search, gives_the_same_digest_every_time_and_another_for_another_person) {
    auto source = this->source();
    const auto one = frozen(source.find(customer(1)));
    EXPECT_EQ(frozen(source.find(customer(1))).digest(), one.digest());
    EXPECT_NE(frozen(source.find(customer(2))).digest(), one.digest());
    EXPECT_EQ(one.records(), 1u + 2 + 2 + 2 + 5 + 3 + 2 + 3 + 3 + 9 + 3);
}

TEST_P(Search, does_not_take_one_person_for_another_because_of_a_collation) {
    auto source = this->source();
    const auto accented = frozen(source.find(customer(21)));
    const auto plain = frozen(source.find(customer(22)));
    EXPECT_EQ(accented.find("customer")->ids.size(), 1u);
    EXPECT_EQ(plain.find("customer")->ids.size(), 1u);
    EXPECT_NE(accented.find("customer")->ids, plain.find("customer")->ids);
}

TEST_P(Search, does_not_find_zero_for_every_word) {
    run("INSERT INTO employee VALUES (0, 'zero@example.org', NULL)");
    auto source =
        this->source(map_of(R"({"table":"employee","find":{"customer_number":"id"},"do":"delete"})")
        );
    const auto subject = *Subject::of({*Identifier::make("customer_number", "abc")});
    EXPECT_TRUE(std::holds_alternative<NothingFound>(source.find(subject)));
}

TEST_P(Search, takes_quotes_in_a_value_for_what_they_are) {
    auto source = this->source();
    for (const auto* value : {"x' OR '1'='1", "x\\' OR 1=1 -- ", "\" OR \"\"=\""}) {
        const auto subject = *Subject::of({*Identifier::make("customer_number", value)});
        // The kind "email" is missing, the customer's number is there: tickets need an address or
        // a customer, and none is found.
        EXPECT_TRUE(std::holds_alternative<NothingFound>(source.find(subject))) << value;
    }
}

TEST_P(Search, by_another_identifier_finds_the_same_customer) {
    auto source = this->source();
    const auto subject = *Subject::of({*Identifier::make("customer_number", "N0030")});
    const auto found = frozen(source.find(subject));
    EXPECT_EQ(found.find("customer")->ids, frozen(source.find(customer(30))).find("customer")->ids);
}

TEST_P(Search, says_which_identifiers_are_missing) {
    auto source = this->source();
    const auto found = source.find(*Subject::of({*Identifier::make("phone", "+49 30 1234")}));
    const auto* missing = std::get_if<MissingIdentifier>(&found);
    ASSERT_NE(missing, nullptr);
    EXPECT_EQ(missing->kinds, (std::vector<std::string>{"customer_number", "email"}));
}

TEST_P(Search, stops_at_the_limit_of_rows) {
    Limits limits;
    limits.records_max = 34;
    const auto found = source(whole_map(), limits).find(customer(12));
    const auto* failed = std::get_if<Failed>(&found);
    ASSERT_NE(failed, nullptr);
    EXPECT_FALSE(failed->later);
    EXPECT_NE(failed->words.find("More than 34 rows"), std::string::npos) << failed->words;
    limits.records_max = 35;
    EXPECT_EQ(frozen(source(whole_map(), limits).find(customer(12))).records(), 35u);
}

TEST_P(Search, refuses_views_and_names_that_the_schema_does_not_have) {
    const auto table = [](const std::string& name, const std::string& column) {
        return fmt::format(
            R"({{"table":"{}","find":{{"email":"{}"}},"do":"delete"}})", name, column
        );
    };
    EXPECT_EQ(flaws(table("customer_list", "email")), Flaws{"/map/tables/0/table not_a_table"});
    EXPECT_EQ(
        flaws(table("customer; DROP TABLE customer", "email")),
        Flaws{"/map/tables/0/table unknown_table"}
    );
    EXPECT_EQ(
        flaws(table("customer", "email\\\" = \\\"email\\\" OR 1=1 --")),
        Flaws{"/map/tables/0/find/email unknown_column"}
    );
    EXPECT_EQ(flaws(table("page_view", "email")), Flaws{"/map/tables/0/table no_key"});
    EXPECT_EQ(flaws(R"({"table":"customer","do":"delete"})"), Flaws{"/map/tables/0/find required"});
    EXPECT_EQ(
        flaws(R"({"table":"address","via":{"column":"customer_id","table":"customer",
                  "references":"id"},"do":"delete"})"),
        Flaws{"/map/tables/0/via/table not_above"}
    );
    EXPECT_EQ(flaws(""), Flaws{"/map/tables required"});
}

TEST_P(Search, refuses_to_anonymise_what_the_column_cannot_hold) {
    const auto with = [&](const std::string& rule) {
        return flaws(
            R"({"table":"invoice","find":{"name":"billing_name"},"do":"anonymise","anonymise":[)" +
            rule + "]}"
        );
    };
    EXPECT_EQ(
        with(R"({"column":"billing_name","with":"null"})"),
        Flaws{"/map/tables/0/anonymise/0/with not_nullable"}
    );
    EXPECT_EQ(
        with(R"({"column":"id","with":"random"})"),
        Flaws{"/map/tables/0/anonymise/0/column holds_key"}
    );
    EXPECT_EQ(
        with(R"({"column":"total","with":"text","text":"x"})"),
        Flaws{"/map/tables/0/anonymise/0/with does_not_fit"}
    );
    EXPECT_EQ(
        with(R"({"column":"nowhere","with":"null"})"),
        Flaws{"/map/tables/0/anonymise/0/column unknown_column"}
    );
    // SQLite does not mind the length that it was told.
    const bool sqlite = GetParam() == Product::sqlite;
    EXPECT_EQ(
        with(R"({"column":"billing_name","with":"text","text":"a text that is too long"})"),
        sqlite ? Flaws{} : Flaws{"/map/tables/0/anonymise/0/text too_long"}
    );
    EXPECT_EQ(
        with(R"({"column":"billing_name","with":"keyed_hash"})"),
        sqlite ? Flaws{} : Flaws{"/map/tables/0/anonymise/0/with does_not_fit"}
    );
}

TEST_P(Search, refuses_to_keep_what_hangs_on_what_goes) {
    EXPECT_EQ(
        flaws(R"({"table":"customer","find":{"email":"email"},"do":"delete"},
                 {"table":"invoice","via":{"column":"customer_id","table":"customer",
                  "references":"id"},"do":"keep","ground":"tax law"})"),
        Flaws{"/map/tables/1/do hangs_on_deleted"}
    );
    EXPECT_EQ(
        flaws(R"({"table":"customer","find":{"email":"email"},"do":"keep"})"),
        Flaws{"/map/tables/0/ground required"}
    );
}

TEST_P(Search, opens_circles_by_null_or_by_waiting_or_says_that_it_cannot) {
    const bool sqlite = GetParam() == Product::sqlite;
    const bool mysql = GetParam() == Product::mysql;
    const std::string there =
        "FOREIGN KEY (b_id) REFERENCES circle_b (id) DEFERRABLE INITIALLY IMMEDIATE";
    run("CREATE TABLE circle_a (id INTEGER NOT NULL PRIMARY KEY, b_id INTEGER NOT NULL, "
        "email VARCHAR(80) NOT NULL" +
        (sqlite ? ", " + there : "") + ")");
    run("CREATE TABLE circle_b (id INTEGER NOT NULL PRIMARY KEY, a_id INTEGER NOT NULL, "
        "FOREIGN KEY (a_id) REFERENCES circle_a (id))");
    run("BEGIN");
    if (sqlite) run("PRAGMA defer_foreign_keys = ON");
    run("INSERT INTO circle_a VALUES (1, 1, 'round@example.org'), (2, 2, 'other@example.org')");
    run("INSERT INTO circle_b VALUES (1, 1), (2, 2)");
    run("COMMIT");
    if (mysql) {
        run("ALTER TABLE circle_a ADD FOREIGN KEY (b_id) REFERENCES circle_b (id)");
    } else if (!sqlite) {
        run("ALTER TABLE circle_a ADD " + there);
    }
    const std::string tables =
        R"({"table":"circle_a","find":{"email":"email"},"do":"delete"},
           {"table":"circle_b","via":{"column":"a_id","table":"circle_a","references":"id"},
            "do":"delete"})";
    if (mysql) {
        EXPECT_EQ(flaws(tables), Flaws{"/map/tables in_circle"});
        return;
    }
    auto source = this->source(map_of(tables));
    const auto subject = *Subject::of({*Identifier::make("email", "round@example.org")});
    const Order order{subject, frozen(source.find(subject)), "ticket"};
    const auto outcome = source.erase(order);
    EXPECT_EQ(outcome.kind, Outcome::Kind::deleted) << outcome.words;
    EXPECT_EQ(dump("circle_a"), std::set<std::string>{"2|2|other@example.org|"});
    EXPECT_EQ(dump("circle_b"), std::set<std::string>{"2|2|"});
}

TEST_P(Search, never_goes_into_a_database_of_this_product) {
    run("CREATE TABLE key_wraps (id INTEGER NOT NULL PRIMARY KEY)");
    run("CREATE TABLE stage_exits (id INTEGER NOT NULL PRIMARY KEY)");
    run("CREATE TABLE count_deltas (id INTEGER NOT NULL PRIMARY KEY)");
    auto source = this->source();
    EXPECT_FALSE(source.check().well);
    const auto found = source.find(customer(1));
    EXPECT_TRUE(std::holds_alternative<Failed>(found));
}

}  // namespace
}  // namespace quittance::sources
