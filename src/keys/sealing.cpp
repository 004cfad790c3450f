#include "keys/sealing.h"

#include <sodium.h>

#include "base/digest.h"

namespace quittance::keys {
namespace {

// The first byte of every blob and wrap; the formats of version 1 never change (docs/ledger.md).
constexpr std::string_view version_1("\x01", 1);
constexpr std::size_t id_bytes = 16;

static_assert(nonce_bytes == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(tag_bytes == crypto_aead_xchacha20poly1305_ietf_ABYTES);

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

void append_encrypted(
    std::string& out, const Secret& secret, std::string_view nonce, std::string_view additional,
    std::string_view plain
) {
    const auto start = out.size();
    out.resize(start + plain.size() + tag_bytes);
    unsigned long long written = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        reinterpret_cast<unsigned char*>(out.data() + start), &written, bytes_of(plain),
        plain.size(), bytes_of(additional), additional.size(), nullptr, bytes_of(nonce),
        bytes_of(secret.bytes())
    );
}

std::string decrypt(
    const Secret& secret, std::string_view nonce, std::string_view additional,
    std::string_view cipher
) {
    std::string plain(cipher.size() - tag_bytes, '\0');
    unsigned long long written = 0;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            reinterpret_cast<unsigned char*>(plain.data()), &written, nullptr, bytes_of(cipher),
            cipher.size(), bytes_of(additional), additional.size(), bytes_of(nonce),
            bytes_of(secret.bytes())
        ) != 0) {
        throw Unsealable("a sealed value is damaged or was sealed elsewhere");
    }
    return plain;
}

std::string additional_data(const Place& place) {
    return list({place.account.blob(), place.purpose, place.row, version_1});
}

Place place_of_wrap(AccountId account, const KeyId& id) { return {account, "data key", id.blob()}; }

}  // namespace

Secret::Secret() { random_bytes(bytes_.data(), bytes_.size()); }

Secret::Secret(std::string_view bytes) {
    if (bytes.size() != bytes_.size()) throw std::logic_error("a secret has 32 bytes");
    bytes.copy(bytes_.data(), bytes_.size());
}

Secret::~Secret() { sodium_memzero(bytes_.data(), bytes_.size()); }

std::string list(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const auto part : parts) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            out += static_cast<char>(part.size() >> shift & 0xff);
        }
        out += part;
    }
    return out;
}

std::string seal_with(
    std::string_view nonce, const DataKey& key, const Place& place, std::string_view plain
) {
    std::string blob;
    blob.reserve(1 + id_bytes + nonce_bytes + plain.size() + tag_bytes);
    blob.append(version_1).append(key.id.blob()).append(nonce);
    append_encrypted(blob, key.secret, nonce, additional_data(place), plain);
    return blob;
}

std::string seal(const DataKey& key, const Place& place, std::string_view plain) {
    return seal_with(random_bytes(nonce_bytes), key, place, plain);
}

KeyId key_of(std::string_view sealed) {
    if (sealed.size() < 1 + id_bytes + nonce_bytes + tag_bytes || !sealed.starts_with(version_1)) {
        throw Unsealable("a value that should be sealed is not");
    }
    return {*Uuid::from_blob(sealed.substr(1, id_bytes))};
}

std::string open(const DataKey& key, const Place& place, std::string_view sealed) {
    if (key_of(sealed) != key.id) throw Unsealable("a value was sealed with another key");
    return decrypt(
        key.secret, sealed.substr(1 + id_bytes, nonce_bytes), additional_data(place),
        sealed.substr(1 + id_bytes + nonce_bytes)
    );
}

std::string wrap_with(
    std::string_view nonce, const Secret& epoch_key, AccountId account, const DataKey& key
) {
    std::string wrapped;
    wrapped.append(version_1).append(nonce);
    append_encrypted(
        wrapped, epoch_key, nonce, additional_data(place_of_wrap(account, key.id)),
        key.secret.bytes()
    );
    return wrapped;
}

DataKey unwrap_with(
    const Secret& epoch_key, AccountId account, KeyId id, std::string_view wrapped
) {
    if (wrapped.size() != 1 + nonce_bytes + secret_bytes + tag_bytes ||
        !wrapped.starts_with(version_1)) {
        throw Unsealable("a wrapped data key is damaged");
    }
    auto plain = decrypt(
        epoch_key, wrapped.substr(1, nonce_bytes), additional_data(place_of_wrap(account, id)),
        wrapped.substr(1 + nonce_bytes)
    );
    DataKey key{id, Secret(plain)};
    sodium_memzero(plain.data(), plain.size());
    return key;
}

}  // namespace quittance::keys
