#include "http/reach.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <string>

namespace quittance::http {
namespace {

struct Block {
    std::uint32_t address;
    int bits;
    Reach reach;
};

// IANA's registry of special-purpose addresses (RFC 6890 and its updates).
constexpr std::array blocks{
    Block{0x7F000000, 8, Reach::loopback}, Block{0x0A000000, 8, Reach::inside},
    Block{0xAC100000, 12, Reach::inside},  Block{0xC0A80000, 16, Reach::inside},
    Block{0xA9FE0000, 16, Reach::inside},  Block{0x64400000, 10, Reach::inside},
    Block{0xC6120000, 15, Reach::inside},  Block{0x00000000, 8, Reach::nowhere},
    Block{0xC0000000, 24, Reach::nowhere}, Block{0xC0000200, 24, Reach::nowhere},
    Block{0xC6336400, 24, Reach::nowhere}, Block{0xCB007100, 24, Reach::nowhere},
    Block{0xE0000000, 3, Reach::nowhere},
};

Reach reach_of_v4(std::uint32_t address) {
    for (const auto& block : blocks) {
        if ((address ^ block.address) >> (32 - block.bits) == 0) return block.reach;
    }
    return Reach::everywhere;
}

std::uint32_t v4_at(const std::uint8_t* bytes) {
    return std::uint32_t(bytes[0]) << 24 | std::uint32_t(bytes[1]) << 16 |
           std::uint32_t(bytes[2]) << 8 | bytes[3];
}

Reach reach_of_v6(const std::uint8_t* b) {
    static constexpr std::uint8_t zeros[16] = {};
    if (std::memcmp(b, zeros, 15) == 0) return b[15] == 1 ? Reach::loopback : Reach::nowhere;
    if (std::memcmp(b, zeros, 10) == 0 && b[10] == 0xFF && b[11] == 0xFF) {
        return reach_of_v4(v4_at(b + 12));
    }
    static constexpr std::uint8_t nat64[12] = {0x00, 0x64, 0xFF, 0x9B};
    if (std::memcmp(b, nat64, 12) == 0) return reach_of_v4(v4_at(b + 12));
    if (b[0] == 0x20 && b[1] == 0x02) return reach_of_v4(v4_at(b + 2));
    if ((b[0] & 0xFE) == 0xFC) return Reach::inside;
    if (b[0] == 0xFE && (b[1] & 0x80) == 0x80) return Reach::inside;  // link-local, site-local
    if (b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0D && b[3] == 0xB8) return Reach::nowhere;
    return (b[0] & 0xE0) == 0x20 ? Reach::everywhere : Reach::nowhere;
}

}  // namespace

Reach reach_of(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in v4;
        std::memcpy(&v4, &address, sizeof v4);
        return reach_of_v4(ntohl(v4.sin_addr.s_addr));
    }
    if (address.sa_family == AF_INET6) {
        sockaddr_in6 v6;
        std::memcpy(&v6, &address, sizeof v6);
        return reach_of_v6(v6.sin6_addr.s6_addr);
    }
    return Reach::nowhere;
}

Reach reach_of(std::string_view address) {
    const std::string text(address);
    in_addr v4;
    if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return reach_of_v4(ntohl(v4.s_addr));
    in6_addr v6;
    if (inet_pton(AF_INET6, text.c_str(), &v6) == 1) return reach_of_v6(v6.s6_addr);
    return Reach::nowhere;
}

}  // namespace quittance::http
