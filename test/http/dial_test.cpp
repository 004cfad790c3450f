#include "http/dial.h"

#include <gtest/gtest.h>

namespace quittance::http {
namespace {

Resolver leads_to(std::vector<std::string> texts) {
    return [texts](const std::string&) {
        std::vector<Address> found;
        for (const auto& text : texts) found.push_back(*Address::parse(text));
        return found;
    };
}

std::vector<Network> networks(std::vector<std::string> texts) {
    std::vector<Network> named;
    for (const auto& text : texts) named.push_back(*Network::parse(text));
    return named;
}

TEST(Dialling, refuses_every_address_that_is_not_public) {
    for (const auto* address :
         {"127.0.0.1", "::1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254",
          "100.64.0.1", "fe80::1", "fd12::1", "64:ff9b::a00:1", "::ffff:10.0.0.1",
          "::ffff:127.0.0.1", "2002:a00:1::", "0.0.0.0", "::", "224.0.0.1", "255.255.255.255"}) {
        EXPECT_THROW(addresses_to_dial("db.test", {}, leads_to({address})), DialRefused) << address;
        EXPECT_THROW(addresses_to_dial(address, {}), DialRefused) << address;
    }
}

TEST(Dialling, gives_back_the_very_addresses_that_were_checked) {
    const auto found = addresses_to_dial("db.test", {}, leads_to({"9.9.9.9", "2620:fe::fe"}));
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].text(), "9.9.9.9");
    EXPECT_EQ(found[1].text(), "2620:fe::fe");
}

TEST(Dialling, is_spoiled_by_one_private_address_among_public_ones) {
    EXPECT_THROW(addresses_to_dial("db.test", {}, leads_to({"9.9.9.9", "10.0.0.1"})), DialRefused);
}

TEST(Dialling, reaches_a_private_network_that_the_operator_named) {
    const auto named = networks({"10.1.0.0/16", "127.0.0.0/8"});
    EXPECT_EQ(addresses_to_dial("db.test", named, leads_to({"10.1.2.3"})).size(), 1u);
    EXPECT_EQ(addresses_to_dial("127.0.0.1", named).size(), 1u);
    EXPECT_THROW(addresses_to_dial("db.test", named, leads_to({"10.2.0.1"})), DialRefused);
    EXPECT_THROW(addresses_to_dial("db.test", named, leads_to({"64:ff9b::a01:203"})), DialRefused);
}

TEST(Dialling, never_goes_where_nothing_can_stand_even_when_named) {
    EXPECT_THROW(addresses_to_dial("0.0.0.0", networks({"0.0.0.0/0"})), DialRefused);
}

TEST(Dialling, takes_numbers_only_in_their_plain_spelling) {
    const Resolver nobody = [](const std::string&) { return std::vector<Address>{}; };
    for (const auto* host : {"0x7f000001", "127.1", "2130706433", "no.such.name"}) {
        try {
            addresses_to_dial(host, {}, nobody);
            FAIL() << host;
        } catch (const DialRefused& refused) {
            EXPECT_EQ(refused.why, DialRefused::Why::unknown_host) << host;
        }
    }
}

}  // namespace
}  // namespace quittance::http
