#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <map>

#include "base/digest.h"
#include "sources/database_settings.h"

namespace quittance::sources {
namespace {

using Clock = std::chrono::steady_clock;

std::string quoted(const std::string& name) {
    std::string out = "\"";
    for (const char c : name) out.append(c == '"' ? 2 : 1, c);
    return out + '"';
}

// The rules of SQLite's column affinity, and the names people give to dates.
ColumnType type_of(const std::string& declared) {
    const auto has = [&](const char* word) {
        return std::search(
                   declared.begin(), declared.end(), word,
                   word + std::char_traits<char>::length(word),
                   [](char a, char b) { return std::toupper(static_cast<unsigned char>(a)) == b; }
               ) != declared.end();
    };
    if (has("INT")) return ColumnType::integer;
    if (has("CHAR") || has("CLOB") || has("TEXT")) return ColumnType::text;
    if (declared.empty() || has("BLOB")) return ColumnType::binary;
    if (has("DATE") || has("TIME")) return ColumnType::moment;
    if (has("BOOL")) return ColumnType::boolean;
    return ColumnType::number;
}

OnDelete on_delete_of(const std::string& words) {
    if (words == "CASCADE") return OnDelete::cascade;
    if (words == "SET NULL") return OnDelete::set_null;
    if (words == "SET DEFAULT") return OnDelete::set_default;
    return OnDelete::refuse;
}

class SqliteDatabase : public Database {
public:
    SqliteDatabase(const std::string& file, const Limits& limits) : limits_(limits) {
        // No SQLITE_OPEN_URI: a name is a name. No following of links: the path is a real one.
        constexpr int how = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
        sqlite3* opened = nullptr;
        const int code = sqlite3_open_v2(file.c_str(), &opened, how, nullptr);
        database_.reset(opened);
        if (code != SQLITE_OK) {
            throw Trouble(
                Trouble::Kind::unreachable,
                "The file cannot be opened for writing. Check its owner and mode."
            );
        }
        confine();
    }

    void begin(Use use) override {
        run(use == Use::find ? Sql() << "BEGIN" : Sql() << "BEGIN IMMEDIATE");
    }
    void commit() override {
        try {
            run(Sql() << "COMMIT");
        } catch (const Trouble& trouble) {
            // Busy: the transaction goes on and can be rolled back. An I/O error: nobody knows.
            const int code = sqlite3_errcode(database_.get()) & 0xFF;
            if (code != SQLITE_IOERR && code != SQLITE_FULL) throw;
            throw Trouble(Trouble::Kind::commit_unknown, trouble.what());
        }
    }
    void roll_back() noexcept override {
        if (sqlite3_get_autocommit(database_.get()) == 0) {
            sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
        }
    }

    std::vector<Row> rows(const Sql& sql) override { return run(sql); }
    std::int64_t change(const Sql& sql) override {
        run(sql);
        return sqlite3_changes64(database_.get());
    }
    Schema schema() override;

    // quote() says what is text, number or bytes: SQLite's columns may hold any of them.
    Sql key_text(const Column& column) const override { return Sql() << "quote(" << column << ")"; }
    Value key_value(const Column&, const std::string& text) const override;
    Sql plain_text(const Column& column) const override {
        return Sql() << "CAST(" << column << " AS TEXT)";
    }
    Sql matches(const Column& column, const std::string& value, bool any_case) const override {
        const Value text{Value::Type::text, value};
        if (any_case) return Sql() << "lower(CAST(" << column << " AS TEXT)) = " << text;
        if (column.type == ColumnType::text) {
            return Sql() << column << " COLLATE BINARY = " << text;
        }
        return Sql() << "CAST(" << column << " AS TEXT) = " << text;
    }
    Sql lock_rows() const override { return {}; }
    bool defers() const override { return true; }
    void defer() override { run(Sql() << "PRAGMA defer_foreign_keys = ON"); }

private:
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close(database); }
    };
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

    void confine();
    Statement prepare(const Sql& sql);
    std::vector<Row> run(const Sql& sql);
    void read_columns(Table& table);
    void read_foreign_keys(Table& table);
    [[noreturn]] void fail();

    std::unique_ptr<sqlite3, Close> database_;
    Limits limits_;
    Clock::time_point statement_ends_;
};

// A file is somebody else's program: its schema may call nothing but harmless functions, attach
// nothing and load nothing.
void SqliteDatabase::confine() {
    auto* database = database_.get();
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(database, SQLITE_LIMIT_TRIGGER_DEPTH, 20);
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, 64 * 1024 * 1024);
    sqlite3_busy_timeout(database, static_cast<int>(limits_.connect.count()));
    sqlite3_progress_handler(
        database, 10'000,
        [](void* self) -> int {
            return Clock::now() > static_cast<SqliteDatabase*>(self)->statement_ends_ ? 1 : 0;
        },
        this
    );
    run(Sql() << "PRAGMA foreign_keys = ON");
    // Deleted rows are overwritten, not only forgotten.
    run(Sql() << "PRAGMA secure_delete = ON");
    run(Sql() << "PRAGMA synchronous = FULL");
}

void SqliteDatabase::fail() {
    using Kind = Trouble::Kind;
    const int code = sqlite3_errcode(database_.get()) & 0xFF;
    const std::string words = sqlite3_errmsg(database_.get());
    switch (code) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            throw Trouble(Kind::busy, "Another program holds the database.");
        case SQLITE_INTERRUPT:
            throw Trouble(
                Kind::busy,
                "A statement took longer than it may. Look for missing indexes on the columns of "
                "the map."
            );
        case SQLITE_IOERR:
        case SQLITE_FULL:
        case SQLITE_NOMEM:
            throw Trouble(Kind::lost, "The database file cannot be used now: " + words + ".");
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            throw Trouble(Kind::refused, "This is no SQLite database, or a damaged one.");
        case SQLITE_READONLY:
            throw Trouble(
                Kind::refused, "The file cannot be written. Check its owner, mode and folder."
            );
        default:
            throw Trouble(Kind::refused, "The database refuses: " + words + ".");
    }
}

SqliteDatabase::Statement SqliteDatabase::prepare(const Sql& sql) {
    const auto text = sql.shown();
    sqlite3_stmt* prepared = nullptr;
    statement_ends_ = Clock::now() + limits_.statement;
    if (sqlite3_prepare_v2(
            database_.get(), text.data(), static_cast<int>(text.size()), &prepared, nullptr
        ) != SQLITE_OK) {
        fail();
    }
    Statement statement(prepared);
    int at = 0;
    for (const auto& piece : sql.pieces()) {
        if (!piece.value_follows) continue;
        ++at;
        const auto& value = piece.value;
        const auto size = static_cast<int>(value.text.size());
        int code = SQLITE_OK;
        if (value.type == Value::Type::text) {
            code = sqlite3_bind_text(prepared, at, value.text.data(), size, SQLITE_TRANSIENT);
        } else if (value.type == Value::Type::bytes) {
            code = sqlite3_bind_blob(prepared, at, value.text.data(), size, SQLITE_TRANSIENT);
        } else if (value.type == Value::Type::integer) {
            code = sqlite3_bind_int64(prepared, at, std::stoll(value.text));
        } else if (value.type == Value::Type::number) {
            code = sqlite3_bind_double(prepared, at, std::stod(value.text));
        }
        if (code != SQLITE_OK) fail();
    }
    return statement;
}

std::vector<Database::Row> SqliteDatabase::run(const Sql& sql) {
    const auto statement = prepare(sql);
    std::vector<Row> rows;
    for (;;) {
        const int code = sqlite3_step(statement.get());
        if (code == SQLITE_DONE) return rows;
        if (code != SQLITE_ROW) fail();
        auto& row = rows.emplace_back();
        for (int i = 0; i < sqlite3_column_count(statement.get()); ++i) {
            const auto* text = sqlite3_column_text(statement.get(), i);
            if (sqlite3_column_type(statement.get(), i) == SQLITE_NULL) {
                row.emplace_back();
                continue;
            }
            row.emplace_back(std::string(
                reinterpret_cast<const char*>(text),
                static_cast<std::size_t>(sqlite3_column_bytes(statement.get(), i))
            ));
        }
    }
}

Value SqliteDatabase::key_value(const Column&, const std::string& text) const {
    if (text.starts_with('\'')) {
        std::string plain;
        for (std::size_t i = 1; i + 1 < text.size(); ++i) {
            plain += text[i];
            if (text[i] == '\'') ++i;
        }
        return {Value::Type::text, plain};
    }
    if (text.starts_with("X'")) {
        auto digits = text.substr(2, text.size() - 3);
        for (auto& c : digits) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        return {Value::Type::bytes, from_hex(digits).value_or("")};
    }
    const bool whole = text.find_first_not_of("-0123456789") == std::string::npos;
    return {whole ? Value::Type::integer : Value::Type::number, text};
}

// The table's name travels as a value. hidden: 1 is a virtual table's, 2 and 3 are generated.
void SqliteDatabase::read_columns(Table& table) {
    const auto rows =
        run(Sql() << "SELECT c.name, c.type, c.\"notnull\", c.pk, c.hidden FROM pragma_table_xinfo("
                  << Value{Value::Type::text, table.name}
                  << ") c WHERE c.hidden <> 1 ORDER BY c.cid");
    std::map<int, std::string> key;
    for (const auto& row : rows) {
        Column column{.name = *row[0], .quoted = quoted(*row[0]), .declared = *row[1]};
        column.type = type_of(column.declared);
        column.nullable = *row[2] == "0" && *row[3] == "0";
        column.generated = *row[4] != "0";
        if (*row[3] != "0") key[std::stoi(*row[3])] = column.name;
        table.columns.push_back(std::move(column));
    }
    for (auto& [at, name] : key) table.key.push_back(name);
}

void SqliteDatabase::read_foreign_keys(Table& table) {
    const auto rows =
        run(Sql() << "SELECT f.id, f.\"table\", f.\"from\", f.\"to\", f.on_delete "
                  << "FROM pragma_foreign_key_list(" << Value{Value::Type::text, table.name}
                  << ") f ORDER BY f.id, f.seq");
    std::string last;
    for (const auto& row : rows) {
        if (table.foreign_keys.empty() || *row[0] != last) {
            last = *row[0];
            table.foreign_keys.push_back(
                {.columns = {},
                 .table = *row[1],
                 .references = {},
                 .on_delete = on_delete_of(*row[4]),
                 .deferrable = true}  // all of SQLite's are, for the length of a transaction
            );
        }
        table.foreign_keys.back().columns.push_back(*row[2]);
        if (row[3]) table.foreign_keys.back().references.push_back(*row[3]);
    }
}

Schema SqliteDatabase::schema() {
    const auto rows =
        run(Sql() << "SELECT l.name, l.type, EXISTS (SELECT 1 FROM sqlite_schema t "
                  << "WHERE t.type = 'trigger' AND t.tbl_name = l.name) FROM pragma_table_list l "
                  << "WHERE l.schema = 'main' AND substr(l.name, 1, 7) <> 'sqlite_' "
                  << "AND l.type <> 'shadow' ORDER BY l.name");
    Schema schema;
    for (const auto& row : rows) {
        Table table{.name = *row[0], .quoted = quoted(*row[0])};
        table.view = *row[1] != "table";
        table.triggers = *row[2] != "0";
        read_columns(table);
        read_foreign_keys(table);
        schema.tables.push_back(std::move(table));
    }
    for (auto& table : schema.tables) {
        for (auto& key : table.foreign_keys) {
            // The name as SQLite compares it: without regard to ASCII case.
            for (const auto& other : schema.tables) {
                if (sqlite3_stricmp(other.name.c_str(), key.table.c_str()) == 0) {
                    key.table = other.name;
                    if (key.references.empty()) key.references = other.key;
                }
            }
            for (auto& name : key.columns) {
                for (const auto& column : table.columns) {
                    if (sqlite3_stricmp(column.name.c_str(), name.c_str()) == 0) name = column.name;
                }
            }
        }
    }
    return schema;
}

}  // namespace

std::unique_ptr<Database> open_sqlite(
    const SqliteSettings& settings, const Surroundings& surroundings, const Limits& limits
) {
    const auto path = path_below(settings.file, surroundings);
    struct stat entry {};
    if (stat(path.c_str(), &entry) != 0 || !S_ISREG(entry.st_mode)) {
        throw Trouble(Trouble::Kind::setting, "That is no file.");
    }
    return std::make_unique<SqliteDatabase>(path, limits);
}

}  // namespace quittance::sources
