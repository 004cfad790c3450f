#include "sources/database_settings.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>

#include "base/digest.h"

namespace quittance::sources {
namespace {

namespace fs = std::filesystem;

Trouble::Kind trouble_of(const std::function<void()>& f) {
    try {
        f();
    } catch (const Trouble& trouble) {
        return trouble.kind;
    }
    return Trouble::Kind::commit_unknown;  // none of these
}

class Files : public testing::Test {
protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() / ("files_" + hex(random_bytes(6)));
        for (const auto* name : {"listed", "listed/sub", "listed-not", "data"}) {
            fs::create_directories(folder_ / name);
        }
        for (const auto* name :
             {"listed/a.db", "listed/sub/b.db", "listed-not/c.db", "data/d.db"}) {
            sqlite3* database = nullptr;
            sqlite3_open((folder_ / name).c_str(), &database);
            sqlite3_exec(
                database, "CREATE TABLE t (id INTEGER PRIMARY KEY)", nullptr, nullptr, nullptr
            );
            sqlite3_close(database);
        }
        around_.folders = {folder_ / "listed", folder_ / "data"};
        around_.data_folder = folder_ / "data";
    }
    void TearDown() override { fs::remove_all(folder_); }

    Trouble::Kind trouble(const fs::path& path) {
        return trouble_of([&] { open_sqlite({path.string()}, around_, {}); });
    }

    fs::path folder_;
    Surroundings around_;
};

TEST_F(Files, are_opened_below_the_listed_folders_only) {
    EXPECT_EQ(open_sqlite({folder_ / "listed/a.db"}, around_, {})->schema().tables.size(), 1u);
    EXPECT_NO_THROW(open_sqlite({folder_ / "listed/sub/b.db"}, around_, {}));
    for (const auto* path :
         {"listed-not/c.db", "listed/../listed-not/c.db", "data/d.db", "listed/none.db", "listed",
          "listed/sub"}) {
        EXPECT_EQ(trouble(folder_ / path), Trouble::Kind::setting) << path;
    }
    EXPECT_EQ(trouble("file:a.db?mode=rw"), Trouble::Kind::setting);
    EXPECT_EQ(trouble(":memory:"), Trouble::Kind::setting);
    EXPECT_EQ(trouble(""), Trouble::Kind::setting);
    EXPECT_FALSE(fs::exists(folder_ / "listed/none.db"));
}

TEST_F(Files, are_not_reached_through_links_that_lead_out) {
    fs::create_symlink(folder_ / "listed-not/c.db", folder_ / "listed/link.db");
    fs::create_directory_symlink(folder_ / "listed-not", folder_ / "listed/way");
    fs::create_directory_symlink(folder_ / "data", folder_ / "listed/ours");
    for (const auto* path : {"listed/link.db", "listed/way/c.db", "listed/ours/d.db"}) {
        EXPECT_EQ(trouble(folder_ / path), Trouble::Kind::setting) << path;
    }
}

TEST_F(Files, that_are_no_databases_are_refused) {
    std::ofstream(folder_ / "listed/text.db") << std::string(4096, 'x');
    EXPECT_EQ(trouble(folder_ / "listed/text.db"), Trouble::Kind::refused);
}

ServerSettings server(const std::string& host) {
    return {
        .host = host, .port = {}, .database = "shop", .login = "reader", .password = {}, .tls = {}};
}

TEST(Servers, are_not_dialled_at_private_addresses) {
    Surroundings around;
    around.resolver = [](const std::string&) {
        return std::vector<http::Address>{*http::Address::parse("10.1.2.3")};
    };
    for (const auto* host : {"127.0.0.1", "::1", "169.254.169.254", "db.test"}) {
        EXPECT_EQ(
            trouble_of([&] { open_postgresql(server(host), around, {}); }), Trouble::Kind::setting
        ) << host;
        EXPECT_EQ(trouble_of([&] { open_mysql(server(host), around, {}); }), Trouble::Kind::setting)
            << host;
    }
    around.networks = {*http::Network::parse("10.0.0.0/8")};
    EXPECT_EQ(addresses_of(server("db.test"), around), std::vector<std::string>{"10.1.2.3"});
}

TEST(Servers, are_named_by_one_host_and_by_plain_fields) {
    Surroundings around;
    around.networks = {*http::Network::parse("0.0.0.0/0")};
    for (const auto* host :
         {"", "a,127.0.0.1", "a b", "db.test/x", "root@db.test", "/run/postgresql"}) {
        EXPECT_EQ(
            trouble_of([&] { open_postgresql(server(host), around, {}); }), Trouble::Kind::setting
        ) << host;
    }
    auto settings = server("db.test");
    settings.port = 70'000;
    EXPECT_EQ(trouble_of([&] { addresses_of(settings, around); }), Trouble::Kind::setting);
    settings.port = 5432;
    settings.login = std::string("a\0b", 3);
    EXPECT_EQ(trouble_of([&] { addresses_of(settings, around); }), Trouble::Kind::setting);
}

TEST(Servers, outside_are_not_reached_without_tls) {
    Surroundings around;
    auto settings = server("9.9.9.9");
    settings.tls = Tls::off;
    EXPECT_EQ(trouble_of([&] { addresses_of(settings, around); }), Trouble::Kind::setting);
    settings.tls = Tls::verify;
    EXPECT_EQ(addresses_of(settings, around), std::vector<std::string>{"9.9.9.9"});
}

TEST(Servers, that_do_not_answer_are_unreachable_and_told_in_words) {
    Surroundings around;
    around.networks = {*http::Network::parse("127.0.0.1")};
    auto settings = server("127.0.0.1");
    settings.port = 1;  // nobody listens there
    settings.tls = Tls::off;
    EXPECT_EQ(
        trouble_of([&] { open_postgresql(settings, around, {}); }), Trouble::Kind::unreachable
    );
    EXPECT_EQ(trouble_of([&] { open_mysql(settings, around, {}); }), Trouble::Kind::unreachable);
}

TEST(Servers, called_localhost_are_not_a_socket_of_the_librarys_choice) {
    Surroundings around;
    around.networks = {*http::Network::parse("127.0.0.1"), *http::Network::parse("::1")};
    auto settings = server("localhost");
    settings.port = 1;
    try {
        open_mysql(settings, around, {});
        FAIL();
    } catch (const Trouble& trouble) {
        EXPECT_EQ(trouble.kind, Trouble::Kind::unreachable);
        EXPECT_EQ(std::string(trouble.what()).find(".sock"), std::string::npos) << trouble.what();
    }
}

}  // namespace
}  // namespace quittance::sources
