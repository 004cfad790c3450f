// The store: SQLite or PostgreSQL behind one interface. A write is a function handed to the store;
// it sees a Tx and may run more than once, so it has no effects outside the Tx.
//
//   store.write([&](Tx& tx) { requests::approve(tx, act, id); });
//   const auto page = store.read([&](Reader& r) { return requests::list(r, account, filter); });
//
// SQL is one text for both databases: `?` placeholders (`?::bigint` where PostgreSQL needs a cast),
// the dialect rules of store/dialect.h do the rest. Never catch an SQL error inside a Tx: use
// ON CONFLICT. Nothing slow (argon2, outside calls) inside a Tx.
//
// Bad news: Refusal thrown by the function rolls back and comes out unchanged. SqlFault is a broken
// statement or constraint. Refusal 503 `unavailable` means try later: the disk is full or the
// database is down, and nothing was written; 503 `commit_unknown` that the connection broke during
// COMMIT (then look for the id; the store never runs it again).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/refusal.h"

namespace quittance::store {

class SqlFault : public std::runtime_error {
public:
    SqlFault(const std::string& what, std::string state)
        : std::runtime_error(what), state(std::move(state)) {}
    std::string state;  // SQLSTATE; for SQLite the nearest one ("23505" unique, "23514" check …)
};

struct Blob {
    std::string_view bytes;
};

// One bound value. Views must live until the call returns.
class Value {
public:
    using Held = std::variant<std::monostate, std::int64_t, std::string_view, Blob>;

    Value(std::nullptr_t) {}
    Value(std::nullopt_t) {}
    template <std::integral I>
    Value(I number) : held_(static_cast<std::int64_t>(number)) {}
    Value(std::string_view text) : held_(text) {}
    Value(const std::string& text) : held_(std::string_view(text)) {}
    Value(const char* text) : held_(std::string_view(text)) {}
    Value(Blob blob) : held_(blob) {}
    Value(Instant at) : held_(at.ms) {}
    Value(Day day) : held_(day_number(day)) {}
    Value(const Uuid& uuid) : held_(Blob{uuid.blob()}) {}
    template <class Tag>
    Value(const Id<Tag>& id) : held_(Blob{id.blob()}) {}
    template <class T>
    Value(const std::optional<T>& maybe) {
        if (maybe) held_ = Value(*maybe).held_;
    }

    const Held& held() const { return held_; }

private:
    Held held_;
};
using Values = std::initializer_list<Value>;

// One row of an answer; views are good until the callback returns. Columns count from 0. Asking for
// the wrong type, or for a value where there is NULL, is a fault (std::logic_error).
class Row {
public:
    virtual ~Row() = default;
    virtual bool null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
    virtual std::string_view blob(int column) const = 0;

    bool boolean(int column) const { return integer(column) != 0; }
    Instant instant(int column) const { return {integer(column)}; }
    Day day(int column) const { return day_from_number(integer(column)); }
    std::string string(int column) const { return std::string(text(column)); }
    std::string bytes(int column) const { return std::string(blob(column)); }
    template <class I>
    I id(int column) const;
    // The same, nullopt for NULL: maybe<&Row::instant>(3).
    template <auto Get>
    auto maybe(int column) const {
        using T = std::invoke_result_t<decltype(Get), const Row&, int>;
        return null(column) ? std::optional<T>{} : std::optional<T>{(this->*Get)(column)};
    }
    template <class I>
    std::optional<I> maybe_id(int column) const {
        return null(column) ? std::optional<I>{} : std::optional<I>{id<I>(column)};
    }
};

// Reads. On SQLite everything inside one read() sees one moment; on PostgreSQL each statement does.
class Reader {
public:
    virtual ~Reader() = default;

    // Calls f(const Row&) for every row, in order.
    template <class F>
    void each(std::string_view sql, Values values, F&& f) {
        query(sql, values, [&](const Row& row) { f(row); });
    }
    // What f makes of the first row; nullopt when there is none.
    template <class F>
    auto one(std::string_view sql, Values values, F&& f) {
        std::optional<std::invoke_result_t<F, const Row&>> found;
        query(sql, values, [&](const Row& row) {
            if (!found) found.emplace(f(row));
        });
        return found;
    }
    template <class F>
    auto all(std::string_view sql, Values values, F&& f) {
        std::vector<std::invoke_result_t<F, const Row&>> found;
        query(sql, values, [&](const Row& row) { found.push_back(f(row)); });
        return found;
    }
    bool any(std::string_view sql, Values values) {
        bool found = false;
        query(sql, values, [&](const Row&) { found = true; });
        return found;
    }

    // The database's clock plus the test offset. The same within one Tx.
    virtual Instant now() = 0;

protected:
    virtual void query(
        std::string_view sql, Values values, const std::function<void(const Row&)>& row
    ) = 0;
};

class Tx : public Reader {
public:
    // Runs a statement whose outcome nobody reads here. On PostgreSQL it travels with the next
    // statement that is read, or with COMMIT, so an error may surface there.
    virtual void run(std::string_view sql, Values values) = 0;
    // Runs it and says how many rows it changed: the compare-and-set.
    virtual std::int64_t change(std::string_view sql, Values values) = 0;

    // Called on the caller's thread, in order, once the COMMIT is known to have succeeded.
    void after_commit(std::function<void()> f) { after_commit_.push_back(std::move(f)); }

protected:
    std::vector<std::function<void()>> after_commit_;
    friend class Store;
};

enum class Dialect { sqlite, postgresql };

struct Options {
    // "sqlite:FILE" or "postgresql://…".
    std::string url{};
    int connections_max = 16;
    // Added to the database's clock: tests only.
    std::chrono::milliseconds clock_offset{0};
};

class Store {
public:
    virtual ~Store() = default;

    // Which lane a write takes. On SQLite both are the one group-committing writer thread. On
    // PostgreSQL `pool` is a connection of the pool, `grouped` one of the group-commit writers:
    // for intake and outcomes, whose functions read nothing between their statements.
    enum class Lane { pool, grouped };

    template <class F>
    auto write(F&& f, Lane lane = Lane::pool) {
        using T = std::invoke_result_t<F, Tx&>;
        if constexpr (std::is_void_v<T>) {
            run_write([&](Tx& tx) { f(tx); }, lane);
        } else {
            std::optional<T> out;
            run_write([&](Tx& tx) { out.emplace(f(tx)); }, lane);
            return std::move(*out);
        }
    }
    template <class F>
    auto read(F&& f) {
        using T = std::invoke_result_t<F, Reader&>;
        if constexpr (std::is_void_v<T>) {
            run_read([&](Reader& reader) { f(reader); });
        } else {
            std::optional<T> out;
            run_read([&](Reader& reader) { out.emplace(f(reader)); });
            return std::move(*out);
        }
    }

    virtual Dialect dialect() const = 0;
    // This process's wall clock plus the test offset: for dates and texts made before a Tx. What a
    // row says about time comes from Tx::now().
    virtual Instant clock() const = 0;
    // Moves the clock of every later Tx and read: tests and the demo only.
    virtual void set_clock_offset(std::chrono::milliseconds offset) = 0;
    // False once an I/O error on fsync has stopped all writing (GUARANTEES.md 1, last fault list).
    virtual bool writable() const = 0;
    // SQLite: moves the write-ahead log into the file and empties it, so that erased bytes are
    // gone. PostgreSQL: nothing.
    virtual void checkpoint() = 0;

protected:
    virtual void run_write(const std::function<void(Tx&)>& f, Lane lane) = 0;
    virtual void run_read(const std::function<void(Reader&)>& f) = 0;
    static std::vector<std::function<void()>> take_after_commit(Tx& tx) {
        return std::move(tx.after_commit_);
    }
    static void drop_after_commit(Tx& tx) { tx.after_commit_.clear(); }
};

// Opens the database without touching its schema. Throws std::runtime_error with one sentence for
// the operator when it cannot.
std::unique_ptr<Store> open(const Options& options);

template <class I>
I Row::id(int column) const {
    const auto uuid = Uuid::from_blob(blob(column));
    if (!uuid) throw std::logic_error("a column that should hold an id does not have 16 bytes");
    if constexpr (std::is_same_v<I, Uuid>) {
        return *uuid;
    } else {
        return I{*uuid};
    }
}

}  // namespace quittance::store
