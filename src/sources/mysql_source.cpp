#include <arpa/inet.h>
#include <fmt/format.h>
#include <mysql.h>
#include <sys/socket.h>

#include <algorithm>

#include "base/digest.h"
#include "sources/database_settings.h"
#include "sources/mysql_schema.h"

namespace quittance::sources {
namespace {

using Kind = Trouble::Kind;
using Rows = std::vector<Database::Row>;

// Errors of the server (MariaDB's error code reference) and of the client library (2000 and up).
Kind kind_of(unsigned code) {
    switch (code) {
        case 1205:  // lock wait timeout
        case 1213:  // deadlock
        case 1040:  // too many connections
        case 1203:
        case 1969:  // max_statement_time
        case 3024:  // max_execution_time
            return Kind::busy;
        case 1053:  // server shutdown
        case 1927:  // connection was killed
        case 3169:
            return Kind::lost;
        default:
            return code >= 2000 && code < 3000 ? Kind::lost : Kind::refused;
    }
}

bool is_integer(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && text.size() <= 20 &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Values as literals that need no escaping in any character set or mode: text and bytes in
// hexadecimal, numbers in digits.
std::string literal_of(const Value& value) {
    switch (value.type) {
        case Value::Type::null:
            return "NULL";
        case Value::Type::integer:
            if (is_integer(value.text)) return value.text;
            throw Trouble(Kind::refused, "A key that should be a number is none.");
        case Value::Type::bytes:
            return "X'" + hex(value.text) + "'";
        case Value::Type::text:
        case Value::Type::number:
            break;
    }
    return "_utf8mb4 X'" + hex(value.text) + "'";
}

class MysqlDatabase : public Database {
public:
    MysqlDatabase(
        const ServerSettings& settings, const Surroundings& surroundings, const Limits& limits
    );

    void begin(Use use) override {
        if (use == Use::find) {
            run(Sql() << "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            run(Sql() << "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
        } else {
            run(Sql() << "SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
            run(Sql() << "START TRANSACTION READ WRITE");
        }
    }
    void commit() override;
    void roll_back() noexcept override {
        // Closing the connection does the same.
        if (connection_ != nullptr && mysql_rollback(connection_.get()) != 0) connection_.reset();
    }

    Rows rows(const Sql& sql) override { return run(sql); }
    std::int64_t change(const Sql& sql) override {
        run(sql);
        return static_cast<std::int64_t>(mysql_affected_rows(connection_.get()));
    }
    Schema schema() override { return read_mysql_schema(*this); }

    Sql key_text(const Column& column) const override {
        if (column.type == ColumnType::binary) return Sql() << "LOWER(HEX(" << column << "))";
        return plain_text(column);
    }
    Value key_value(const Column& column, const std::string& text) const override {
        if (column.type == ColumnType::integer) return {Value::Type::integer, text};
        if (column.type != ColumnType::binary) return {Value::Type::text, text};
        const auto bytes = from_hex(text);
        if (!bytes) throw Trouble(Kind::refused, "A key that should be bytes is none.");
        return {Value::Type::bytes, *bytes};
    }
    Sql plain_text(const Column& column) const override {
        return Sql() << "CONVERT(" << column << " USING utf8mb4)";
    }
    // Compared byte by byte: most collations find "muller" for "müller", and a number column
    // finds 0 for every word.
    Sql matches(const Column& column, const std::string& value, bool any_case) const override {
        const Value text{Value::Type::text, value};
        if (any_case) {
            return Sql() << "LOWER(CONVERT(" << column
                         << " USING utf8mb4)) COLLATE utf8mb4_bin = " << text;
        }
        const auto exact = Sql() << "CONVERT(" << column
                                 << " USING utf8mb4) COLLATE utf8mb4_bin = " << text;
        if (column.type != ColumnType::text) return exact;
        // The first half can use an index; its collation finds more, never less.
        return Sql() << "(" << column << " = " << text << " AND " << exact << ")";
    }
    Sql lock_rows() const override { return Sql() << " FOR UPDATE"; }
    bool defers() const override { return false; }
    void defer() override {}

private:
    struct Close {
        void operator()(MYSQL* connection) const { mysql_close(connection); }
    };
    using Connection = std::unique_ptr<MYSQL, Close>;

    void connect(const ServerSettings& settings, const Surroundings& surroundings);
    Connection prepared(const ServerSettings& settings, const Surroundings& surroundings) const;
    void set_up();
    Rows run(const Sql& sql);

    Connection connection_;
    Limits limits_;
};

void set(MYSQL* connection, mysql_option option, unsigned value) {
    mysql_optionsv(connection, option, static_cast<const void*>(&value));
}

MysqlDatabase::MysqlDatabase(
    const ServerSettings& settings, const Surroundings& surroundings, const Limits& limits
)
    : limits_(limits) {
    connect(settings, surroundings);
    set_up();
}

MysqlDatabase::Connection MysqlDatabase::prepared(
    const ServerSettings& settings, const Surroundings& surroundings
) const {
    Connection connection(mysql_init(nullptr));
    auto* raw = connection.get();
    const auto seconds = [](std::chrono::milliseconds time) {
        return static_cast<unsigned>(std::max<std::int64_t>(1, (time.count() + 999) / 1000));
    };
    set(raw, MYSQL_OPT_CONNECT_TIMEOUT, seconds(limits_.connect));
    // A server that says nothing at all is given up a little after a statement's own limit.
    set(raw, MYSQL_OPT_READ_TIMEOUT, seconds(limits_.statement + limits_.connect));
    set(raw, MYSQL_OPT_WRITE_TIMEOUT, seconds(limits_.statement));
    // A server must not be able to ask for our files.
    set(raw, MYSQL_OPT_LOCAL_INFILE, 0);
    const my_bool no = 0;
    const my_bool yes = 1;
    mysql_optionsv(raw, MYSQL_OPT_RECONNECT, static_cast<const void*>(&no));
    mysql_optionsv(raw, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    // None that sends the password as it is.
    mysql_optionsv(
        raw, MARIADB_OPT_RESTRICTED_AUTH,
        "mysql_native_password,caching_sha2_password,client_ed25519,parsec"
    );
    // To the library "localhost" is a socket of its own choosing, unless it is told otherwise.
    const bool socket = settings.host[0] == '/';
    set(raw, MYSQL_OPT_PROTOCOL, socket ? MYSQL_PROTOCOL_SOCKET : MYSQL_PROTOCOL_TCP);
    const auto tls = settings.tls.value_or(Tls::verify);
    const bool encrypted = !socket && tls != Tls::off;
    if (encrypted) mysql_optionsv(raw, MYSQL_OPT_SSL_ENFORCE, static_cast<const void*>(&yes));
    const bool verified = encrypted && tls == Tls::verify;
    if (verified) mysql_optionsv(raw, MYSQL_OPT_SSL_CA, surroundings.authorities.c_str());
    mysql_optionsv(
        raw, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, static_cast<const void*>(verified ? &yes : &no)
    );
    return connection;
}

// Whether the connection leads to one of the addresses that were checked.
bool leads_to(MYSQL* connection, const std::vector<std::string>& addresses) {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    const auto handle = mysql_get_socket(connection);
    auto* address = reinterpret_cast<sockaddr*>(&peer);
    if (getpeername(handle, address, &size) != 0) return false;
    const auto found = http::address_of(*address);
    return found && std::ranges::find(addresses, found->text()) != addresses.end();
}

void MysqlDatabase::connect(const ServerSettings& settings, const Surroundings& surroundings) {
    const auto addresses = addresses_of(settings, surroundings);
    const bool verified = settings.tls.value_or(Tls::verify) == Tls::verify;
    std::string words;
    const auto dial = [&](const char* host, const char* socket) {
        connection_ = prepared(settings, surroundings);
        const auto port = static_cast<unsigned>(settings.port.value_or(3306));
        const bool done = mysql_real_connect(
                              connection_.get(), host, settings.login.c_str(),
                              settings.password.value_or("").c_str(), settings.database.c_str(),
                              port, socket, CLIENT_FOUND_ROWS
                          ) != nullptr;
        if (!done) words = mysql_error(connection_.get());
        return done;
    };
    if (addresses.empty()) {
        if (dial("localhost", path_below(settings.host, surroundings).c_str())) return;
    } else if (verified && !http::Address::parse(settings.host)) {
        // The library holds the certificate against what it dials, so that has to be the name. If
        // that leads elsewhere by now, only the certificate's owner has seen the password.
        if (dial(settings.host.c_str(), nullptr)) {
            if (leads_to(connection_.get(), addresses)) return;
            words = "the name leads to another address than a moment ago";
        }
    } else {
        for (const auto& address : addresses) {
            if (dial(address.c_str(), nullptr)) return;
        }
    }
    throw Trouble(
        Kind::unreachable,
        "No connection to the database: " + words +
            ". Check host, port, login and password, and that the database lets this server in."
    );
}

void MysqlDatabase::set_up() {
    const auto statement = limits_.statement.count();
    run(Sql() << "SET SESSION sql_mode = 'STRICT_ALL_TABLES', time_zone = '+00:00', "
              << "autocommit = 1, foreign_key_checks = 1, sql_safe_updates = 0, "
              << "sql_select_limit = DEFAULT, innodb_lock_wait_timeout = "
              << std::clamp<std::int64_t>(statement / 1000, 1, 10));
    if (std::string_view(mysql_get_server_info(connection_.get())).find("MariaDB") !=
        std::string_view::npos) {
        run(Sql() << "SET SESSION max_statement_time = "
                  << std::max<std::int64_t>(1, statement / 1000));
    } else {
        run(Sql() << "SET SESSION max_execution_time = " << statement);
    }
}

Rows MysqlDatabase::run(const Sql& sql) {
    if (connection_ == nullptr) throw Trouble(Kind::lost, "The connection is closed.");
    std::string text;
    for (const auto& piece : sql.pieces()) {
        text += piece.text;
        if (piece.value_follows) text += literal_of(piece.value);
    }
    const auto fail = [&] {
        const auto code = mysql_errno(connection_.get());
        const auto kind = kind_of(code);
        // Messages about values (1062 duplicate, 1264 to 1366 and the like) repeat them.
        const bool about_values =
            code == 1062 || code == 1264 || code == 1265 || code == 1292 || code == 1366;
        throw Trouble(
            kind,
            kind == Kind::lost
                ? fmt::format("The connection to the database broke ({}).", code)
                : fmt::format(
                      "The database refuses: {} ({}).",
                      about_values ? "a value does not fit" : mysql_error(connection_.get()), code
                  )
        );
    };
    if (mysql_real_query(connection_.get(), text.data(), text.size()) != 0) fail();
    using Answer = std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)>;
    const Answer answer(mysql_store_result(connection_.get()), &mysql_free_result);
    Rows rows;
    if (answer == nullptr) {
        if (mysql_field_count(connection_.get()) != 0) fail();
        return rows;
    }
    const auto columns = mysql_num_fields(answer.get());
    while (const auto fields = mysql_fetch_row(answer.get())) {
        const auto* sizes = mysql_fetch_lengths(answer.get());
        auto& row = rows.emplace_back();
        for (unsigned i = 0; i < columns; ++i) {
            if (fields[i] == nullptr) {
                row.emplace_back();
            } else {
                row.emplace_back(std::string(fields[i], sizes[i]));
            }
        }
    }
    return rows;
}

void MysqlDatabase::commit() {
    try {
        run(Sql() << "COMMIT");
    } catch (const Trouble& trouble) {
        if (trouble.kind != Kind::lost) throw;
        throw Trouble(
            Kind::commit_unknown,
            "The connection broke during the commit: nobody knows yet whether it happened."
        );
    }
}

}  // namespace

std::unique_ptr<Database> open_mysql(
    const ServerSettings& settings, const Surroundings& surroundings, const Limits& limits
) {
    return std::make_unique<MysqlDatabase>(settings, surroundings, limits);
}

}  // namespace quittance::sources
