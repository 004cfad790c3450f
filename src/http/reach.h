// How far an IP address reaches: what an outbound connection may be told to dial.
#pragma once

#include <string_view>

struct sockaddr;

namespace quittance::http {

enum class Reach {
    everywhere,  // a public address
    inside,      // private, link-local, shared (100.64/10), unique local
    loopback,    // 127/8, ::1
    nowhere,     // unspecified, multicast, reserved; anything that is no IP address
};

// IPv4 addresses inside IPv6 ones (mapped, NAT64, 6to4) count as what they lead to.
Reach reach_of(const sockaddr& address);
// The same for an address as text; `nowhere` for a name.
Reach reach_of(std::string_view address);

}  // namespace quittance::http
