#include "store/postgres_writers.h"

#include "store/failure.h"

namespace quittance::store {

namespace {

constexpr int writers = 2;
// PostgreSQL remembers 64 savepoints of a transaction cheaply, and no more.
constexpr std::size_t units_a_group = 60;
constexpr int tries = 5;
// The unit of what belongs to the whole group: BEGIN and COMMIT.
constexpr int nobody = -1;

}  // namespace

PostgresWriters::PostgresWriters(
    std::function<Connection()> open, std::function<std::chrono::milliseconds()> clock_offset
)
    : open_(std::move(open)), clock_offset_(std::move(clock_offset)) {
    for (int i = 0; i < writers; ++i) threads_.emplace_back([this] { work(); });
}

PostgresWriters::~PostgresWriters() {
    units_.end();
    for (auto& thread : threads_) thread.join();
}

void PostgresWriters::work() {
    Connection connection;
    for (;;) {
        const auto group = units_.take(units_a_group);
        if (group.empty()) return;
        commit(connection, group);
        units_.tell(group);
    }
}

void PostgresWriters::commit(Connection& connection, const Group& group) {
    for (int i = 1; try_once(connection, group, i == tries) == End::again; ++i) step_aside(i);
}

// `last`: whatever it comes to, it is not tried again.
PostgresWriters::End PostgresWriters::try_once(
    Connection& connection, const Group& group, bool last
) {
    bool committing = false;
    try {
        if (connection && !connection->usable()) connection.reset();
        if (!connection) connection = open_();
        auto failure = run_all(*connection, group, committing);
        if (!failure) return End::told;
        if (!connection->roll_back()) connection.reset();
        if (worth_another_try(*failure) && !last) return End::again;
        Units::refuse(group, unavailable(failure->what));
    } catch (const ConnectionLost& lost) {
        connection.reset();
        const bool reachable = !dynamic_cast<const Unreachable*>(&lost);
        if (!committing && reachable && !last) return End::again;
        Units::refuse(
            group, unavailable(lost.what(), committing ? "commit_unknown" : "unavailable")
        );
    } catch (const std::exception& error) {
        connection.reset();
        Units::refuse(group, unavailable(error.what()));
    }
    return End::told;
}

// Nothing when the group is committed; else the failure that sinks all of it.
std::optional<Failure> PostgresWriters::run_all(
    PostgresConnection& connection, const Group& group, bool& committing
) {
    connection.set_unit(nobody);
    connection.send("BEGIN");
    for (std::size_t from = 0;;) {
        auto failure = send_units(connection, group, from);
        if (!failure) {
            connection.set_unit(nobody);
            committing = true;
            failure = connection.commit();
            if (!failure) return std::nullopt;
            // The server said so: it is not committed.
            committing = false;
        }
        const bool of_all = failure->unit == nobody || worth_another_try(*failure);
        if (of_all || is_unavailable(*failure)) return failure;
        from = static_cast<std::size_t>(failure->unit);
        group[from++]->bad_news = bad_news_of(*failure);
        connection.set_unit(nobody);
        connection.send("ROLLBACK TO SAVEPOINT unit");
        connection.send("RELEASE SAVEPOINT unit");
        if (auto worse = connection.finish().failure) return worse;
    }
}

// The first failure that came to light; the units from there on count for nothing.
std::optional<Failure> PostgresWriters::send_units(
    PostgresConnection& connection, const Group& group, std::size_t from
) {
    for (auto i = from; i < group.size(); ++i) {
        connection.set_unit(static_cast<int>(i));
        if (auto failure = send_one(connection, *group[i])) return failure;
    }
    return std::nullopt;
}

std::optional<Failure> PostgresWriters::send_one(PostgresConnection& connection, Unit& unit) {
    unit.bad_news = nullptr;
    connection.send("SAVEPOINT unit");
    PostgresTx tx(connection, clock_offset_());
    try {
        unit.work(tx);
    } catch (const ConnectionLost&) {
        throw;
    } catch (...) {
        unit.bad_news = std::current_exception();
    }
    // A read may have brought the failure of a unit before this one.
    if (tx.failure()) return tx.failure();
    if (unit.bad_news) connection.send("ROLLBACK TO SAVEPOINT unit");
    connection.send("RELEASE SAVEPOINT unit");
    return std::nullopt;
}

}  // namespace quittance::store
