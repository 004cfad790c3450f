#include "http/dial.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>
#include <memory>

namespace quittance::http {
namespace {

const char* name_of(Reach reach) {
    switch (reach) {
        case Reach::everywhere:
            return "a public";
        case Reach::inside:
            return "a private";
        case Reach::loopback:
            return "this machine's own";
        case Reach::nowhere:
            return "a reserved";
    }
    return "a reserved";
}

void check(const std::string& host, const Address& address, const std::vector<Network>& networks) {
    const auto reach = reach_of(address.text());
    if (reach == Reach::everywhere) return;
    // NAT64 and 6to4 spellings of an allowed network are not that network: only the plain address
    // is held against the list.
    const bool named = std::any_of(networks.begin(), networks.end(), [&](const Network& network) {
        return network.holds(address);
    });
    if (named && reach != Reach::nowhere) return;
    throw DialRefused(
        DialRefused::Why::not_allowed,
        host + " leads to " + address.text() + ", " + name_of(reach) + " address. " +
            (reach == Reach::nowhere
                 ? "Nothing can stand there; correct the host."
                 : "The operator of this server must allow its network by name first.")
    );
}

}  // namespace

std::optional<Address> address_of(const sockaddr& address) {
    Address out;
    if (address.sa_family == AF_INET6) {
        sockaddr_in6 v6;
        std::memcpy(&v6, &address, sizeof v6);
        std::memcpy(out.bytes.data(), &v6.sin6_addr, 16);
        return out;
    }
    if (address.sa_family != AF_INET) return std::nullopt;
    sockaddr_in v4;
    std::memcpy(&v4, &address, sizeof v4);
    out.bytes[10] = out.bytes[11] = 0xFF;
    std::memcpy(out.bytes.data() + 12, &v4.sin_addr, 4);
    return out;
}

std::vector<Address> look_up(const std::string& host) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* list = nullptr;
    std::vector<Address> found;
    if (getaddrinfo(host.c_str(), nullptr, &hints, &list) != 0) return found;
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(list, &freeaddrinfo);
    for (const auto* entry = list; entry != nullptr; entry = entry->ai_next) {
        if (const auto address = address_of(*entry->ai_addr)) found.push_back(*address);
    }
    return found;
}

std::vector<Address> addresses_to_dial(
    const std::string& host, const std::vector<Network>& networks, const Resolver& resolver
) {
    std::vector<Address> found;
    if (const auto literal = Address::parse(host)) {
        found.push_back(*literal);
    } else {
        found = resolver(host);
    }
    if (found.empty()) {
        throw DialRefused(
            DialRefused::Why::unknown_host,
            "The name " + host +
                " leads to no address. Check its spelling, or ask whoever runs "
                "the name server."
        );
    }
    for (const auto& address : found) check(host, address, networks);
    return found;
}

}  // namespace quittance::http
