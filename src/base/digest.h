// Digests, random bytes and the encodings that carry them. Hashes are OpenSSL's, randomness is
// libsodium's. A failing library is a fault (std::runtime_error), never a weak answer.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace quittance {

void random_bytes(void* out, std::size_t size);
std::string random_bytes(std::size_t size);

// 32 raw bytes each. SHA-256 is FIPS 180-4, HMAC is RFC 2104.
std::string sha256(std::string_view bytes);
std::string hmac_sha256(std::string_view key, std::string_view bytes);

// Takes the same time wherever they differ; false at once when the lengths differ.
bool equal_in_constant_time(std::string_view a, std::string_view b);

std::string hex(std::string_view bytes);
std::optional<std::string> from_hex(std::string_view text);
// RFC 4648 section 5, without padding. nullopt for anything but the canonical spelling.
std::string base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);
// RFC 4648 section 4, with padding.
std::string base64(std::string_view bytes);

// An unguessable link part: 32 random bytes as base64url (43 characters).
std::string random_token();

}  // namespace quittance
