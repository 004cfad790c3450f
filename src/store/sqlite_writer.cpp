#include "store/sqlite_writer.h"

#include "store/failure.h"

namespace quittance::store {

namespace {

// Beyond this the log is moved into the file after a commit; beyond the second, readers are waited
// for, so that it cannot grow for ever under them. Pages of 4 KiB.
constexpr int log_pages_usual = 16'000;
constexpr int log_pages_max = 64'000;

}  // namespace

SqliteWriter::SqliteWriter(const std::string& file, std::function<Instant()> clock)
    : connection_(file, SqliteConnection::Use::write), clock_(std::move(clock)) {
    thread_ = std::thread([this] { work(); });
}

SqliteWriter::~SqliteWriter() {
    units_.end();
    thread_.join();
    if (!writable_) connection_.leave_the_log();
}

void SqliteWriter::work() {
    for (;;) {
        const auto group = units_.take();
        if (group.empty()) return;
        commit(group);
        empty_log(group);
        units_.tell(group);
        keep_log_short();
    }
}

void SqliteWriter::commit(const Group& group) {
    if (!writable_) return give_up(group, "an earlier I/O error stopped all writing");
    try {
        connection_.run("BEGIN IMMEDIATE", {});
        if (run_all(group)) {
            connection_.run("COMMIT", {});
            return;
        }
        give_up(group, "the disk or the memory is full, or the file is failing");
    } catch (const std::exception& error) {
        give_up(group, error.what());
    }
    note(connection_.take_trouble());
    if (!connection_.in_transaction()) return;
    try {
        connection_.run("ROLLBACK", {});
    } catch (const std::exception& error) {
        // A transaction that cannot be ended would swallow every later write.
        log::error("a transaction could not be rolled back", {{"cause", error.what()}});
        note(Trouble::failing);
    }
}

// False when the group is lost.
bool SqliteWriter::run_all(const Group& group) {
    for (auto* unit : group) {
        if (unit->work) run_one(*unit);
        const auto trouble = connection_.take_trouble();
        note(trouble);
        if (trouble != Trouble::none || !connection_.in_transaction()) return false;
    }
    return true;
}

void SqliteWriter::run_one(Unit& unit) {
    connection_.run("SAVEPOINT unit", {});
    try {
        SqliteTx tx(connection_, clock_());
        unit.work(tx);
    } catch (...) {
        unit.bad_news = std::current_exception();
        if (!connection_.in_transaction()) return;
        connection_.run("ROLLBACK TO unit", {});
    }
    connection_.run("RELEASE unit", {});
}

void SqliteWriter::give_up(const Group& group, std::string_view cause) {
    Units::refuse(group, unavailable(cause));
}

void SqliteWriter::note(Trouble trouble) {
    if (trouble != Trouble::failing || !writable_.exchange(false)) return;
    log::error("an I/O error stopped all writing", {});
}

void SqliteWriter::empty_log(const Group& group) {
    for (auto* unit : group) {
        if (unit->work || unit->bad_news) continue;
        try {
            if (connection_.checkpoint(SQLITE_CHECKPOINT_TRUNCATE)) continue;
            unit->bad_news = std::make_exception_ptr(unavailable("a reader holds the log"));
        } catch (const std::exception& error) {
            note(connection_.take_trouble());
            unit->bad_news = std::make_exception_ptr(unavailable(error.what()));
        }
    }
}

// Nobody waits for this one: the commits are on disk already.
void SqliteWriter::keep_log_short() {
    if (!writable_ || connection_.log_pages() < log_pages_usual) return;
    try {
        const bool wait = connection_.log_pages() > log_pages_max;
        connection_.checkpoint(wait ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE);
    } catch (const std::exception& error) {
        log::warning("the log could not be moved into the file", {{"cause", error.what()}});
        note(connection_.take_trouble());
    }
}

}  // namespace quittance::store
