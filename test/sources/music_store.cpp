#include "test/sources/music_store.h"

#include <fmt/format.h>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "base/digest.h"
#include "base/id.h"
#include "test/sources/music_store_schema.h"

namespace quittance::sources {
namespace {

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
        text.replace(at, what.size(), by);
    }
    return text;
}

const char* server_of(Product product) {
    return std::getenv(
        product == Product::mysql ? "QUITTANCE_TEST_MARIADB" : "QUITTANCE_TEST_POSTGRES"
    );
}

// "postgresql://quittance@/postgres?host=FOLDER"
std::string socket_folder() {
    const std::string url = server_of(Product::postgresql);
    return url.substr(url.find("host=") + 5);
}

std::string postgresql_url(const std::string& database) {
    return "host=" + socket_folder() + " user=quittance dbname=" + database;
}

// Many rows in few statements.
class Rows {
public:
    Rows(Behind& behind, std::string table) : behind_(behind), table_(std::move(table)) {}
    ~Rows() { flush(); }
    template <class... T>
    void add(const char* format, const T&... values) {
        sql_ +=
            (sql_.empty() ? "" : ", ") + ("(" + fmt::format(fmt::runtime(format), values...) + ")");
        if (++count_ % 400 == 0) flush();
    }

private:
    void flush() {
        if (!sql_.empty()) behind_.run("INSERT INTO " + table_ + " VALUES " + sql_);
        sql_.clear();
    }

    Behind& behind_;
    std::string table_;
    std::string sql_;
    int count_ = 0;
};

}  // namespace

std::string email_of(int number) {
    if (number == 21) return "Joerg.M\xC3\xBCller@example.org";
    if (number == 22) return "Joerg.Muller@example.org";
    return fmt::format("Customer{}@Example.org", number);
}

std::string name_of_product(const testing::TestParamInfo<Product>& info) {
    if (info.param == Product::sqlite) return "sqlite";
    return info.param == Product::mysql ? "mariadb" : "postgresql";
}

const std::vector<std::string>& shop_tables() {
    static const std::vector<std::string> tables{
        "country", "artist",       "album",    "track",          "employee", "customer",
        "address", "subscription", "playlist", "playlist_entry", "invoice",  "invoice_line",
        "payment", "login_event",  "review",   "support_ticket", "page_view"};
    return tables;
}

std::string MusicStore::whole_map() {
    const auto via = [](const char* column, const char* table, const char* references) {
        return fmt::format(
            R"("via":{{"column":"{}","table":"{}","references":"{}"}})", column, table, references
        );
    };
    const auto person = via("customer_id", "customer", "id");
    return R"({"tables":[
      {"table":"customer","find":{"email":"email","customer_number":"number"},"do":"delete"},
      {"table":"address",)" +
           person + R"(,"do":"delete"},
      {"table":"subscription",)" +
           person + R"(,"do":"delete"},
      {"table":"playlist",)" +
           person + R"(,"do":"delete"},
      {"table":"playlist_entry",)" +
           via("playlist_id", "playlist", "id") + R"(,"do":"delete"},
      {"table":"login_event",)" +
           person + R"(,"do":"delete"},
      {"table":"support_ticket","find":{"email":"email"},)" +
           person + R"(,"do":"delete"},
      {"table":"review",)" +
           person + R"(,"do":"anonymise","anonymise":[
        {"column":"nick","with":"random"},{"column":"words","with":"null"},
        {"column":"customer_id","with":"null"}]},
      {"table":"invoice",)" +
           person + R"(,"do":"anonymise","anonymise":[
        {"column":"billing_name","with":"text","text":"anonymous"},
        {"column":"billing_city","with":"null"},{"column":"customer_id","with":"null"}]},
      {"table":"invoice_line",)" +
           via("invoice_id", "invoice", "id") +
           R"(,"do":"keep","ground":"tax law","until":"2036-12-31"},
      {"table":"payment",)" +
           via("invoice_id", "invoice", "id") + R"(,"do":"keep","ground":"tax law"}]})";
}

void MusicStore::SetUp() {
    const auto product = GetParam();
    if (product != Product::sqlite && server_of(product) == nullptr) {
        GTEST_SKIP() << "needs bin/with-" << (product == Product::mysql ? "mariadb" : "postgres");
    }
    make_database();
    fill();
}

void MusicStore::make_database() {
    name_ = "shop_" + hex(random_bytes(6));
    folder_ = std::filesystem::temp_directory_path() / name_;
    std::filesystem::create_directories(folder_);
    surroundings_.folders = {folder_};
    if (GetParam() == Product::postgresql) {
        surroundings_.folders.push_back(socket_folder());
        behind_postgresql(postgresql_url("postgres"))->run("CREATE DATABASE " + name_);
    } else if (GetParam() == Product::mysql) {
        const std::string socket = server_of(Product::mysql);
        surroundings_.folders.push_back(std::filesystem::path(socket).parent_path());
        behind_mysql(socket, "")->run("CREATE DATABASE " + name_ + " CHARACTER SET utf8mb4");
    }
    behind_ = another();
    const bool sqlite = GetParam() == Product::sqlite;
    const char* binary = sqlite                              ? "BLOB"
                         : GetParam() == Product::postgresql ? "BYTEA"
                                                             : "BINARY(16)";
    const char* circle = ", FOREIGN KEY (main_address) REFERENCES address (id)";
    for (const auto* sql : shop_schema) {
        run(replaced(replaced(sql, "{binary}", binary), "{circle}", sqlite ? circle : ""));
    }
    if (!sqlite) run(std::string("ALTER TABLE customer ADD") + (circle + 1));
    if (sqlite) {
        run("CREATE TRIGGER touched AFTER UPDATE OF email ON customer BEGIN UPDATE customer "
            "SET updates = updates + 1 WHERE id = NEW.id; END");
    } else if (GetParam() == Product::mysql) {
        run("CREATE TRIGGER touched BEFORE UPDATE ON customer FOR EACH ROW "
            "SET NEW.updates = OLD.updates + 1");
    } else {
        run("CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN NEW.updates := OLD.updates + 1; RETURN NEW; END'");
        run("CREATE TRIGGER touched BEFORE UPDATE ON customer FOR EACH ROW "
            "EXECUTE FUNCTION touch()");
    }
}

void MusicStore::TearDown() {
    if (folder_.empty()) return;
    behind_.reset();
    std::filesystem::remove_all(folder_);
    if (GetParam() == Product::postgresql) {
        behind_postgresql(postgresql_url("postgres"))->run("DROP DATABASE " + name_ + " (FORCE)");
    } else if (GetParam() == Product::mysql) {
        behind_mysql(server_of(Product::mysql), "")->run("DROP DATABASE " + name_);
    }
}

std::unique_ptr<Behind> MusicStore::another() {
    if (GetParam() == Product::postgresql) {
        return behind_postgresql(postgresql_url(name_));
    }
    if (GetParam() == Product::mysql) {
        return behind_mysql(server_of(Product::mysql), name_);
    }
    return behind_sqlite(folder_ + "/shop.db");
}

// Of 16 bytes with zeros among them.
std::string MusicStore::binary(int id) const {
    const auto digits = fmt::format("{:032x}", 0xABCDEF00 + id);
    return GetParam() == Product::postgresql ? "'\\x" + digits + "'" : "X'" + digits + "'";
}

void MusicStore::fill() {
    run("BEGIN");
    run("INSERT INTO country VALUES ('DE', 'Germany'), ('JP', 'Japan')");
    run("INSERT INTO employee VALUES (1, 'boss@example.org', NULL), (2, 'clerk@example.org', 1)");
    for (int i = 1; i <= 20; ++i) {
        run(fmt::format("INSERT INTO artist VALUES ({}, 'Artist {}')", i, i));
        run(fmt::format("INSERT INTO album VALUES ({}, {}, 'Album {}')", i, i, i));
        Rows tracks(*behind_, "track");
        for (int n = 1; n <= 8; ++n) tracks.add("{}, {}, 'Track {}'", i, n, n);
    }
    {
        Rows rows(*behind_, "customer");
        for (int i = 1; i <= customers; ++i) {
            rows.add("{}, 'N{:04}', '{}', NULL, 0", i, i, email_of(i));
        }
    }
    {
        Rows address(*behind_, "address");
        Rows subscription(*behind_, "subscription");
        Rows playlist(*behind_, "playlist");
        Rows invoice(*behind_, "invoice");
        Rows login(*behind_, "login_event");
        Rows review(*behind_, "review");
        Rows ticket(*behind_, "support_ticket");
        Rows view(*behind_, "page_view");
        for (int i = 1; i <= customers; ++i) {
            for (int n = 0; n < 2; ++n) {
                address.add("{}, {}, 'Street {}', 'DE'", i * 2 + n, i, i);
                subscription.add("{}, 'kind {}', '2025-01-01'", i, n);
                playlist.add("{}, {}, 'List {}'", binary(i * 2 + n), i, n);
                ticket.add(
                    "{}, '{}', {}, 'Help'", i * 2 + n, email_of(i),
                    n == 0 ? "NULL" : std::to_string(i)
                );
            }
            for (int n = 0; n < 3; ++n) {
                invoice.add("{}, {}, 'Name {}', 'Town', 300", i * 3 + n, i, i);
                login.add("{}, {}, '192.0.2.{}'", i * 3 + n, i, i % 250);
                review.add("{}, {}, {}, 'nick {}', 'Fine'", i * 3 + n, i, n + 1, i * 3 + n);
            }
            view.add("'{}', '/shop'", email_of(i));
        }
    }
    run("UPDATE customer SET main_address = id * 2");
    fill_the_third_level();
    run("COMMIT");
}

void MusicStore::fill_the_third_level() {
    Rows entry(*behind_, "playlist_entry");
    Rows line(*behind_, "invoice_line");
    Rows payment(*behind_, "payment");
    for (int i = 1; i <= customers; ++i) {
        for (int n = 0; n < 5; ++n) {
            entry.add("{}, {}, {}, {}", binary(i * 2 + n % 2), n, n + 1, n + 1);
        }
        for (int n = 0; n < 3; ++n) {
            for (int k = 1; k <= 3; ++k) line.add("{}, {}, {}, 100", i * 3 + n, k, k);
            payment.add("{}, {}, 300", i * 3 + n, i * 3 + n);
        }
    }
}

std::set<std::string> MusicStore::dump(const std::string& table, const std::string& where) {
    // Bytes as digits: lines() would end at the first zero byte. PostgreSQL writes digits anyway.
    std::string columns = "*";
    if (GetParam() != Product::postgresql) {
        if (table == "playlist") columns = "HEX(id), customer_id, name";
        if (table == "playlist_entry") {
            columns = "HEX(playlist_id), position, album_id, track_number";
        }
    }
    const auto found = lines(fmt::format("SELECT {} FROM {} WHERE {}", columns, table, where));
    return {found.begin(), found.end()};
}

std::map<std::string, std::set<std::string>> MusicStore::dump() {
    std::map<std::string, std::set<std::string>> all;
    for (const auto& table : shop_tables()) all[table] = dump(table);
    return all;
}

std::unique_ptr<Database> MusicStore::open(Limits limits) {
    ServerSettings server{
        .host = "", .port = {}, .database = name_, .login = "quittance", .password = {}, .tls = {}};
    if (GetParam() == Product::sqlite) {
        return open_sqlite({folder_ + "/shop.db"}, surroundings_, limits);
    }
    if (GetParam() == Product::postgresql) {
        server.host = socket_folder();
        return open_postgresql(server, surroundings_, limits);
    }
    server.host = server_of(Product::mysql);
    return open_mysql(server, surroundings_, limits);
}

SqlSource MusicStore::source(const std::string& map, Limits limits) {
    return SqlSource(
        {.open = [this, limits] { return open(limits); },
         .map = read_map(parse_json(map)),
         .pseudonym = [](std::string_view text) { return hex(hmac_sha256("a key", text)); },
         .limits = limits}
    );
}

Subject MusicStore::customer(int number) {
    return *Subject::of({*Identifier::make("email", email_of(number))});
}

Frozen MusicStore::frozen(Finding finding) {
    if (const auto* failed = std::get_if<Failed>(&finding)) throw std::runtime_error(failed->words);
    return std::get<Frozen>(std::move(finding));
}

Order MusicStore::order_for(int number, Finding finding) {
    return {customer(number), frozen(std::move(finding)), "ticket of " + std::to_string(number)};
}

}  // namespace quittance::sources
