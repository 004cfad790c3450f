#include "sources/subject.h"

#include <gtest/gtest.h>

#include <type_traits>

#include "sources/frozen.h"

namespace quittance::sources {
namespace {

// G9 by type: there is no way to an empty selector.
static_assert(!std::is_default_constructible_v<Identifier>);
static_assert(!std::is_default_constructible_v<Subject>);
static_assert(!std::is_default_constructible_v<Frozen>);
static_assert(!std::is_constructible_v<Subject, std::vector<Identifier>>);
static_assert(!std::is_constructible_v<Frozen, std::string, std::vector<FrozenTable>>);

TEST(Subject, an_empty_or_wildcard_selector_cannot_be_made) {
    for (const auto* value :
         {"", " ", "\t", "*", "%", "_", "?", "--", "a*", "%@example.org", "null", "NULL", "None",
          "n/a", "undefined", "a\nb", "\xFF"}) {
        EXPECT_FALSE(Identifier::make("customer_number", value)) << value;
    }
    EXPECT_FALSE(Identifier::make("customer_number", std::string(255, 'a')));
    EXPECT_FALSE(Identifier::make("customer_number", std::string("a\0b", 3)));
    EXPECT_FALSE(Subject::of({}));
}

TEST(Subject, an_email_is_an_address_and_a_kind_is_a_word) {
    EXPECT_FALSE(Identifier::make("email", "anna"));
    EXPECT_FALSE(Identifier::make("email", "%@example.org"));
    EXPECT_FALSE(Identifier::make("", "a"));
    EXPECT_FALSE(Identifier::make("E-mail", "a"));
    const auto email = Identifier::make("email", " Anna@Example.org ");
    ASSERT_TRUE(email);
    EXPECT_EQ(email->value(), "Anna@Example.org");
    EXPECT_EQ(email->spellings(), std::vector<std::string>{"anna@example.org"});
    EXPECT_TRUE(email->any_case());
}

TEST(Subject, an_address_with_letters_beyond_ascii_is_looked_for_in_both_forms) {
    const auto email = Identifier::make(
        "email",
        "anna@b\xC3\xBC"
        "cher.example"
    );
    ASSERT_TRUE(email);
    EXPECT_EQ(
        email->spellings(), (std::vector<std::string>{
                                "anna@b\xC3\xBC"
                                "cher.example",
                                "anna@xn--bcher-kva.example"})
    );
}

TEST(Frozen, is_never_empty_and_always_spelled_the_same) {
    EXPECT_FALSE(Frozen::of("map", {}));
    EXPECT_FALSE(Frozen::of("map", {{"customer", Action::remove, {}}}));
    const auto one = Frozen::of(
        "map", {{"b", Action::keep, {{"2"}, {"1"}, {"2"}}}, {"a", Action::remove, {{"1", "x"}}}}
    );
    const auto same = Frozen::of(
        "map", {{"a", Action::remove, {{"1", "x"}}}, {"b", Action::keep, {{"1"}, {"2"}}}}
    );
    ASSERT_TRUE(one && same);
    EXPECT_EQ(one->bytes(), same->bytes());
    EXPECT_EQ(one->digest().size(), 32u);
    EXPECT_EQ(one->records(), 3u);
    EXPECT_EQ(one->records(Action::remove), 1u);
    EXPECT_NE(Frozen::of("map 2", same->tables())->digest(), one->digest());
    EXPECT_NE(
        Frozen::of("map", {{"a", Action::remove, {{"1x", ""}}}})->digest(),
        Frozen::of("map", {{"a", Action::remove, {{"1", "x"}}}})->digest()
    );
}

TEST(Frozen, comes_back_from_its_bytes_and_from_nothing_else) {
    const auto frozen = Frozen::of("map", {{"a", Action::remove, {{"1", std::string("\0", 1)}}}});
    const auto& bytes = frozen->bytes();
    EXPECT_EQ(Frozen::parse(bytes).digest(), frozen->digest());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_THROW(Frozen::parse(std::string_view(bytes).substr(0, size)), std::runtime_error);
    }
    EXPECT_THROW(Frozen::parse(bytes + "x"), std::runtime_error);
    auto other = bytes;
    other[bytes.find("a", 20)] = 'a';
    const auto action = bytes.find(std::string("\0\0\0\1a\0\0\0\1", 9));
    ASSERT_NE(action, std::string::npos);
    other[action + 8] = 9;
    EXPECT_THROW(Frozen::parse(other), std::runtime_error);
}

}  // namespace
}  // namespace quittance::sources
