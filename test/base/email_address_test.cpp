#include "base/email_address.h"

#include <gtest/gtest.h>

namespace quittance {
namespace {

TEST(EmailAddress, refuses_what_is_not_one_mailbox) {
    for (const auto* text :
         {"", "ada", "ada@", "@example.test", "ada@example", "ada@@example.test",
          "a b@example.test", "\"ada\"@example.test", "ada@exa mple.test", "ada@.example.test",
          "ada@example..test", "Ada <ada@example.test>", "ada@example.test, eve@example.test",
          ".ada@example.test", "ada.@example.test", "ada@example.test\r\nBcc: eve@example.test",
          "ada@[127.0.0.1]", "ada\xff@example.test"}) {
        EXPECT_FALSE(EmailAddress::parse(text)) << text;
    }
    EXPECT_FALSE(EmailAddress::parse(std::string(65, 'a') + "@example.test"));
    EXPECT_FALSE(EmailAddress::parse("a@" + std::string(252, 'b') + ".test"));
}

TEST(EmailAddress, keeps_dots_and_plus_parts_in_the_normal_form) {
    const auto address = EmailAddress::parse("  Ada.Love+Mail@Example.TEST ");
    ASSERT_TRUE(address);
    EXPECT_EQ(address->written, "Ada.Love+Mail@Example.TEST");
    EXPECT_EQ(address->normal, "ada.love+mail@example.test");
    EXPECT_EQ(address->domain(), "example.test");
}

TEST(EmailAddress, makes_one_of_two_unicode_spellings) {
    const auto composed = EmailAddress::parse(
        "j\xc3\xbcrgen@b\xc3\xbc"
        "cher.example"
    );
    const auto apart = EmailAddress::parse(
        "ju\xcc\x88rgen@bu\xcc\x88"
        "cher.example"
    );
    ASSERT_TRUE(composed && apart);
    EXPECT_EQ(composed->normal, apart->normal);
    EXPECT_EQ(composed->domain(), "xn--bcher-kva.example");
}

}  // namespace
}  // namespace quittance
