#include "http/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <stdexcept>

namespace quittance::http {
namespace {

constexpr std::array<std::uint8_t, 12> v4_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// X-Forwarded-For has no standard: some proxies add the port.
std::string_view without_port(std::string_view text) {
    if (text.starts_with('[')) return text.substr(1, text.find(']') - 1);
    const auto colon = text.find(':');
    const bool only_one = colon != std::string_view::npos && text.rfind(':') == colon;
    return only_one ? text.substr(0, colon) : text;
}

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
    const std::string copy(text.substr(0, text.find('%')));
    Address address;
    if (inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) == 1) return address;
    if (copy.size() != text.size()) return std::nullopt;
    std::copy(v4_prefix.begin(), v4_prefix.end(), address.bytes.begin());
    if (inet_pton(AF_INET, copy.c_str(), address.bytes.data() + 12) == 1) return address;
    return std::nullopt;
}

bool Address::is_v4() const {
    return std::equal(v4_prefix.begin(), v4_prefix.end(), bytes.begin());
}

std::string Address::text() const {
    char out[INET6_ADDRSTRLEN];
    const bool v4 = is_v4();
    inet_ntop(v4 ? AF_INET : AF_INET6, bytes.data() + (v4 ? 12 : 0), out, sizeof out);
    return out;
}

std::string Address::client_key() const {
    if (is_v4()) return text();
    Address first_half;
    std::copy(bytes.begin(), bytes.begin() + 8, first_half.bytes.begin());
    return first_half.text();
}

std::optional<Network> Network::parse(std::string_view text) {
    const auto slash = std::min(text.find('/'), text.size());
    const auto address = Address::parse(text.substr(0, slash));
    if (!address) return std::nullopt;
    Network network{*address};
    if (slash < text.size()) {
        const auto digits = text.substr(slash + 1);
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), network.bits);
        const bool v4 = text.substr(0, slash).find(':') == std::string_view::npos;
        if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
        if (network.bits < 0 || network.bits > (v4 ? 32 : 128)) return std::nullopt;
        if (v4) network.bits += 96;
    }
    for (int bit = network.bits; bit < 128; ++bit) {
        if (address->bytes[static_cast<std::size_t>(bit / 8)] & (0x80 >> bit % 8)) {
            return std::nullopt;
        }
    }
    return network;
}

bool Network::holds(const Address& other) const {
    const auto whole = static_cast<std::size_t>(bits / 8);
    if (!std::equal(other.bytes.begin(), other.bytes.begin() + whole, address.bytes.begin())) {
        return false;
    }
    const int rest = bits % 8;
    return rest == 0 || (other.bytes[whole] ^ address.bytes[whole]) >> (8 - rest) == 0;
}

Proxies::Proxies(const std::vector<std::string>& networks) {
    for (const auto& text : networks) {
        const auto network = Network::parse(text);
        if (!network) {
            throw std::runtime_error(
                "\"" + text +
                "\" among the trusted proxies is neither an address nor a network "
                "such as 10.0.0.0/8"
            );
        }
        networks_.push_back(*network);
    }
}

bool Proxies::trusts(const Address& address) const {
    return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
        return network.holds(address);
    });
}

Address Proxies::client(const Address& peer, const std::vector<std::string_view>& forwarded_for)
    const {
    Address client = peer;
    for (auto field = forwarded_for.rbegin(); field != forwarded_for.rend(); ++field) {
        std::string_view rest = *field;
        for (bool more = true; more;) {
            if (!trusts(client)) return client;
            const auto comma = rest.rfind(',');
            const auto entry = comma == std::string_view::npos ? rest : rest.substr(comma + 1);
            more = comma != std::string_view::npos;
            if (more) rest = rest.substr(0, comma);
            const auto address = Address::parse(without_port(trimmed(entry)));
            if (!address) return client;
            client = *address;
        }
    }
    return client;
}

}  // namespace quittance::http
