#include "requests/reference.h"

#include <gtest/gtest.h>

#include <set>

namespace quittance::requests {
namespace {

TEST(References, are_not_anything_else) {
    for (const auto* text :
         {"", "Q", "Q-", "Q-7F3K-92", "Q-7F3K-92MDX", "X-7F3K-92MD", "Q-7F3K-92MU", "7F3K-92M",
          "Q-7F3K_92MD", "jane@mailbox.test", "Q-7F3K-92M\xc3"}) {
        EXPECT_FALSE(parse_reference(text)) << text;
    }
}

TEST(References, are_found_however_people_write_them) {
    for (const auto* text :
         {"Q-7F3K-92MD", "q-7f3k-92md", "Q7F3K92MD", "7F3K92MD", "7f3k 92md",
          " Q - 7F3K - 92MD "}) {
        EXPECT_EQ(parse_reference(text), "Q-7F3K-92MD") << text;
    }
    EXPECT_EQ(parse_reference("Q-IL0O-1111"), "Q-1100-1111");
}

TEST(References, survive_being_read_back) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const auto reference = random_reference();
        EXPECT_EQ(parse_reference(reference), reference);
        seen.insert(reference);
    }
    EXPECT_EQ(seen.size(), 1000U);
}

}  // namespace
}  // namespace quittance::requests
