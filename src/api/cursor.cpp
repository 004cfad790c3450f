#include "api/cursor.h"

#include "base/digest.h"

namespace quittance::api {
namespace {

constexpr std::size_t value_size = 8;
constexpr std::size_t id_size = 16;
constexpr std::size_t mac_size = 16;

std::string mac(
    keys::KeyRing& keys, AccountId account, std::string_view list, std::string_view position
) {
    std::string all(list);
    all += '\0';
    all += position;
    return keys.account_hash(account, "cursor", all).substr(0, mac_size);
}

}  // namespace

std::string write_cursor(
    keys::KeyRing& keys, AccountId account, std::string_view list, const Cursor& cursor
) {
    std::string position;
    const auto value = static_cast<std::uint64_t>(cursor.value);
    for (int shift = 56; shift >= 0; shift -= 8) {
        position += static_cast<char>((value >> shift) & 0xff);
    }
    position += cursor.id.blob();
    return base64url(position + mac(keys, account, list, position));
}

std::optional<Cursor> read_cursor(
    keys::KeyRing& keys, AccountId account, std::string_view list, std::string_view text
) {
    const auto bytes = from_base64url(text);
    if (!bytes || bytes->size() != value_size + id_size + mac_size) return std::nullopt;
    const auto position = std::string_view(*bytes).substr(0, value_size + id_size);
    if (!equal_in_constant_time(
            mac(keys, account, list, position),
            std::string_view(*bytes).substr(value_size + id_size)
        )) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    for (const char c : position.substr(0, value_size)) {
        value = (value << 8) | static_cast<unsigned char>(c);
    }
    return Cursor{static_cast<std::int64_t>(value), *Uuid::from_blob(position.substr(value_size))};
}

}  // namespace quittance::api
