// Before an outbound connection: looks the name up, checks every address it leads to, and hands
// back the addresses themselves. The caller connects to exactly one of these and never to the
// name, so that a second look-up cannot lead somewhere else (DNS rebinding).
#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "http/address.h"
#include "http/reach.h"

namespace quittance::http {

// nullopt for anything but IPv4 and IPv6.
std::optional<Address> address_of(const sockaddr& address);

// All addresses of a name, in the order in which to try them; empty when there are none.
using Resolver = std::function<std::vector<Address>(const std::string& host)>;
// The system's (getaddrinfo): no deadline but that of the system's own settings.
std::vector<Address> look_up(const std::string& host);

// what() is one sentence for whoever set up the destination.
class DialRefused : public std::runtime_error {
public:
    enum class Why { unknown_host, not_allowed };
    DialRefused(Why why, const std::string& words) : std::runtime_error(words), why(why) {}
    Why why;
};

// The addresses to try for `host`, a name or an address as text, never empty. Public addresses are
// allowed; private, shared, link-local, unique local and loopback ones only when one of `networks`
// holds them; unspecified, multicast and reserved ones never. One address that is not allowed
// spoils the name, so that nobody can mix. Throws DialRefused.
std::vector<Address> addresses_to_dial(
    const std::string& host, const std::vector<Network>& networks,
    const Resolver& resolver = look_up
);

}  // namespace quittance::http
