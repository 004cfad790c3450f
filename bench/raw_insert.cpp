// The peer of P1: how fast can SQLite take exactly the rows that intake wrote? Reads them from a
// database that `load` has filled, and inserts them into an empty one with the same schema, in
// groups of 64 units per commit, WAL, synchronous=FULL. A unit is what one request wrote.
//
//   raw_insert FROM.db TO.db UNITS      TO.db is made anew. Prints "UNITS SECONDS".
#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr int units_per_commit = 64;

[[noreturn]] void fail(sqlite3* db, const char* what) {
    std::fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(db));
    std::exit(1);
}

void run(sqlite3* db, const std::string& sql) {
    if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        fail(db, sql.c_str());
    }
}

struct Table {
    std::string name;
    std::vector<std::vector<sqlite3_value*>> rows;
    sqlite3_stmt* insert = nullptr;
};

sqlite3_stmt* prepared(sqlite3* db, const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
        fail(db, sql.c_str());
    }
    return statement;
}

Table read_table(sqlite3* from, const std::string& name, const std::string& order) {
    Table table{name, {}, nullptr};
    auto* select = prepared(from, "SELECT * FROM " + name + " ORDER BY " + order);
    while (sqlite3_step(select) == SQLITE_ROW) {
        auto& row = table.rows.emplace_back();
        for (int i = 0; i < sqlite3_column_count(select); ++i) {
            row.push_back(sqlite3_value_dup(sqlite3_column_value(select, i)));
        }
    }
    sqlite3_finalize(select);
    return table;
}

void copy_schema(sqlite3* from, sqlite3* to) {
    auto* select = prepared(
        from,
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
        "ORDER BY type DESC"
    );
    while (sqlite3_step(select) == SQLITE_ROW) {
        run(to, reinterpret_cast<const char*>(sqlite3_column_text(select, 0)));
    }
    sqlite3_finalize(select);
}

void prepare_insert(sqlite3* to, Table& table) {
    if (table.rows.empty()) return;
    std::string marks = "?";
    for (std::size_t i = 1; i < table.rows.front().size(); ++i) marks += ",?";
    table.insert = prepared(to, "INSERT INTO " + table.name + " VALUES (" + marks + ")");
}

void insert_unit(sqlite3* to, Table& table, std::size_t unit, std::size_t units) {
    const auto first = unit * table.rows.size() / units;
    const auto last = (unit + 1) * table.rows.size() / units;
    for (auto i = first; i < last; ++i) {
        int column = 0;
        for (auto* value : table.rows[i]) sqlite3_bind_value(table.insert, ++column, value);
        if (sqlite3_step(table.insert) != SQLITE_DONE) fail(to, table.name.c_str());
        sqlite3_reset(table.insert);
    }
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 4) {
        std::fprintf(stderr, "raw_insert FROM.db TO.db UNITS\n");
        return 2;
    }
    sqlite3* from = nullptr;
    sqlite3* to = nullptr;
    std::remove(arguments[2]);
    sqlite3_open_v2(arguments[1], &from, SQLITE_OPEN_READONLY, nullptr);
    sqlite3_open(arguments[2], &to);
    run(to, "PRAGMA journal_mode=WAL");
    run(to, "PRAGMA synchronous=FULL");
    run(to, "PRAGMA wal_autocheckpoint=16000");
    copy_schema(from, to);
    run(to, "PRAGMA foreign_keys=OFF");
    std::vector<Table> tables;
    // In the order in which they were written.
    const std::pair<const char*, const char*> written[] = {
        {"key_wraps", "id"},    {"requests", "id"},          {"count_deltas", "sequence"},
        {"proofs", "id"},       {"addresses", "created_at"}, {"letters", "id"},
        {"entries", "sequence"}};
    for (const auto& [name, order] : written) tables.push_back(read_table(from, name, order));
    for (auto& table : tables) prepare_insert(to, table);
    const auto units = static_cast<std::size_t>(std::atol(arguments[3]));
    const auto started = std::chrono::steady_clock::now();
    for (std::size_t unit = 0; unit < units; ++unit) {
        if (unit % units_per_commit == 0) run(to, "BEGIN IMMEDIATE");
        for (auto& table : tables) insert_unit(to, table, unit, units);
        if ((unit + 1) % units_per_commit == 0 || unit + 1 == units) run(to, "COMMIT");
    }
    const auto ended = std::chrono::steady_clock::now();
    std::printf("%zu %.3f\n", units, std::chrono::duration<double>(ended - started).count());
    return 0;
}
