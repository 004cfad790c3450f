#include "base/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <stdexcept>

namespace quittance {
namespace {

// libsodium must be initialised once before its first use; the result is cached by the compiler.
void need_sodium() {
    static const bool ready = sodium_init() >= 0;
    if (!ready) throw std::runtime_error("libsodium could not be initialised");
}

std::string encode(std::string_view bytes, int variant) {
    std::string out(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(
        out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
        variant
    );
    out.pop_back();  // the terminator that libsodium counts
    return out;
}

}  // namespace

void random_bytes(void* out, std::size_t size) {
    need_sodium();
    randombytes_buf(out, size);
}

std::string random_bytes(std::size_t size) {
    std::string out(size, '\0');
    random_bytes(out.data(), size);
    return out;
}

std::string sha256(std::string_view bytes) {
    std::string out(32, '\0');
    unsigned size = 0;
    if (EVP_Digest(
            bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), &size,
            EVP_sha256(), nullptr
        ) != 1) {
        throw std::runtime_error("SHA-256 failed");
    }
    return out;
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
    std::string out(32, '\0');
    unsigned size = 0;
    if (!HMAC(
            EVP_sha256(), key.data(), static_cast<int>(key.size()),
            reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
            reinterpret_cast<unsigned char*>(out.data()), &size
        )) {
        throw std::runtime_error("HMAC-SHA-256 failed");
    }
    return out;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string hex(std::string_view bytes) {
    std::string out(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(
        out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()
    );
    out.pop_back();
    return out;
}

std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string out(text.size() / 2, '\0');
    std::size_t size = 0;
    if (sodium_hex2bin(
            reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(),
            nullptr, &size, nullptr
        ) != 0 ||
        size != out.size()) {
        return std::nullopt;
    }
    return out;
}

std::string base64url(std::string_view bytes) {
    return encode(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::string base64(std::string_view bytes) { return encode(bytes, sodium_base64_VARIANT_ORIGINAL); }

std::optional<std::string> from_base64url(std::string_view text) {
    std::string out(text.size(), '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    if (sodium_base642bin(
            reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(),
            nullptr, &size, &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING
        ) != 0 ||
        end != text.data() + text.size()) {
        return std::nullopt;
    }
    out.resize(size);
    return out;
}

std::string random_token() { return base64url(random_bytes(32)); }

}  // namespace quittance
