#include "store/dialect.h"

#include <gtest/gtest.h>

namespace quittance::store {
namespace {

std::string sqlite(std::string_view common) { return query_for(Dialect::sqlite, common); }
std::string postgresql(std::string_view common) { return query_for(Dialect::postgresql, common); }
using Statements = std::vector<std::string>;

TEST(Dialect, leaves_question_marks_in_strings_names_and_comments_alone) {
    const auto* sql =
        "SELECT 'why?', 'it''s ?', \"odd?\" FROM t -- who?\nWHERE a = ? /* what? */ AND b = ?";
    EXPECT_EQ(sqlite(sql), sql);
    EXPECT_EQ(
        postgresql(sql),
        "SELECT 'why?', 'it''s ?', \"odd?\" FROM t -- who?\nWHERE a = $1 /* what? */ AND b = $2"
    );
}

TEST(Dialect, ends_well_when_a_string_or_comment_does_not) {
    EXPECT_EQ(postgresql("SELECT 'open ?"), "SELECT 'open ?");
    EXPECT_EQ(postgresql("SELECT ? -- end ?"), "SELECT $1 -- end ?");
    EXPECT_EQ(postgresql("SELECT ? /* end ?"), "SELECT $1 /* end ?");
    EXPECT_EQ(postgresql(""), "");
}

TEST(Dialect, drops_casts_of_placeholders_on_sqlite) {
    const auto* sql = "UPDATE t SET a = ?::bigint WHERE (?::text IS NULL OR b = ?)";
    EXPECT_EQ(sqlite(sql), "UPDATE t SET a = ? WHERE (? IS NULL OR b = ?)");
    EXPECT_EQ(postgresql(sql), "UPDATE t SET a = $1::bigint WHERE ($2::text IS NULL OR b = $3)");
}

TEST(Dialect, numbers_more_than_nine_placeholders) {
    EXPECT_EQ(
        postgresql("VALUES (?,?,?,?,?,?,?,?,?,?,?)"), "VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)"
    );
}

TEST(Dialect, drops_the_c_collation_on_sqlite) {
    const auto* sql = "SELECT a FROM t ORDER BY a COLLATE \"C\" DESC";
    EXPECT_EQ(sqlite(sql), "SELECT a FROM t ORDER BY a DESC");
    EXPECT_EQ(postgresql(sql), sql);
}

TEST(Dialect, makes_strict_tables_of_sqlites_types) {
    const auto* sql =
        "-- What; it is?\n"
        "CREATE TABLE things (\n"
        "    id BYTEA PRIMARY KEY,  -- a BYTEA; really\n"
        "    kind TEXT COLLATE \"C\" NOT NULL DEFAULT 'BIGINT;',\n"
        "    count bigint NOT NULL\n"
        ");\n"
        "CREATE INDEX things_by_kind ON things (kind);\n";
    EXPECT_EQ(
        schema_for(Dialect::sqlite, sql),
        (Statements{
            "CREATE TABLE things (\n    id BLOB PRIMARY KEY,  \n"
            "    kind TEXT NOT NULL DEFAULT 'BIGINT;',\n    count INTEGER NOT NULL\n) STRICT",
            "CREATE INDEX things_by_kind ON things (kind)"})
    );
    EXPECT_EQ(
        schema_for(Dialect::postgresql, sql),
        (Statements{
            "CREATE TABLE things (\n    id BYTEA PRIMARY KEY,  \n"
            "    kind TEXT COLLATE \"C\" NOT NULL DEFAULT 'BIGINT;',\n    count bigint NOT NULL\n)",
            "CREATE INDEX things_by_kind ON things (kind)"})
    );
}

TEST(Dialect, knows_identity_columns_and_clustered_tables) {
    const auto* sql =
        "CREATE TABLE a (n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY);\n"
        "CREATE TABLE b (n BIGINT PRIMARY KEY); -- clustered\n"
        "CREATE TABLE c (n BIGINT PRIMARY KEY);\n-- clustered\n"
        "ALTER TABLE c ADD COLUMN m BIGINT";
    EXPECT_EQ(
        schema_for(Dialect::sqlite, sql),
        (Statements{
            "CREATE TABLE a (n INTEGER PRIMARY KEY AUTOINCREMENT) STRICT",
            "CREATE TABLE b (n INTEGER PRIMARY KEY) STRICT, WITHOUT ROWID",
            "CREATE TABLE c (n INTEGER PRIMARY KEY) STRICT", "ALTER TABLE c ADD COLUMN m INTEGER"})
    );
    EXPECT_EQ(
        schema_for(Dialect::postgresql, sql).front(),
        "CREATE TABLE a (n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY)"
    );
}

}  // namespace
}  // namespace quittance::store
