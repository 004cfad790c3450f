#include "store/sqlite_connection.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "store/dialect.h"

namespace quittance::store {

namespace {

class SqliteRow final : public Row {
public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}

    bool null(int column) const override { return type(column) == SQLITE_NULL; }
    std::int64_t integer(int column) const override {
        require(column, SQLITE_INTEGER, "an integer");
        return sqlite3_column_int64(statement_, column);
    }
    std::string_view text(int column) const override {
        require(column, SQLITE_TEXT, "a text");
        return view(sqlite3_column_text(statement_, column), column);
    }
    std::string_view blob(int column) const override {
        require(column, SQLITE_BLOB, "a blob");
        return view(sqlite3_column_blob(statement_, column), column);
    }

private:
    int type(int column) const {
        if (column < 0 || column >= sqlite3_column_count(statement_)) {
            throw std::logic_error("column " + std::to_string(column) + " was not selected");
        }
        return sqlite3_column_type(statement_, column);
    }
    void require(int column, int wanted, const char* name) const {
        if (type(column) == wanted) return;
        throw std::logic_error("column " + std::to_string(column) + " is not " + name);
    }
    std::string_view view(const void* bytes, int column) const {
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
        return {static_cast<const char*>(bytes), size};
    }

    sqlite3_stmt* statement_;
};

// The nearest SQLSTATE of PostgreSQL.
const char* state_of(int extended) {
    switch (extended) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            return "23505";
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            return "23503";
        case SQLITE_CONSTRAINT_NOTNULL:
            return "23502";
        case SQLITE_CONSTRAINT_CHECK:
            return "23514";
        case SQLITE_CONSTRAINT_DATATYPE:
        case SQLITE_MISMATCH:
            return "42804";
        case SQLITE_TOOBIG:
            return "54000";
        default:
            return (extended & 0xff) == SQLITE_ERROR ? "42601" : "XX000";
    }
}

// A full disk reaches us under several names; only fsync's is not to be trusted, for what it lost
// is lost.
bool disk_is_full(int extended, int system_error) {
    if (extended == SQLITE_IOERR_FSYNC || extended == SQLITE_IOERR_DIR_FSYNC) return false;
    return extended == SQLITE_IOERR_NOMEM || system_error == ENOSPC || system_error == EDQUOT;
}

Trouble trouble_of(int extended, int system_error) {
    switch (extended & 0xff) {
        case SQLITE_FULL:
        case SQLITE_NOMEM:
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_PROTOCOL:
            return Trouble::full;
        case SQLITE_IOERR:
            return disk_is_full(extended, system_error) ? Trouble::full : Trouble::failing;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return Trouble::failing;
        default:
            return Trouble::none;
    }
}

// SQLite would create it readable for everybody; the log beside it inherits the mode.
void create_private(const std::string& file) {
    const int descriptor = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor >= 0) ::close(descriptor);
}

constexpr int busy_ms = 5'000;

constexpr auto set_up =
    "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
    "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA wal_autocheckpoint = 0;"
    "PRAGMA cache_size = -16000;";

}  // namespace

// Takes the statement out of the idle ones and puts it back when the answer has been read.
class SqliteConnection::Lease {
public:
    Lease(SqliteConnection& connection, std::string_view sql) : connection_(connection) {
        const auto found = connection_.idle_.find(sql);
        if (found == connection_.idle_.end()) {
            sql_ = sql;
            statement_ = connection_.prepare(sql);
        } else {
            auto node = connection_.idle_.extract(found);
            sql_ = std::move(node.key());
            statement_ = std::move(node.mapped());
        }
    }
    ~Lease() {
        sqlite3_reset(statement_.get());
        sqlite3_clear_bindings(statement_.get());
        connection_.idle_.try_emplace(std::move(sql_), std::move(statement_));
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    sqlite3_stmt* get() const { return statement_.get(); }

private:
    SqliteConnection& connection_;
    std::string sql_;
    Statement statement_;
};

SqliteConnection::SqliteConnection(const std::string& file, Use use) {
    if (use == Use::write) create_private(file);
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    auto code = sqlite3_open_v2(file.c_str(), &database_, flags, nullptr);
    if (code == SQLITE_OK) {
        sqlite3_extended_result_codes(database_, 1);
        sqlite3_busy_timeout(database_, busy_ms);
        if (use == Use::write) {
            code = sqlite3_exec(database_, "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
        }
    }
    if (code == SQLITE_OK) code = sqlite3_exec(database_, set_up, nullptr, nullptr, nullptr);
    if (code == SQLITE_OK && use == Use::read) {
        sqlite3_db_config(database_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        code = sqlite3_exec(database_, "PRAGMA query_only = ON", nullptr, nullptr, nullptr);
    }
    if (code != SQLITE_OK) {
        const std::string why = database_ ? sqlite3_errmsg(database_) : sqlite3_errstr(code);
        sqlite3_close(database_);
        throw std::runtime_error(why);
    }
    const auto count_pages = [](void* self, sqlite3*, const char*, int pages) {
        static_cast<SqliteConnection*>(self)->log_pages_ = pages;
        return SQLITE_OK;
    };
    sqlite3_wal_hook(database_, count_pages, this);
}

SqliteConnection::~SqliteConnection() {
    idle_.clear();
    if (keep_log_) {
        sqlite3_db_config(database_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    }
    sqlite3_close(database_);
}

void SqliteConnection::fail() {
    const int code = sqlite3_extended_errcode(database_);
    const auto trouble = trouble_of(code, sqlite3_system_errno(database_));
    trouble_ = std::max(trouble_, trouble);
    const std::string what = sqlite3_errmsg(database_);
    if (trouble != Trouble::none) {
        throw SqliteTrouble(what + " (" + std::to_string(code) + ")", trouble);
    }
    throw SqlFault(what, state_of(code));
}

Trouble SqliteConnection::take_trouble() { return std::exchange(trouble_, Trouble::none); }

SqliteConnection::Statement SqliteConnection::prepare(std::string_view sql) {
    const auto own = query_for(Dialect::sqlite, sql);
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    const int code = sqlite3_prepare_v3(
        database_, own.c_str(), static_cast<int>(own.size() + 1), SQLITE_PREPARE_PERSISTENT,
        &statement, &rest
    );
    Statement owned(statement);
    if (code != SQLITE_OK) fail();
    const bool more = std::string_view(rest).find_first_not_of(" \n\t\r;") != std::string::npos;
    if (!statement || more) throw SqlFault("one statement at a time", "42601");
    return owned;
}

void SqliteConnection::bind(sqlite3_stmt* statement, Values values) {
    if (sqlite3_bind_parameter_count(statement) != static_cast<int>(values.size())) {
        throw SqlFault("the statement has another number of placeholders", "08P01");
    }
    int at = 0;
    for (const auto& value : values) {
        ++at;
        const auto& held = value.held();
        int code = SQLITE_OK;
        // A view of nothing may point nowhere, and that would be NULL for SQLite.
        const auto bytes_of = [](std::string_view bytes) {
            return bytes.empty() ? "" : bytes.data();
        };
        if (const auto* number = std::get_if<std::int64_t>(&held)) {
            code = sqlite3_bind_int64(statement, at, *number);
        } else if (const auto* text = std::get_if<std::string_view>(&held)) {
            if (text->find('\0') != text->npos) throw SqlFault("a text with a zero byte", "22021");
            code = sqlite3_bind_text64(
                statement, at, bytes_of(*text), text->size(), SQLITE_STATIC, SQLITE_UTF8
            );
        } else if (const auto* blob = std::get_if<Blob>(&held)) {
            code = sqlite3_bind_blob64(
                statement, at, bytes_of(blob->bytes), blob->bytes.size(), SQLITE_STATIC
            );
        }
        if (code != SQLITE_OK) fail();
    }
}

std::int64_t SqliteConnection::run(
    std::string_view sql, Values values, const std::function<void(const Row&)>& row
) {
    Lease lease(*this, sql);
    bind(lease.get(), values);
    const SqliteRow answer(lease.get());
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(lease.get())) == SQLITE_ROW) {
        if (row) row(answer);
    }
    if (code != SQLITE_DONE) fail();
    return sqlite3_changes64(database_);
}

bool SqliteConnection::checkpoint(int mode) {
    int pages = 0;
    const int code = sqlite3_wal_checkpoint_v2(database_, nullptr, mode, &pages, nullptr);
    if (code == SQLITE_BUSY) return false;
    if (code != SQLITE_OK) fail();
    log_pages_ = mode == SQLITE_CHECKPOINT_PASSIVE ? log_pages_ : 0;
    return true;
}

}  // namespace quittance::store
