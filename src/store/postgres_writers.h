// The grouped lane on PostgreSQL: two threads, each with a connection of its own, take what has
// queued and send it in one pipeline, a savepoint for each unit, one COMMIT for all. As long as no
// unit reads, a group costs one round trip and one fsync.
//
// When a unit fails in the database the server skips the rest: it is rolled back to its savepoint,
// and the units behind it run again. No unit hears how it went before the COMMIT.
#pragma once

#include <thread>

#include "store/postgres_tx.h"
#include "store/units.h"

namespace quittance::store {

class PostgresWriters {
public:
    using Connection = std::unique_ptr<PostgresConnection>;

    // `open` makes a connection; `clock_offset` is asked for every unit.
    PostgresWriters(
        std::function<Connection()> open, std::function<std::chrono::milliseconds()> clock_offset
    );
    // Finishes what is queued.
    ~PostgresWriters();

    // Returns when the unit is committed; throws its bad news, or 503.
    void write(std::function<void(Tx&)> work) { units_.wait_for(std::move(work)); }

private:
    enum class End { told, again };

    void work();
    void commit(Connection& connection, const Group& group);
    End try_once(Connection& connection, const Group& group, bool last);
    std::optional<Failure> run_all(
        PostgresConnection& connection, const Group& group, bool& committing
    );
    std::optional<Failure> send_units(
        PostgresConnection& connection, const Group& group, std::size_t from
    );
    std::optional<Failure> send_one(PostgresConnection& connection, Unit& unit);

    std::function<Connection()> open_;
    std::function<std::chrono::milliseconds()> clock_offset_;
    Units units_;
    std::vector<std::thread> threads_;
};

}  // namespace quittance::store
