#include "test/sources/behind.h"

#include <libpq-fe.h>
#include <mysql.h>
#include <sqlite3.h>

#include <stdexcept>

namespace quittance::sources {
namespace {

void append(std::string& line, const char* text) {
    line += text == nullptr ? "NULL|" : std::string(text) + "|";
}

class BehindSqlite : public Behind {
public:
    explicit BehindSqlite(const std::string& file) {
        sqlite3_open(file.c_str(), &database_);
        sqlite3_busy_timeout(database_, 10'000);
        run("PRAGMA foreign_keys = ON");
        run("PRAGMA synchronous = OFF");
    }
    ~BehindSqlite() override { sqlite3_close(database_); }
    void run(const std::string& sql) override { lines(sql); }
    std::vector<std::string> lines(const std::string& sql) override {
        std::vector<std::string> found;
        char* error = nullptr;
        const auto each = [](void* out, int count, char** values, char**) {
            auto& line = static_cast<std::vector<std::string>*>(out)->emplace_back();
            for (int i = 0; i < count; ++i) append(line, values[i]);
            return 0;
        };
        if (sqlite3_exec(database_, sql.c_str(), each, &found, &error) != SQLITE_OK) {
            const std::string words = error;
            sqlite3_free(error);
            throw std::runtime_error(words + " in " + sql.substr(0, 200));
        }
        return found;
    }

private:
    sqlite3* database_ = nullptr;
};

class BehindPostgresql : public Behind {
public:
    explicit BehindPostgresql(const std::string& url) : connection_(PQconnectdb(url.c_str())) {}
    ~BehindPostgresql() override { PQfinish(connection_); }
    void run(const std::string& sql) override { lines(sql); }
    std::vector<std::string> lines(const std::string& sql) override {
        auto* answer = PQexec(connection_, sql.c_str());
        const auto code = PQresultStatus(answer);
        std::vector<std::string> found;
        for (int at = 0; at < PQntuples(answer); ++at) {
            auto& line = found.emplace_back();
            for (int i = 0; i < PQnfields(answer); ++i) {
                const bool null = PQgetisnull(answer, at, i) != 0;
                append(line, null ? nullptr : PQgetvalue(answer, at, i));
            }
        }
        PQclear(answer);
        if (code != PGRES_COMMAND_OK && code != PGRES_TUPLES_OK) {
            throw std::runtime_error(PQerrorMessage(connection_) + sql.substr(0, 200));
        }
        return found;
    }

private:
    PGconn* connection_;
};

class BehindMysql : public Behind {
public:
    BehindMysql(const std::string& socket, const std::string& database)
        : connection_(mysql_init(nullptr)) {
        mysql_optionsv(connection_, MYSQL_SET_CHARSET_NAME, "utf8mb4");
        if (mysql_real_connect(
                connection_, "localhost", "quittance", "",
                database.empty() ? nullptr : database.c_str(), 0, socket.c_str(), 0
            ) == nullptr) {
            throw std::runtime_error(mysql_error(connection_));
        }
    }
    ~BehindMysql() override { mysql_close(connection_); }
    void run(const std::string& sql) override { lines(sql); }
    std::vector<std::string> lines(const std::string& sql) override {
        if (mysql_real_query(connection_, sql.data(), sql.size()) != 0) {
            throw std::runtime_error(mysql_error(connection_) + (" in " + sql.substr(0, 200)));
        }
        std::vector<std::string> found;
        auto* answer = mysql_store_result(connection_);
        if (answer == nullptr) return found;
        while (auto* row = mysql_fetch_row(answer)) {
            auto& line = found.emplace_back();
            for (unsigned i = 0; i < mysql_num_fields(answer); ++i) append(line, row[i]);
        }
        mysql_free_result(answer);
        return found;
    }

private:
    MYSQL* connection_;
};

}  // namespace

std::unique_ptr<Behind> behind_sqlite(const std::string& file) {
    return std::make_unique<BehindSqlite>(file);
}

std::unique_ptr<Behind> behind_postgresql(const std::string& url) {
    return std::make_unique<BehindPostgresql>(url);
}

std::unique_ptr<Behind> behind_mysql(const std::string& socket, const std::string& database) {
    return std::make_unique<BehindMysql>(socket, database);
}

}  // namespace quittance::sources
