#include "configuration.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace quittance {
namespace {

class ConfigurationFile : public testing::Test {
protected:
    ~ConfigurationFile() override { unlink(file_.c_str()); }

    std::string with(std::string_view text) {
        std::ofstream(file_) << text;
        return file_;
    }

private:
    std::string file_ = testing::TempDir() + "quittance-" + std::to_string(getpid()) + ".yaml";
};

template <class F>
std::string words_of(F&& f) {
    try {
        f();
    } catch (const BadConfiguration& bad) {
        return bad.what();
    }
    return "no refusal";
}

bool tells(const std::string& words, std::string_view part) {
    return words.find(part) != std::string::npos;
}

TEST_F(ConfigurationFile, an_unknown_key_is_refused_with_its_line) {
    const auto file = with("data: var\nlisten: 127.0.0.1:1\nlissten: x\n");
    const auto words = words_of([&] { configuration(file, {}); });
    EXPECT_TRUE(tells(words, "line 3")) << words;
    EXPECT_TRUE(tells(words, "\"lissten\"")) << words;
    EXPECT_TRUE(tells(words, "public_url")) << "it names the keys that exist: " << words;
}

TEST_F(ConfigurationFile, a_file_that_is_no_yaml_is_refused_with_its_line) {
    const auto file = with("data: var\n  listen: [\n");
    EXPECT_TRUE(tells(words_of([&] { configuration(file, {}); }), "line "));
}

TEST_F(ConfigurationFile, a_missing_file_is_refused_by_name) {
    EXPECT_TRUE(tells(words_of([] { configuration("/nowhere/q.yaml", {}); }), "/nowhere/q.yaml"));
}

TEST_F(ConfigurationFile, a_number_out_of_range_is_refused_with_the_range) {
    const auto words = words_of([&] { configuration(with("workers: 0"), {}); });
    EXPECT_TRUE(tells(words, "workers must be a whole number from 1 to 1024")) << words;
    EXPECT_TRUE(tells(words_of([&] { configuration(with("workers: 8x"), {}); }), "workers"));
}

TEST_F(ConfigurationFile, a_variable_that_names_no_key_is_refused) {
    const auto words = words_of([] { configuration({}, {{"QUITTANCE_LISTN", "x"}}); });
    EXPECT_TRUE(tells(words, "QUITTANCE_LISTN")) << words;
}

TEST_F(ConfigurationFile, the_environment_wins_over_the_file) {
    const auto c = configuration(
        with("listen: 127.0.0.1:1\ntrusted_proxies: [10.0.0.1]\n"),
        {{"QUITTANCE_LISTEN", "127.0.0.1:2"}, {"HOME", "/"}, {"QUITTANCE_TEST_POSTGRES", "x"}}
    );
    EXPECT_EQ(c.listen, "127.0.0.1:2");
    EXPECT_EQ(c.trusted_proxies, std::vector<std::string>{"10.0.0.1"});
}

TEST_F(ConfigurationFile, a_list_in_the_environment_is_written_with_commas) {
    const auto c = configuration({}, {{"QUITTANCE_MAIL_NETWORKS", "10.0.0.0/8, 127.0.0.0/8"}});
    EXPECT_EQ(c.mail_networks, (std::vector<std::string>{"10.0.0.0/8", "127.0.0.0/8"}));
}

TEST(Settling, a_server_for_the_world_needs_its_public_url) {
    Configuration c;
    c.listen = "0.0.0.0:80";
    EXPECT_TRUE(tells(words_of([&] { settled(c); }), "public_url must be set"));
    c.public_url = "https://privacy.example.com/";
    EXPECT_EQ(settled(c).public_url, "https://privacy.example.com");
}

TEST(Settling, a_public_url_is_https_without_a_path) {
    for (const auto* bad :
         {"privacy.example.com", "https://a.example/x", "https://a.example?x", "ftp://a.example",
          "http://a.example", "https://name@a.example", "https://"}) {
        Configuration c;
        c.public_url = bad;
        EXPECT_TRUE(tells(words_of([&] { settled(c); }), "public_url must")) << bad;
    }
    Configuration here;
    here.public_url = "http://localhost:8080";
    EXPECT_NO_THROW(settled(here));
}

TEST(Settling, database_and_keys_lie_in_the_data_folder) {
    Configuration c;
    c.data = "/srv/q";
    EXPECT_EQ(settled(c).database, "sqlite:/srv/q/quittance.db");
    EXPECT_EQ(settled(c).keys, "/srv/q/keys");
}

TEST(Settling, only_this_machine_is_loopback) {
    for (const auto* here : {"127.0.0.1:1", "localhost:1", "[::1]:1", "127.9.9.9:1"}) {
        EXPECT_TRUE(is_loopback(here)) << here;
    }
    for (const auto* there : {"0.0.0.0:1", "127.0.0.1.example:1", "[::]:1", "10.0.0.1:1"}) {
        EXPECT_FALSE(is_loopback(there)) << there;
    }
}

}  // namespace
}  // namespace quittance
