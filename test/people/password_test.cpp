#include "people/password.h"

#include <gtest/gtest.h>

#include <thread>

namespace quittance::people {
namespace {

const PasswordOwner ada{"Ada Lovelace", "ada.lovelace@analytical.example", "Analytical Engines"};

std::string flaw_of(std::string_view password) {
    const auto flaws = password_flaws("/password", password, ada);
    return flaws.empty() ? "" : flaws.front().code;
}

TEST(Password, has_at_least_12_and_at_most_128_characters) {
    EXPECT_EQ(flaw_of(""), "password_too_short");
    EXPECT_EQ(flaw_of("kettle moon"), "password_too_short");
    EXPECT_EQ(flaw_of("k\xc3\xa9ttl\xc3\xa9 moon"), "password_too_short");
    EXPECT_EQ(flaw_of("kettle moons"), "");
    const std::string words = "kettle on the moon, heron by a lake, ";
    EXPECT_EQ(flaw_of((words + words + words + words).substr(0, 128)), "");
    EXPECT_EQ(flaw_of((words + words + words + words).substr(0, 129)), "password_too_long");
}

TEST(Password, is_text_that_can_be_typed) {
    EXPECT_EQ(flaw_of("kettle\non the moon"), "bad_text");
    EXPECT_EQ(flaw_of(std::string("kettle\0on the moon", 18)), "bad_text");
    EXPECT_EQ(flaw_of("kettle on the \xff moon"), "bad_text");
}

TEST(Password, is_not_one_that_everybody_has) {
    for (const auto* common :
         {"qwerty123456", "QWERTY123456", "1qaz2wsx3edc", "password1234", "Password 1234!",
          "!!!dragon2026!!!", "123456789012", "aaaaaaaaaaaa", "abc1abc1abc1", "monkeymonkey1",
          "unbelievable"}) {
        EXPECT_EQ(flaw_of(common), "password_too_common") << common;
    }
    for (const auto* fine :
         {"correct horse battery staple", "dragon-over-the-hill-7", "owner-password-7",
          "a kettle on the moon"}) {
        EXPECT_EQ(flaw_of(fine), "") << fine;
    }
}

TEST(Password, is_not_made_of_names_and_address_alone) {
    for (const auto* named :
         {"AdaLovelace2026", "ada.lovelace@analytical.example", "lovelace-ada-1815",
          "analytical engines", "Quittance2026!", "quittance-analytical"}) {
        EXPECT_EQ(flaw_of(named), "password_names_you") << named;
    }
    EXPECT_EQ(flaw_of("ada walks on the moon"), "");
}

TEST(Password, matches_its_hash_and_no_other) {
    const auto hash = hash_password("a kettle on the moon");
    EXPECT_TRUE(hash.text.starts_with("$argon2id$v=19$m=65536,t=2,p=1$")) << hash.text;
    EXPECT_NE(hash.text, hash_password("a kettle on the moon").text);
    EXPECT_FALSE(password_matches(hash, "a kettle on the Moon"));
    EXPECT_FALSE(password_matches(hash, ""));
    EXPECT_FALSE(password_matches(hash, std::string(100'000, 'a')));
    EXPECT_TRUE(password_matches(hash, "a kettle on the moon"));
}

TEST(Password, is_the_same_in_both_spellings_of_unicode) {
    const auto hash = hash_password("caf\xc3\xa9 on the moon");
    EXPECT_TRUE(password_matches(hash, "cafe\xcc\x81 on the moon"));
}

TEST(Password, of_nobody_matches_nothing) {
    EXPECT_FALSE(password_matches(std::nullopt, "a kettle on the moon"));
    EXPECT_FALSE(password_matches(std::nullopt, "not this one"));
    EXPECT_FALSE(password_matches(std::nullopt, "nobody has this password, whatever they may say"));
}

TEST(Password, hashing_refuses_more_callers_than_may_wait) {
    std::atomic<int> hashed = 0;
    std::atomic<int> refused = 0;
    std::vector<std::thread> callers;
    for (int i = 0; i < 64; ++i) {
        callers.emplace_back([&] {
            try {
                hash_password("a kettle on the moon");
                ++hashed;
            } catch (const Refusal& refusal) {
                EXPECT_EQ(refusal.code, "busy");
                EXPECT_GT(refusal.retry_after_s, 0);
                ++refused;
            }
        });
    }
    for (auto& caller : callers) caller.join();
    EXPECT_EQ(hashed + refused, 64);
    EXPECT_GE(hashed, 3);
}

}  // namespace
}  // namespace quittance::people
