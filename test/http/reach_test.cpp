#include "http/reach.h"

#include <gtest/gtest.h>

#include <string_view>
#include <utility>

namespace quittance::http {
namespace {

TEST(Reach, knows_how_far_an_address_goes) {
    using enum Reach;
    static constexpr std::pair<std::string_view, Reach> known[]{
        {"9.9.9.9", everywhere},
        {"172.32.0.1", everywhere},
        {"2620:fe::fe", everywhere},
        {"127.0.0.1", loopback},
        {"127.255.0.9", loopback},
        {"::1", loopback},
        {"10.1.2.3", inside},
        {"172.16.0.1", inside},
        {"172.31.255.255", inside},
        {"192.168.0.1", inside},
        {"169.254.169.254", inside},
        {"100.64.0.1", inside},
        {"100.127.255.255", inside},
        {"fe80::1", inside},
        {"fd00::1", inside},
        {"0.0.0.0", nowhere},
        {"::", nowhere},
        {"224.0.0.1", nowhere},
        {"255.255.255.255", nowhere},
        {"ff02::1", nowhere},
        {"2001:db8::1", nowhere},
        {"mail.example.com", nowhere},
        {"127.1", nowhere},
        {"0x7f000001", nowhere},
    };
    for (const auto& [address, reach] : known) EXPECT_EQ(reach_of(address), reach) << address;
}

TEST(Reach, looks_through_addresses_that_carry_another_one) {
    EXPECT_EQ(reach_of("::ffff:127.0.0.1"), Reach::loopback);
    EXPECT_EQ(reach_of("::ffff:10.0.0.1"), Reach::inside);
    EXPECT_EQ(reach_of("64:ff9b::10.0.0.1"), Reach::inside);
    EXPECT_EQ(reach_of("2002:7f00:1::"), Reach::loopback);
    EXPECT_EQ(reach_of("::ffff:9.9.9.9"), Reach::everywhere);
}

}  // namespace
}  // namespace quittance::http
