// An open SQL database that is a source: what differs between the products and nothing else. Every
// call ends within the limits it was opened with. Used by one thread at a time.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "sources/schema.h"
#include "sources/sql.h"
#include "sources/subject.h"

namespace quittance::sources {

// Thrown by every call below. what() is what went wrong in words and what to do; it never holds
// values of rows.
class Trouble : public std::runtime_error {
public:
    enum class Kind {
        setting,         // wrong settings: refused before anything was dialled
        unreachable,     // no connection came about
        lost,            // it went away: whatever was not committed is gone
        busy,            // locked, deadlocked, too slow: nothing happened, may go later
        refused,         // the database says no, and will say no again
        commit_unknown,  // the commit may or may not have happened
    };
    Trouble(Kind kind, const std::string& words) : std::runtime_error(words), kind(kind) {}
    Kind kind;
};

class Database {
public:
    enum class Use {
        find,   // reads one moment, cannot write
        erase,  // sees what is committed, holds what it locks
    };
    using Row = std::vector<std::optional<std::string>>;

    virtual ~Database() = default;

    virtual void begin(Use use) = 0;
    // Throws Trouble `commit_unknown` when nobody can know.
    virtual void commit() = 0;
    virtual void roll_back() noexcept = 0;

    virtual std::vector<Row> rows(const Sql& sql) = 0;
    // Rows that the condition met, whether or not their values differed before.
    virtual std::int64_t change(const Sql& sql) = 0;
    virtual Schema schema() = 0;

    // A key column as text that key_value() turns back into the same value.
    virtual Sql key_text(const Column& column) const = 0;
    virtual Value key_value(const Column& column, const std::string& text) const = 0;
    // The column as the text that people know.
    virtual Sql plain_text(const Column& column) const = 0;
    // Whether the column holds the value: byte for byte, or whatever the case of its letters
    // (then `value` is in lower case). Neither the column's collation nor a conversion of types
    // may widen it.
    virtual Sql matches(const Column& column, const std::string& value, bool any_case) const = 0;

    // " FOR UPDATE" where rows are locked one by one.
    virtual Sql lock_rows() const = 0;
    // Whether a deferrable foreign key can wait for the end of the transaction.
    virtual bool defers() const = 0;
    virtual void defer() = 0;
};

// Connects; throws Trouble.
using OpenDatabase = std::function<std::unique_ptr<Database>()>;

}  // namespace quittance::sources
