#include <gtest/gtest.h>

#include <limits>

#include "ledger/ledger.h"
#include "test/keys/vectors.h"

namespace quittance::ledger {
namespace {

namespace json = boost::json;

TEST(CanonicalDetail, refuses_what_readers_would_not_agree_on) {
    EXPECT_THROW(canonical(json::value(1.5)), std::logic_error);
    EXPECT_THROW(canonical(json::value(1.0)), std::logic_error);
    EXPECT_THROW(canonical(json::value(9007199254740992)), std::logic_error);
    EXPECT_THROW(canonical(json::value(-9007199254740992)), std::logic_error);
    EXPECT_THROW(
        canonical(json::value(std::numeric_limits<std::uint64_t>::max())), std::logic_error
    );
    EXPECT_THROW(canonical(json::value("\xff")), std::logic_error);
    EXPECT_THROW(canonical(json::object{{"a\xc3", 1}}), std::logic_error);
    EXPECT_THROW(canonical(json::array{json::object{{"deep", 0.5}}}), std::logic_error);
}

TEST(CanonicalDetail, has_no_white_space_and_keeps_arrays_in_order) {
    const auto value = json::parse(R"( { "b" : [ 3, 1 , {"z":null,"y":true} ] , "a" : -7 } )");
    EXPECT_EQ(canonical(value), R"({"a":-7,"b":[3,1,{"y":true,"z":null}]})");
    EXPECT_EQ(canonical(json::object{}), "{}");
    EXPECT_EQ(canonical(json::array{}), "[]");
    EXPECT_EQ(canonical(json::value(9007199254740991)), "9007199254740991");
    EXPECT_EQ(canonical(json::value(-9007199254740991)), "-9007199254740991");
}

TEST(CanonicalDetail, sorts_members_by_utf_16_as_rfc_8785_shows) {
    const auto value = json::parse(
        R"({"\u20ac":"Euro Sign","\r":"Carriage Return",)"
        R"("\ufb33":"Hebrew Letter Dalet With Dagesh",)"
        R"("1":"One","\ud83d\ude00":"Emoji","\u0080":"Control","\u00f6":"O With Diaeresis"})"
    );
    EXPECT_EQ(
        canonical(value),
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
        "\"\u00f6\":\"O With Diaeresis\",\"\u20ac\":\"Euro Sign\",\"\U0001f600\":\"Emoji\","
        "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}"
    );
    EXPECT_EQ(canonical(json::parse(R"({"ab":1,"a":2,"":3})")), R"({"":3,"a":2,"ab":1})");
}

TEST(CanonicalDetail, escapes_as_rfc_8785_shows) {
    const auto value =
        json::parse(R"("\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/\b\t\f\u007f")");
    EXPECT_EQ(canonical(value), "\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\t\\f\x7f\"");
}

TEST(LedgerDraft, gives_the_same_detail_another_commitment_each_time) {
    const keys::DataKey key{KeyId::make(), keys::Secret()};
    const auto account = AccountId::make();
    const json::object detail{{"type", "erase"}};
    const auto one = draft(key, account, "received", RequestId::make(), detail);
    const auto two = draft(key, account, "received", RequestId::make(), detail);
    EXPECT_NE(one.commitment, two.commitment);
    EXPECT_NE(one.sealed, two.sealed);
}

TEST(LedgerDraft, commits_to_the_bytes_that_it_seals) {
    const keys::DataKey key{KeyId::make(), keys::Secret()};
    const auto account = AccountId::make();
    const auto made = draft(key, account, "received", {}, {{"n", 1}});
    const auto salted = keys::open(key, {account, "entry", made.id.blob()}, made.sealed);
    EXPECT_EQ(salted.substr(32), R"({"n":1})");
    EXPECT_EQ(sha256(salted), made.commitment);
}

TEST(LedgerVectors, are_those_of_the_page) {
    const Vectors vectors;
    const auto entry = vectors.id("entry");
    const auto salted = keys::open(
        vectors.data_key(), {vectors.account(), "entry", entry.blob()},
        vectors.bytes("entry sealed")
    );
    EXPECT_EQ(hex(salted.substr(0, 32)), vectors.text("salt"));
    EXPECT_EQ(salted.substr(32), vectors.text("detail"));
    EXPECT_EQ(hex(sha256(salted)), vectors.text("commitment"));
    EXPECT_EQ(canonical(json::parse(vectors.text("detail"))), vectors.text("detail"));
}

}  // namespace
}  // namespace quittance::ledger
