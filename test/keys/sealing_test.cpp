#include "keys/sealing.h"

#include <gtest/gtest.h>

#include "base/email_address.h"
#include "test/keys/vectors.h"

namespace quittance::keys {
namespace {

struct Sealing : testing::Test {
    const AccountId account = AccountId::make();
    const Uuid row = Uuid::make();
    const DataKey key{KeyId::make(), Secret()};
    const Place place{account, "request", row.blob()};
    const std::string words = "Ada Lovelace, ada@example.test";
    const std::string sealed = seal(key, place, words);
};

TEST_F(Sealing, does_not_open_in_another_account) {
    EXPECT_THROW(open(key, {AccountId::make(), "request", row.blob()}, sealed), Unsealable);
}

TEST_F(Sealing, does_not_open_for_another_purpose) {
    EXPECT_THROW(open(key, {account, "letter", row.blob()}, sealed), Unsealable);
}

TEST_F(Sealing, does_not_open_once_moved_to_another_row) {
    EXPECT_THROW(open(key, {account, "request", Uuid::make().blob()}, sealed), Unsealable);
}

TEST_F(Sealing, does_not_open_with_another_key_even_one_of_the_same_name) {
    EXPECT_THROW(open({KeyId::make(), key.secret}, place, sealed), Unsealable);
    EXPECT_THROW(open({key.id, Secret()}, place, sealed), Unsealable);
}

TEST_F(Sealing, does_not_open_with_any_bit_flipped) {
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        auto damaged = sealed;
        damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ 1 << bit % 8);
        EXPECT_THROW(open(key, place, damaged), Unsealable) << bit;
    }
}

TEST_F(Sealing, does_not_open_when_cut_or_lengthened) {
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        EXPECT_THROW(open(key, place, sealed.substr(0, size)), Unsealable) << size;
    }
    EXPECT_THROW(open(key, place, sealed + '\0'), Unsealable);
}

TEST_F(Sealing, opens_as_what_it_was_and_shows_nothing) {
    EXPECT_EQ(open(key, place, sealed), words);
    EXPECT_EQ(key_of(sealed), key.id);
    EXPECT_EQ(sealed.find("Ada"), std::string::npos);
    EXPECT_NE(seal(key, place, words), sealed);
    EXPECT_EQ(open(key, place, seal(key, place, "")), "");
}

TEST_F(Sealing, cannot_shift_bytes_between_the_parts_of_its_place) {
    EXPECT_NE(list({"ab", "c"}), list({"a", "bc"}));
    EXPECT_NE(list({"a", ""}), list({"", "a"}));
    const auto shifted = seal(key, {account, "ab", "c"}, words);
    EXPECT_THROW(open(key, {account, "a", "bc"}, shifted), Unsealable);
}

TEST_F(Sealing, a_wrapped_key_opens_only_in_its_account_as_itself_under_its_epoch) {
    const Secret epoch_key;
    const auto wrapped = wrap_with(random_bytes(nonce_bytes), epoch_key, account, key);
    EXPECT_THROW(unwrap_with(epoch_key, AccountId::make(), key.id, wrapped), Unsealable);
    EXPECT_THROW(unwrap_with(epoch_key, account, KeyId::make(), wrapped), Unsealable);
    EXPECT_THROW(unwrap_with(Secret(), account, key.id, wrapped), Unsealable);
    for (std::size_t i = 0; i < wrapped.size(); ++i) {
        auto damaged = wrapped;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
        EXPECT_THROW(unwrap_with(epoch_key, account, key.id, damaged), Unsealable) << i;
        EXPECT_THROW(unwrap_with(epoch_key, account, key.id, wrapped.substr(0, i)), Unsealable);
    }
    const auto back = unwrap_with(epoch_key, account, key.id, wrapped);
    EXPECT_EQ(back.secret.bytes(), key.secret.bytes());
}

TEST(Secret, has_32_bytes) {
    EXPECT_THROW(Secret(std::string(31, 'x')), std::logic_error);
    EXPECT_THROW(Secret(std::string(33, 'x')), std::logic_error);
    EXPECT_NE(Secret().bytes(), Secret().bytes());
}

TEST(SealingVectors, are_those_of_the_page) {
    const Vectors vectors;
    const auto request = vectors.id("request");
    const Place place{vectors.account(), "request", request.blob()};
    const auto key = vectors.data_key();
    EXPECT_EQ(
        list({place.account.blob(), place.purpose, place.row, std::string_view("\x01", 1)}),
        vectors.bytes("additional data")
    );
    EXPECT_EQ(
        hex(seal_with(vectors.bytes("nonce"), key, place, vectors.bytes("plain"))),
        vectors.text("sealed")
    );
    EXPECT_EQ(open(key, place, vectors.bytes("sealed")), vectors.bytes("plain"));

    const Secret epoch_key(vectors.bytes("epoch key 1"));
    EXPECT_EQ(
        hex(wrap_with(vectors.bytes("wrap nonce"), epoch_key, vectors.account(), key)),
        vectors.text("wrapped")
    );
}

TEST(SealingVectors, the_normal_form_of_an_address_is_that_of_the_page) {
    const auto address = EmailAddress::parse("J\u00fcrgen+News@B\u00fccher.Example");
    ASSERT_TRUE(address);
    EXPECT_EQ(address->normal, Vectors().text("normal form"));
}

}  // namespace
}  // namespace quittance::keys
