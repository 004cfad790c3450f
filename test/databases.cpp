#include "test/databases.h"

#include <libpq-fe.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "base/id.h"
#include "base/log.h"
#include "store/migrate.h"

namespace quittance::test {

namespace {

const char* server() { return std::getenv("QUITTANCE_TEST_POSTGRES"); }

std::string fresh_name() {
    auto name = "quittance_" + Uuid::make().text();
    std::ranges::replace(name, '-', '_');
    return name;
}

// The server's URL with another database: "postgresql:///NAME?host=…".
std::string url_of(const std::string& database) {
    const std::string url = server();
    const auto query = url.find('?');
    const auto path = url.find('/', std::string_view("postgresql://").size());
    const auto authority = url.substr(0, std::min({path, query, url.size()}));
    return authority + "/" + database + (query == url.npos ? "" : url.substr(query));
}

void administer(const std::string& sql) {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(server()), PQfinish);
    const std::unique_ptr<PGresult, decltype(&PQclear)> answer(
        PQexec(connection.get(), sql.c_str()), PQclear
    );
    if (PQresultStatus(answer.get()) == PGRES_COMMAND_OK) return;
    throw std::runtime_error(sql + ": " + PQerrorMessage(connection.get()));
}

// Migrated once per test program; every test gets a copy of it.
class Template {
public:
    Template() : name(fresh_name()) {
        administer("CREATE DATABASE " + name + " ENCODING 'UTF8' TEMPLATE template0");
        store::migrate(*store::open({.url = url_of(name), .connections_max = 1}));
    }
    ~Template() { administer("DROP DATABASE " + name + " WITH (FORCE)"); }
    std::string name;
};

std::string make_folder() {
    const bool memory = ::access("/dev/shm", W_OK) == 0;
    std::string folder = memory ? "/dev/shm" : std::filesystem::temp_directory_path().string();
    folder += "/quittance-test-XXXXXX";
    if (!::mkdtemp(folder.data())) throw std::runtime_error("no temporary folder");
    return folder;
}

}  // namespace

std::string name_of(const testing::TestParamInfo<store::Dialect>& info) {
    return info.param == store::Dialect::sqlite ? "sqlite" : "postgresql";
}

void Databases::SetUp() {
    log::quiet();
    if (on_sqlite()) {
        folder_ = make_folder();
        url_ = "sqlite:" + folder_ + "/quittance.db";
        open();
        store::migrate(store());
        return;
    }
    if (!server()) {
        GTEST_SKIP() << "QUITTANCE_TEST_POSTGRES is not set: run this under bin/with-postgres";
    }
    static const Template original;
    database_ = fresh_name();
    administer("CREATE DATABASE " + database_ + " TEMPLATE " + original.name);
    url_ = url_of(database_);
    open();
}

void Databases::open(store::Options options) {
    options.url = url_;
    store_ = store::open(options);
}

void Databases::TearDown() {
    store_.reset();
    if (!database_.empty()) administer("DROP DATABASE " + database_ + " WITH (FORCE)");
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
}

Databases::~Databases() = default;

}  // namespace quittance::test
