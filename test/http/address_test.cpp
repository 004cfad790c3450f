#include "http/address.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace quittance::http {
namespace {

Address at(std::string_view text) { return Address::parse(text).value(); }

TEST(Networks, that_are_none_are_refused) {
    for (const auto* text :
         {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.1/8", "10.0.0.0/", "10.0.0/8", "::/129",
          "example.org", "10.0.0.0/8x", "fd00::1/8"}) {
        EXPECT_FALSE(Network::parse(text)) << text;
    }
    EXPECT_THROW(Proxies({"10.0.0.0/33"}), std::runtime_error);
}

TEST(Networks, hold_their_addresses_in_either_spelling) {
    EXPECT_TRUE(Network::parse("10.0.0.0/8")->holds(at("10.255.1.1")));
    EXPECT_FALSE(Network::parse("10.0.0.0/8")->holds(at("11.0.0.1")));
    EXPECT_TRUE(Network::parse("10.0.0.0/8")->holds(at("::ffff:10.1.1.1")));
    EXPECT_TRUE(Network::parse("192.0.2.128/25")->holds(at("192.0.2.200")));
    EXPECT_FALSE(Network::parse("192.0.2.128/25")->holds(at("192.0.2.100")));
    EXPECT_TRUE(Network::parse("192.0.2.1")->holds(at("192.0.2.1")));
    EXPECT_FALSE(Network::parse("192.0.2.1")->holds(at("192.0.2.2")));
    EXPECT_TRUE(Network::parse("fd00::/8")->holds(at("fd12::1")));
    EXPECT_FALSE(Network::parse("0.0.0.0/0")->holds(at("2001:db8::1")));
    EXPECT_TRUE(Network::parse("::/0")->holds(at("2001:db8::1")));
}

TEST(Addresses, of_one_client_have_one_key) {
    EXPECT_EQ(at("::ffff:192.0.2.1").text(), "192.0.2.1");
    EXPECT_EQ(at("192.0.2.1").client_key(), "192.0.2.1");
    EXPECT_EQ(at("2001:db8:1:2:3:4:5:6").client_key(), at("2001:db8:1:2::9").client_key());
    EXPECT_NE(at("2001:db8:1:2::9").client_key(), at("2001:db8:1:3::9").client_key());
}

TEST(ForwardedFor, is_read_from_the_right_as_far_as_we_trust) {
    const Proxies proxies({"10.0.0.0/8", "::1"});
    const auto client = [&](std::string_view peer, std::vector<std::string_view> fields) {
        return proxies.client(at(peer), fields).text();
    };
    EXPECT_EQ(client("192.0.2.9", {"203.0.113.7"}), "192.0.2.9");
    EXPECT_EQ(client("10.0.0.1", {}), "10.0.0.1");
    EXPECT_EQ(client("10.0.0.1", {"203.0.113.7"}), "203.0.113.7");
    EXPECT_EQ(client("10.0.0.1", {"198.51.100.1, 203.0.113.7, 10.2.2.2"}), "203.0.113.7");
    EXPECT_EQ(client("10.0.0.1", {"198.51.100.1", "203.0.113.7 , 10.2.2.2"}), "203.0.113.7");
    EXPECT_EQ(client("10.0.0.1", {"10.3.3.3"}), "10.3.3.3");
    EXPECT_EQ(client("10.0.0.1", {"203.0.113.7, unknown"}), "10.0.0.1");
    EXPECT_EQ(client("10.0.0.1", {""}), "10.0.0.1");
    EXPECT_EQ(client("::1", {"203.0.113.7:4711"}), "203.0.113.7");
    EXPECT_EQ(client("::1", {"[2001:db8::1]:4711"}), "2001:db8::1");
    EXPECT_EQ(client("::1", {"2001:db8::1"}), "2001:db8::1");
    EXPECT_EQ(client("::1", {"["}), "::1");
}

}  // namespace
}  // namespace quittance::http
