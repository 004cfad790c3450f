#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <chrono>
#include <map>

#include "sources/database_settings.h"

namespace quittance::sources {
namespace {

using Clock = std::chrono::steady_clock;
using Kind = Trouble::Kind;
using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

// A file that cannot be there; an empty name would mean one in the home folder.
constexpr auto nowhere = "/dev/null/nowhere";

std::string line_of(const char* message) {
    std::string line = message == nullptr ? "" : message;
    line.erase(std::min(line.find('\n'), line.size()));
    return line;
}

// By SQLSTATE (PostgreSQL's documentation, appendix A).
Kind kind_of(std::string_view state) {
    if (state == "40001" || state == "40P01" || state == "55P03" || state == "57014") {
        return Kind::busy;
    }
    if (state.starts_with("53")) return Kind::busy;
    if (state.starts_with("57P") || state.starts_with("08")) return Kind::lost;
    return Kind::refused;
}

class PostgresqlDatabase : public Database {
public:
    PostgresqlDatabase(
        const ServerSettings& settings, const Surroundings& surroundings, const Limits& limits
    );

    void begin(Use use) override {
        run(use == Use::find ? Sql() << "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                             : Sql() << "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
    }
    void commit() override;
    void roll_back() noexcept override;

    std::vector<Row> rows(const Sql& sql) override;
    std::int64_t change(const Sql& sql) override {
        return std::strtoll(PQcmdTuples(run(sql).get()), nullptr, 10);
    }
    Schema schema() override;

    // Every type's text is one that its input takes back; the type of a parameter follows from what
    // it is compared with.
    Sql key_text(const Column& column) const override { return Sql() << column << "::text"; }
    Value key_value(const Column&, const std::string& text) const override {
        return {Value::Type::text, text};
    }
    Sql plain_text(const Column& column) const override { return Sql() << column << "::text"; }
    Sql matches(const Column& column, const std::string& value, bool any_case) const override {
        const Value text{Value::Type::text, value};
        if (any_case) return Sql() << "lower(" << column << "::text) = " << text;
        return Sql() << column << "::text = " << text;
    }
    Sql lock_rows() const override { return Sql() << " FOR UPDATE"; }
    bool defers() const override { return true; }
    void defer() override { run(Sql() << "SET CONSTRAINTS ALL DEFERRED"); }

private:
    void connect(const ServerSettings& settings, const Surroundings& surroundings);
    bool try_connect(
        const ServerSettings& settings, const Surroundings& surroundings, const std::string& address
    );
    Answer run(const Sql& sql);
    Answer wait();
    [[noreturn]] void lose();
    void read_columns(std::map<std::string, Table>& tables);
    void read_constraints(std::map<std::string, Table>& tables);

    std::unique_ptr<PGconn, decltype(&PQfinish)> connection_{nullptr, &PQfinish};
    Limits limits_;
};

PostgresqlDatabase::PostgresqlDatabase(
    const ServerSettings& settings, const Surroundings& surroundings, const Limits& limits
)
    : limits_(limits) {
    connect(settings, surroundings);
    const auto statement = limits_.statement.count();
    run(Sql() << "SET statement_timeout = " << statement);
    run(Sql() << "SET lock_timeout = " << std::min<std::int64_t>(statement, 10'000));
    // If we vanish, our locks do, too.
    run(Sql() << "SET idle_in_transaction_session_timeout = " << 2 * statement);
    run(Sql() << "SET TimeZone = 'UTC'");
    run(Sql() << "SET DateStyle = 'ISO, YMD'");
    run(Sql() << "SET IntervalStyle = 'postgres'");
    run(Sql() << "SET bytea_output = 'hex'");
    run(Sql() << "SET extra_float_digits = 3");
    // Rows that a policy hides from us make an error, not a silent half answer.
    run(Sql() << "SET row_security = off");
    run(Sql() << "SET synchronous_commit = on");
}

void PostgresqlDatabase::connect(const ServerSettings& settings, const Surroundings& surroundings) {
    const auto addresses = addresses_of(settings, surroundings);
    if (addresses.empty()) {
        if (try_connect(settings, surroundings, "")) return;
    }
    for (const auto& address : addresses) {
        if (try_connect(settings, surroundings, address)) return;
    }
    throw Trouble(
        Kind::unreachable,
        "No connection to the database: " + line_of(PQerrorMessage(connection_.get())) +
            ". Check host, port, login and password, and that the database lets this server in."
    );
}

bool PostgresqlDatabase::try_connect(
    const ServerSettings& settings, const Surroundings& surroundings, const std::string& address
) {
    const auto port = std::to_string(settings.port.value_or(5432));
    const auto seconds = std::to_string(std::max<std::int64_t>(2, limits_.connect.count() / 1000));
    const auto silent = std::to_string(limits_.statement.count());
    const bool socket = address.empty();
    const auto host = socket ? path_below(settings.host, surroundings) : settings.host;
    const auto tls = settings.tls.value_or(Tls::verify);
    const char* mode = socket || tls == Tls::off ? "disable"
                       : tls == Tls::encrypt     ? "require"
                                                 : "verify-full";
    // What is not named here could come from the environment or from files in a home folder.
    std::map<std::string, std::string> with{
        {"host", host},
        {"port", port},
        {"dbname", settings.database},
        {"user", settings.login},
        {"password", settings.password.value_or("")},
        {"passfile", nowhere},
        {"sslmode", mode},
        {"sslcert", nowhere},
        {"sslkey", nowhere},
        {"sslcrl", ""},
        {"sslcrldir", ""},
        {"options", "-c client_min_messages=warning"},
        {"gssencmode", "disable"},
        {"channel_binding", "prefer"},
        {"connect_timeout", seconds},
        {"tcp_user_timeout", silent},
        {"keepalives_idle", "10"},
        {"client_encoding", "UTF8"},
        {"application_name", "quittance"},
        {"target_session_attrs", "any"}};
    with["sslrootcert"] = tls == Tls::verify ? surroundings.authorities : nowhere;
    // Connects to the address that was checked; the name stays for the certificate.
    if (!socket) with["hostaddr"] = address;
    std::vector<const char*> names;
    std::vector<const char*> values;
    for (const auto& [name, value] : with) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    // 0: a database name is a name, never a connection string.
    connection_.reset(PQconnectdbParams(names.data(), values.data(), 0));
    return PQstatus(connection_.get()) == CONNECTION_OK;
}

void PostgresqlDatabase::lose() {
    const auto words = line_of(PQerrorMessage(connection_.get()));
    throw Trouble(Kind::lost, "The connection to the database broke: " + words + ".");
}

// The server ends a statement at its limit; a server that says nothing at all is given up later.
Answer PostgresqlDatabase::wait() {
    const auto end = Clock::now() + limits_.statement + limits_.connect;
    Answer last(nullptr, &PQclear);
    for (;;) {
        while (PQisBusy(connection_.get()) != 0) {
            const auto left =
                std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
            pollfd waiting{PQsocket(connection_.get()), POLLIN, 0};
            if (left.count() <= 0 || poll(&waiting, 1, static_cast<int>(left.count())) == 0) {
                connection_.reset();
                throw Trouble(Kind::lost, "The database does not answer any more.");
            }
            if (PQconsumeInput(connection_.get()) == 0) lose();
        }
        Answer next(PQgetResult(connection_.get()), &PQclear);
        if (next == nullptr) break;
        // The first that is wrong is the one to tell.
        if (last == nullptr || PQresultStatus(last.get()) != PGRES_FATAL_ERROR) {
            last = std::move(next);
        }
    }
    if (last == nullptr) lose();
    return last;
}

Answer PostgresqlDatabase::run(const Sql& sql) {
    if (connection_ == nullptr) throw Trouble(Kind::lost, "The connection is closed.");
    std::string text;
    std::vector<const char*> values;
    for (const auto& piece : sql.pieces()) {
        text += piece.text;
        if (!piece.value_follows) continue;
        const bool null = piece.value.type == Value::Type::null;
        values.push_back(null ? nullptr : piece.value.text.c_str());
        text += fmt::format("${}", values.size());
    }
    if (PQsendQueryParams(
            connection_.get(), text.c_str(), static_cast<int>(values.size()), nullptr,
            values.data(), nullptr, nullptr, 0
        ) == 0) {
        lose();
    }
    auto answer = wait();
    const auto code = PQresultStatus(answer.get());
    if (code == PGRES_COMMAND_OK || code == PGRES_TUPLES_OK) return answer;
    const char* state = PQresultErrorField(answer.get(), PG_DIAG_SQLSTATE);
    const std::string told = state == nullptr ? "" : state;
    const auto kind = told.empty() ? Kind::lost : kind_of(told);
    // Messages of class 22 repeat the value they do not like.
    const auto words = told.starts_with("22")
                           ? "a value does not fit its column"
                           : line_of(PQresultErrorField(answer.get(), PG_DIAG_MESSAGE_PRIMARY));
    throw Trouble(kind, fmt::format("The database refuses: {} ({}).", words, told));
}

void PostgresqlDatabase::commit() {
    try {
        const auto answer = run(Sql() << "COMMIT");
        // COMMIT of a transaction that has failed before answers so, without an error.
        if (std::string_view(PQcmdStatus(answer.get())) == "COMMIT") return;
    } catch (const Trouble& trouble) {
        if (trouble.kind != Kind::lost) throw;
        throw Trouble(
            Kind::commit_unknown,
            "The connection broke during the commit: nobody knows yet whether it happened."
        );
    }
    throw Trouble(Kind::refused, "The database rolled the transaction back.");
}

void PostgresqlDatabase::roll_back() noexcept {
    if (connection_ == nullptr || PQtransactionStatus(connection_.get()) == PQTRANS_IDLE) return;
    try {
        run(Sql() << "ROLLBACK");
    } catch (const std::exception&) {
        // Closing the connection does the same.
        connection_.reset();
    }
}

std::vector<Database::Row> PostgresqlDatabase::rows(const Sql& sql) {
    const auto answer = run(sql);
    std::vector<Row> rows;
    for (int at = 0; at < PQntuples(answer.get()); ++at) {
        auto& row = rows.emplace_back();
        for (int i = 0; i < PQnfields(answer.get()); ++i) {
            if (PQgetisnull(answer.get(), at, i) != 0) {
                row.emplace_back();
            } else {
                row.emplace_back(PQgetvalue(answer.get(), at, i));
            }
        }
    }
    return rows;
}

ColumnType type_of(std::string_view category, std::string_view declared) {
    if (declared == "uuid") return ColumnType::uuid;
    if (declared == "bytea") return ColumnType::binary;
    if (declared == "smallint" || declared == "integer" || declared == "bigint") {
        return ColumnType::integer;
    }
    if (category == "S") return ColumnType::text;
    if (category == "N") return ColumnType::number;
    if (category == "B") return ColumnType::boolean;
    if (category == "D") return ColumnType::moment;
    return ColumnType::other;
}

void PostgresqlDatabase::read_columns(std::map<std::string, Table>& tables) {
    const auto found = rows(
        Sql() << "SELECT a.attrelid, a.attname, quote_ident(a.attname), "
              << "format_type(a.atttypid, a.atttypmod), t.typcategory, a.attnotnull, "
              << "a.attgenerated <> '' OR a.attidentity = 'a', "
              << "CASE WHEN a.atttypid IN (1042, 1043) AND a.atttypmod > 4 THEN a.atttypmod - 4 "
              << "WHEN a.atttypid = 21 THEN 16 WHEN a.atttypid = 23 THEN 32 "
              << "WHEN a.atttypid = 20 THEN 64 END "
              << "FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid "
              << "WHERE a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum"
    );
    for (const auto& row : found) {
        const auto table = tables.find(*row[0]);
        if (table == tables.end()) continue;
        Column column{.name = *row[1], .quoted = *row[2], .declared = *row[3]};
        column.type = type_of(*row[4], column.declared);
        column.nullable = *row[5] == "f";
        column.generated = *row[6] == "t";
        if (row[7]) column.size = std::stoll(*row[7]);
        table->second.columns.push_back(std::move(column));
    }
}

OnDelete on_delete_of(std::string_view letter) {
    if (letter == "c") return OnDelete::cascade;
    if (letter == "n") return OnDelete::set_null;
    if (letter == "d") return OnDelete::set_default;
    return OnDelete::refuse;
}

void PostgresqlDatabase::read_constraints(std::map<std::string, Table>& tables) {
    // One row per column; those that a partition inherits are its parent's.
    const auto found = rows(
        Sql()
        << "SELECT c.conrelid, c.oid, c.contype, c.confrelid, c.confdeltype, "
        << "c.condeferrable, a.attname, f.attname "
        << "FROM pg_constraint c "
        << "CROSS JOIN LATERAL unnest(c.conkey, c.confkey) WITH ORDINALITY k(here, there, at) "
        << "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.here "
        << "LEFT JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = k.there "
        << "WHERE c.contype IN ('p', 'f') AND c.conparentid = 0 ORDER BY c.oid, k.at"
    );
    std::string last;
    for (const auto& row : found) {
        const auto table = tables.find(*row[0]);
        if (table == tables.end()) continue;
        if (*row[2] == "p") {
            table->second.key.push_back(*row[6]);
            continue;
        }
        auto& keys = table->second.foreign_keys;
        if (*row[1] != last) {
            last = *row[1];
            const auto parent = tables.find(*row[3]);
            keys.push_back(
                {.columns = {},
                 .table = parent == tables.end() ? "" : parent->second.name,
                 .references = {},
                 .on_delete = on_delete_of(*row[4]),
                 .deferrable = *row[5] == "t"}
            );
        }
        keys.back().columns.push_back(*row[6]);
        keys.back().references.push_back(row[7].value_or(""));
    }
}

Schema PostgresqlDatabase::schema() {
    const auto found = rows(
        Sql() << "SELECT c.oid, CASE WHEN n.nspname = current_schema() THEN c.relname "
              << "ELSE n.nspname || '.' || c.relname END, "
              << "quote_ident(n.nspname) || '.' || quote_ident(c.relname), "
              << "c.relkind NOT IN ('r', 'p'), "
              << "EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid "
              << "AND NOT t.tgisinternal) OR c.relhasrules "
              << "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
              << "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition "
              << "AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' "
              << "ORDER BY 2"
    );
    std::map<std::string, Table> tables;
    for (const auto& row : found) {
        Table table{.name = *row[1], .quoted = *row[2]};
        table.view = *row[3] == "t";
        table.triggers = !table.view && *row[4] == "t";
        tables.emplace(*row[0], std::move(table));
    }
    read_columns(tables);
    read_constraints(tables);
    Schema schema;
    for (const auto& row : found) schema.tables.push_back(std::move(tables.at(*row[0])));
    return schema;
}

}  // namespace

std::unique_ptr<Database> open_postgresql(
    const ServerSettings& settings, const Surroundings& surroundings, const Limits& limits
) {
    return std::make_unique<PostgresqlDatabase>(settings, surroundings, limits);
}

}  // namespace quittance::sources
