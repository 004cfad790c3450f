// Network addresses, networks, and who the client behind our own proxies is.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quittance::http {

// IPv4 addresses are kept in their IPv6-mapped form, so both spellings are the same address.
struct Address {
    std::array<std::uint8_t, 16> bytes{};

    // "192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1"; a zone ("%eth0") is cut off.
    static std::optional<Address> parse(std::string_view text);
    bool is_v4() const;
    std::string text() const;
    // What one client surely has for itself: the address, of IPv6 the first 64 bits of it.
    std::string client_key() const;
    bool operator==(const Address&) const = default;
};

// "10.0.0.0/8", "fd00::/8" or a single address. Bits after the prefix must be zero.
struct Network {
    Address address;
    int bits = 128;  // of the IPv6 form

    static std::optional<Network> parse(std::string_view text);
    bool holds(const Address& other) const;
};

class Proxies {
public:
    // Throws std::runtime_error with a sentence for the operator when one is no network.
    explicit Proxies(const std::vector<std::string>& networks);

    bool trusts(const Address& address) const;
    // The fields of X-Forwarded-For in their order. Read from the right: the peer if it is no proxy
    // of ours; else the first address that is none, for what stands left of that was written by a
    // stranger. What cannot be read ends the walk at the last proxy.
    Address client(const Address& peer, const std::vector<std::string_view>& forwarded_for) const;

private:
    std::vector<Network> networks_;
};

}  // namespace quittance::http
