#include "http/target.h"

#include <gtest/gtest.h>

namespace quittance::http {
namespace {

std::string refusal_of(std::string_view target) {
    Call call;
    try {
        set_target(call, target);
    } catch (const Refusal& refusal) {
        return refusal.code;
    }
    return "";
}

TEST(Target, with_a_bad_encoding_is_refused) {
    for (const auto* target :
         {"/a%", "/a%4", "/%zz", "/%00", "/a%ff", "/a%0a", "/a?b=%00", "/?%"}) {
        EXPECT_EQ(refusal_of(target), "malformed_target") << target;
    }
}

TEST(Target, that_climbs_or_hides_a_slash_is_refused) {
    for (const auto* target :
         {"/..", "/a/../b", "/a/%2e%2e/b", "/a/%2E./b", "/./a", "/a%2fb", "/a%2Fb", "/a%5cb",
          "/a\\b", "a", "", "*", "/a#b"}) {
        EXPECT_EQ(refusal_of(target), "malformed_target") << target;
    }
}

TEST(Target, that_says_a_parameter_twice_is_refused) {
    EXPECT_EQ(refusal_of("/a?stage=review&stage=closed"), "duplicate_parameter");
    EXPECT_EQ(refusal_of("/a?b=1&%62=2"), "duplicate_parameter");
}

TEST(Target, is_decoded_once) {
    Call call;
    set_target(call, "/a%20b/%2541?q=x+y%2B&empty&u=%C3%A9");
    EXPECT_EQ(call.path, "/a b/%41");
    EXPECT_EQ(call.query["q"], "x y+");
    EXPECT_EQ(call.query["empty"], "");
    EXPECT_EQ(call.query["u"], "é");
}

TEST(Target, in_the_absolute_form_is_its_path) {
    Call call;
    set_target(call, "http://somewhere.example/a?b=1");
    EXPECT_EQ(call.path, "/a");
    EXPECT_EQ(call.query["b"], "1");
    set_target(call, "http://somewhere.example");
    EXPECT_EQ(call.path, "/");
    EXPECT_TRUE(call.query.empty());
}

}  // namespace
}  // namespace quittance::http
