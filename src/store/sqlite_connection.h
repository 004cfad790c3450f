// One connection to an SQLite file: its statements are prepared once, its answers are checked for
// type, its errors are sorted into broken statements and a broken database. Used by one thread at
// a time.
#pragma once

#include <sqlite3.h>

#include <unordered_map>

#include "store/store.h"

namespace quittance::store {

// What an error says about the database behind the statement.
enum class Trouble {
    none,
    full,     // disk or memory is full, a file could not be opened or locked: goes on later
    failing,  // an I/O error or a damaged file: nothing more may be written
};

// Thrown inside the store only: it becomes 503 at the store's door.
class SqliteTrouble : public std::runtime_error {
public:
    SqliteTrouble(const std::string& what, Trouble trouble)
        : std::runtime_error(what), trouble(trouble) {}
    Trouble trouble;
};

class SqliteConnection {
public:
    enum class Use { write, read };

    // Creates the file when a writer finds none. Throws std::runtime_error, what() is SQLite's.
    SqliteConnection(const std::string& file, Use use);
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    // Runs one statement of the common text; `row` may be empty. Returns the rows it changed.
    std::int64_t run(
        std::string_view sql, Values values, const std::function<void(const Row&)>& row = {}
    );
    bool in_transaction() const { return sqlite3_get_autocommit(database_) == 0; }
    // The worst that happened since it was last asked, also when the function swallowed the error.
    Trouble take_trouble();

    // Pages in the write-ahead log after the last commit of this connection.
    int log_pages() const { return log_pages_; }
    // False when a reader stood in the way.
    bool checkpoint(int mode);
    // Closing must not touch the file any more.
    void leave_the_log() { keep_log_ = true; }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };

    class Lease;
    Statement prepare(std::string_view sql);
    void bind(sqlite3_stmt* statement, Values values);
    [[noreturn]] void fail();

    sqlite3* database_ = nullptr;
    // A statement is out of here while it runs: the same one inside its own callback is another.
    std::unordered_map<std::string, Statement, Hash, std::equal_to<>> idle_;
    Trouble trouble_ = Trouble::none;
    int log_pages_ = 0;
    bool keep_log_ = false;
};

}  // namespace quittance::store
