#include "store/migrate.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "store/dialect.h"
#include "test/databases.h"

namespace quittance::store {
namespace {

class Migrations : public test::Databases {
protected:
    std::vector<Migration> with_next(std::string_view sql) {
        std::vector<Migration> known(migrations().begin(), migrations().end());
        known.push_back({static_cast<int>(known.size()) + 1, "next", sql});
        return known;
    }
    std::string sentence_of(std::span<const Migration> known) {
        try {
            migrate(store(), known);
        } catch (const SqlFault&) {
            return "a broken statement";
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "none";
    }
    bool has_table(const std::string& name) {
        return store().read([&](Reader& reader) {
            return reader.any(
                on_sqlite() ? "SELECT 1 FROM sqlite_master WHERE name = ?"
                            : "SELECT 1 FROM pg_tables WHERE tablename = ?",
                {name}
            );
        });
    }
    std::set<std::string> shape();
    void empty();
};
INSTANTIATE_TEST_SUITE_P(databases, Migrations, test::both(), test::name_of);

TEST_P(Migrations, an_older_program_refuses_a_newer_schema) {
    const auto known = migrations().first(migrations().size() - 1);
    const auto newest = std::to_string(migrations().size());
    EXPECT_EQ(
        sentence_of(known), "The database has migration " + newest +
                                ", and this program knows only " + std::to_string(known.size()) +
                                ": run the newer program that made it."
    );
}

TEST_P(Migrations, another_edition_of_a_migration_is_refused) {
    std::vector<Migration> known(migrations().begin(), migrations().end());
    const auto changed = std::string(known.front().sql) + " ";
    known.front().sql = changed;
    EXPECT_TRUE(sentence_of(known).starts_with("Migration 1 of the database is not the one"));
}

TEST_P(Migrations, one_that_breaks_leaves_no_trace_and_can_be_mended) {
    const auto broken = with_next("CREATE TABLE next (n BIGINT PRIMARY KEY); SELEKT 1;");
    EXPECT_EQ(sentence_of(broken), "a broken statement");
    EXPECT_FALSE(has_table("next"));
    const auto mended = with_next("CREATE TABLE next (n BIGINT PRIMARY KEY);");
    EXPECT_EQ(migrate(store(), mended), 1);
    EXPECT_TRUE(has_table("next"));
}

TEST_P(Migrations, everything_runs_once) {
    EXPECT_EQ(migrate(store()), 0);
    const auto known = with_next("CREATE TABLE next (n BIGINT PRIMARY KEY);");
    std::atomic<int> count = 0;
    std::vector<std::jthread> nodes;
    for (int i = 0; i < 4; ++i) nodes.emplace_back([&] { count += migrate(store(), known); });
    nodes.clear();
    EXPECT_EQ(count, 1);
}

// Each line a fact about the schema. SQLite keeps checks and conditions only as the text of the
// CREATE statement: they are cut out of it.
constexpr const char* sqlite_facts[] = {
    "SELECT t.name || ' ' || t.strict || ' ' || t.wr FROM pragma_table_list t "
    "WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%'",
    "SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || c.pk || ' ' "
    "|| coalesce(c.dflt_value, '-') FROM sqlite_master m, pragma_table_xinfo(m.name) c "
    "WHERE m.type = 'table'",
    "SELECT m.name || ' ' || f.\"from\" || ' -> ' || f.\"table\" || '.' || coalesce(f.\"to\", "
    "'pk') "
    "|| ' ' || f.seq || f.on_delete FROM sqlite_master m, pragma_foreign_key_list(m.name) f "
    "WHERE m.type = 'table'",
    "SELECT m.name || ' ' || i.\"unique\" || i.origin || ' ' || group_concat(c.name, ', ') "
    "FROM sqlite_master m, pragma_index_list(m.name) i, pragma_index_info(i.name) c "
    "WHERE m.type = 'table' GROUP BY m.name, i.name, i.\"unique\", i.origin",
    "SELECT name || ' ' || sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
};

constexpr const char* postgresql_facts[] = {
    "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || "
    "coalesce(collation_name, '-') || ' ' || is_identity || ' ' || coalesce(column_default, '-') "
    "FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT CAST(conrelid::regclass AS TEXT) || ' ' || CAST(conname AS TEXT) || ' ' || "
    "pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
};

// "CONSTRAINT name CHECK (…)" with its brackets, wherever it stands in the text.
std::vector<std::string> checks_in(const std::string& sql) {
    std::vector<std::string> checks;
    for (auto at = sql.find("CONSTRAINT "); at != sql.npos; at = sql.find("CONSTRAINT ", at + 1)) {
        int depth = 0;
        auto end = sql.find('(', at);
        do {
            depth += sql[end] == '(' ? 1 : sql[end] == ')' ? -1 : 0;
            ++end;
        } while (depth > 0 && end < sql.size());
        checks.push_back(sql.substr(at, end - at));
    }
    return checks;
}

std::set<std::string> Migrations::shape() {
    std::set<std::string> facts;
    const auto text = [](const Row& row) { return row.string(0); };
    store().read([&](Reader& reader) {
        if (!on_sqlite()) {
            for (const auto* query : postgresql_facts) {
                for (auto& fact : reader.all(query, {}, text)) facts.insert(std::move(fact));
            }
            return;
        }
        for (const auto* query : sqlite_facts) {
            for (auto& fact : reader.all(query, {}, text)) facts.insert(std::move(fact));
        }
        constexpr auto tables = "SELECT sql FROM sqlite_master WHERE type = 'table'";
        for (const auto& sql : reader.all(tables, {}, text)) {
            for (auto& check : checks_in(sql)) facts.insert(std::move(check));
        }
    });
    // Neither SQLite's own notebook nor ours is part of the schema.
    std::erase_if(facts, [](const std::string& fact) {
        return fact.starts_with("sqlite_") || fact.starts_with("migrations") ||
               fact.find("migrations_pkey") != fact.npos;
    });
    return facts;
}

void Migrations::empty() {
    store().write([&](Tx& tx) {
        if (!on_sqlite()) {
            tx.run("DROP SCHEMA public CASCADE", {});
            tx.run("CREATE SCHEMA public", {});
            return;
        }
        // The youngest first: it refers to the others.
        const auto tables = tx.all(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            "ORDER BY rowid DESC",
            {}, [](const Row& row) { return row.string(0); }
        );
        for (const auto& table : tables) tx.run("DROP TABLE " + table, {});
    });
}

TEST_P(Migrations, come_to_what_schema_sql_says) {
    const auto migrated = shape();
    EXPECT_GT(migrated.size(), 200u);
    empty();
    EXPECT_TRUE(shape().empty());
    std::stringstream schema;
    schema << std::ifstream(SOURCE_FOLDER "/schema/schema.sql").rdbuf();
    store().write([&](Tx& tx) {
        for (const auto& statement : schema_for(store().dialect(), schema.str())) {
            tx.run(statement, {});
        }
    });
    EXPECT_EQ(shape(), migrated);
}

}  // namespace
}  // namespace quittance::store
