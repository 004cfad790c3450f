#include "store/migrate.h"

#include "base/digest.h"
#include "store/dialect.h"

namespace quittance::store {

namespace {

constexpr auto create_table =
    "CREATE TABLE IF NOT EXISTS migrations (number BIGINT PRIMARY KEY, name TEXT NOT NULL, "
    "checksum BYTEA NOT NULL, applied_at BIGINT NOT NULL);";

// Held until the transaction ends; the number is ours alone ("Quittanc" in ASCII).
constexpr auto take_turns = "SELECT pg_advisory_xact_lock(5865844349397560931)";

void prepare(Tx& tx, Dialect dialect) {
    if (dialect == Dialect::postgresql) tx.any(take_turns, {});
    for (const auto& statement : schema_for(dialect, create_table)) tx.run(statement, {});
}

constexpr auto find_applied = "SELECT number, checksum FROM migrations ORDER BY number";

// How many of the known ones stand in the database.
std::size_t check_applied(Tx& tx, std::span<const Migration> known) {
    std::size_t applied = 0;
    tx.each(find_applied, {}, [&](const Row& row) {
        if (applied == known.size()) {
            throw std::runtime_error(
                "The database has migration " + std::to_string(row.integer(0)) +
                ", and this program knows only " + std::to_string(known.size()) +
                ": run the newer program that made it."
            );
        }
        const auto& ours = known[applied];
        if (row.integer(0) != ours.number || row.blob(1) != sha256(ours.sql)) {
            throw std::runtime_error(
                "Migration " + std::to_string(row.integer(0)) +
                " of the database is not the one this program knows: it was made by another "
                "edition of Quittance."
            );
        }
        ++applied;
    });
    return applied;
}

constexpr auto remember =
    "INSERT INTO migrations (number, name, checksum, applied_at) VALUES (?, ?, ?, ?)";

// Runs the next missing one; false when there is none.
bool step(Tx& tx, Dialect dialect, std::span<const Migration> known) {
    prepare(tx, dialect);
    const auto applied = check_applied(tx, known);
    if (applied == known.size()) return false;
    const auto& next = known[applied];
    for (const auto& statement : schema_for(dialect, next.sql)) tx.run(statement, {});
    const auto checksum = sha256(next.sql);
    tx.run(remember, {next.number, next.name, Blob{checksum}, tx.now()});
    return true;
}

constexpr auto find_newest = "SELECT number FROM migrations ORDER BY number DESC LIMIT 1";

}  // namespace

int migrate(Store& store, std::span<const Migration> known) {
    int count = 0;
    while (store.write([&](Tx& tx) { return step(tx, store.dialect(), known); })) ++count;
    return count;
}

int schema_version(Store& store) {
    try {
        const auto newest = store.read([](Reader& reader) {
            return reader.one(find_newest, {}, [](const Row& row) { return row.integer(0); });
        });
        return static_cast<int>(newest.value_or(0));
    } catch (const SqlFault&) {
        return 0;  // There is no such table yet.
    }
}

}  // namespace quittance::store
