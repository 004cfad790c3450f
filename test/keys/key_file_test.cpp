#include "keys/key_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "test/keys/vectors.h"

namespace quittance::keys {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& file) {
    std::ostringstream out;
    out << std::ifstream(file, std::ios::binary).rdbuf();
    return out.str();
}

std::string refusal_of(const std::function<void()>& f) {
    try {
        f();
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

struct KeyFile : testing::Test {
    KeyFile() { fs::create_directory(folder); }
    ~KeyFile() override { fs::remove_all(folder); }

    void write(std::string_view text, mode_t mode = 0600) const {
        std::ofstream(file, std::ios::binary) << text;
        ::chmod(file.c_str(), mode);
    }
    std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(folder), fs::directory_iterator())
        );
    }

    const fs::path folder = fs::temp_directory_path() / ("quittance-keys-" + random_token());
    const std::string file = folder / "keys";
};

TEST_F(KeyFile, is_refused_when_others_may_read_or_write_it) {
    for (const mode_t mode : {0644, 0640, 0604, 0660, 0620, 0602, 0610}) {
        write(key_file_text(KeySet::fresh()), mode);
        const auto said = refusal_of([&] { read_key_file(file); });
        EXPECT_NE(said.find("chmod 600"), std::string::npos) << said;
    }
    write(key_file_text(KeySet::fresh()), 0400);
    EXPECT_NO_THROW(read_key_file(file));
}

TEST_F(KeyFile, is_refused_when_it_is_missing_and_may_not_be_made) {
    EXPECT_NE(
        refusal_of([&] { KeyRing::load(file, false); }).find("no key file"), std::string::npos
    );
    EXPECT_EQ(files(), 0);
}

TEST_F(KeyFile, is_refused_when_it_is_no_regular_file) {
    fs::create_directory(file);
    EXPECT_THROW(read_key_file(file), std::runtime_error);
    fs::remove(file);
    ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0);
    EXPECT_THROW(read_key_file(file), std::runtime_error);
}

TEST_F(KeyFile, is_refused_when_any_byte_is_changed_or_missing) {
    const auto text = Vectors().key_file();
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto damaged = text;
        damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
        EXPECT_THROW(parse_key_file(damaged, file), std::runtime_error) << i;
        EXPECT_THROW(parse_key_file(text.substr(0, i), file), std::runtime_error) << i;
        EXPECT_THROW(parse_key_file(text.substr(i + 1), file), std::runtime_error) << i;
    }
    EXPECT_THROW(parse_key_file(text + "\n", file), std::runtime_error);
}

TEST_F(KeyFile, is_refused_when_its_lines_are_not_the_right_ones) {
    const KeySet keys = KeySet::fresh();
    const auto secret = base64url(keys.installation.bytes());
    const auto with_check = [](std::string text) {
        return text + "check " + hex(sha256(text).substr(0, 16)) + "\n";
    };
    const auto head = "quittance keys 1\ninstallation " + secret + "\n";
    for (const auto& text :
         {std::string("quittance keys 2\ninstallation ") + secret + "\nepoch 1 " + secret + "\n",
          std::string("quittance keys 1\n"), std::string(head), head + "epoch 1 \n",
          head + "epoch 0 " + secret + "\n", head + "epoch -1 " + secret + "\n",
          head + "epoch x " + secret + "\n", head + "epoch  " + secret + "\n",
          head + "epoch 2 " + secret + "\nepoch 2 " + secret + "\n",
          head + "epoch 1 " + secret + "x\n", head + "note 1 " + secret + "\n"}) {
        EXPECT_THROW(parse_key_file(with_check(text), file), std::runtime_error) << text;
    }
    EXPECT_NO_THROW(parse_key_file(with_check(head + "epoch 7 " + secret + "\n"), file));
}

TEST_F(KeyFile, never_names_its_content_in_an_error) {
    auto text = Vectors().key_file();
    text[40] = text[40] == 'x' ? 'y' : 'x';
    const auto said = refusal_of([&] { parse_key_file(text, "var/keys"); });
    EXPECT_NE(said.find("var/keys"), std::string::npos);
    EXPECT_EQ(said.find("ICEi"), std::string::npos);
}

TEST_F(KeyFile, is_made_once_and_never_over_another) {
    ASSERT_TRUE(make_key_file(file, KeySet::fresh()));
    const auto before = content(file);
    EXPECT_FALSE(make_key_file(file, KeySet::fresh()));
    EXPECT_EQ(content(file), before);
    EXPECT_EQ(files(), 1);
    struct stat info {};
    ASSERT_EQ(::stat(file.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777, 0600u);
}

TEST_F(KeyFile, is_replaced_whole_and_the_old_bytes_are_overwritten) {
    ASSERT_TRUE(make_key_file(file, KeySet::fresh()));
    const auto old_text = content(file);
    // A second name keeps the old bytes in sight, and a leftover of a crash lies beside.
    const auto old_name = folder / "old";
    fs::create_hard_link(file, old_name);
    std::ofstream(file + ".0011.new") << old_text;

    replace_key_file(file, KeySet::fresh());
    EXPECT_NE(content(file), old_text);
    EXPECT_EQ(content(old_name), std::string(old_text.size(), '\0'));
    EXPECT_EQ(files(), 2);
    EXPECT_NO_THROW(read_key_file(file));
}

TEST_F(KeyFile, a_folder_that_is_missing_is_said) {
    const auto said = refusal_of([&] { KeyRing::load(folder / "none" / "keys", true); });
    EXPECT_NE(said.find("No such file or directory"), std::string::npos) << said;
}

TEST_F(KeyFile, is_the_one_of_the_page) {
    const Vectors vectors;
    const auto keys = parse_key_file(vectors.key_file(), file);
    EXPECT_EQ(keys.installation.bytes(), vectors.bytes("installation key"));
    ASSERT_EQ(keys.epochs.size(), 2);
    EXPECT_EQ(keys.epochs.at(2).bytes(), vectors.bytes("epoch key 2"));
    EXPECT_EQ(key_file_text(keys), vectors.key_file());
}

TEST_F(KeyFile, hashes_depend_on_installation_account_use_and_text) {
    const Vectors vectors;
    write(vectors.key_file());
    const auto ring = KeyRing::load(file, false);
    const auto normal = vectors.text("normal form");
    const auto look_up = ring->account_hash(vectors.account(), "email look-up", normal);
    EXPECT_EQ(hex(look_up), vectors.text("look-up hash"));
    EXPECT_EQ(hex(ring->installation_hash("token", "abc")), vectors.text("installation hash"));
    EXPECT_EQ(
        hex(ring->installation_hash("key check", vectors.id("installation id").blob())),
        vectors.text("key check")
    );
    EXPECT_NE(ring->account_hash(AccountId::make(), "email look-up", normal), look_up);
    EXPECT_NE(ring->account_hash(vectors.account(), "code", normal), look_up);
    EXPECT_NE(
        KeyRing::in_memory()->account_hash(vectors.account(), "email look-up", normal), look_up
    );
}

}  // namespace
}  // namespace quittance::keys
