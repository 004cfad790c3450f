// The one thread that writes to an SQLite file. Every unit runs in a savepoint of its own; a
// group of them shares one COMMIT, and so one fsync. No unit hears that it is done, refused or
// broken before that COMMIT: it may have seen what its neighbours wrote.
#pragma once

#include <atomic>
#include <thread>

#include "store/sqlite_connection.h"
#include "store/units.h"

namespace quittance::store {

// The SQL of a Tx or a read on one connection, at one moment.
class SqliteTx final : public Tx {
public:
    SqliteTx(SqliteConnection& connection, Instant now) : connection_(connection), now_(now) {}
    Instant now() override { return now_; }
    void run(std::string_view sql, Values values) override { connection_.run(sql, values); }
    std::int64_t change(std::string_view sql, Values values) override {
        return connection_.run(sql, values);
    }

protected:
    void query(std::string_view sql, Values values, const std::function<void(const Row&)>& row)
        override {
        connection_.run(sql, values, row);
    }

private:
    SqliteConnection& connection_;
    Instant now_;
};

class SqliteWriter {
public:
    // `clock` says what Tx::now() answers. Throws like SqliteConnection.
    SqliteWriter(const std::string& file, std::function<Instant()> clock);
    // Finishes what is queued.
    ~SqliteWriter();

    // Returns when the unit is on disk; throws its bad news, or 503.
    void write(std::function<void(Tx&)> work) { units_.wait_for(std::move(work)); }
    // Empties the write-ahead log: a unit without work.
    void checkpoint() { units_.wait_for({}); }
    bool writable() const { return writable_; }

private:
    void work();
    void commit(const Group& group);
    bool run_all(const Group& group);
    void run_one(Unit& unit);
    void give_up(const Group& group, std::string_view cause);
    void empty_log(const Group& group);
    void keep_log_short();
    void note(Trouble trouble);

    SqliteConnection connection_;
    std::function<Instant()> clock_;
    std::atomic<bool> writable_ = true;
    Units units_;
    std::thread thread_;
};

}  // namespace quittance::store
