// Passwords: the rules for new ones, and their hashes (argon2id, RFC 9106, libsodium's PHC text).
//
// One hash takes 64 MiB and two passes (libsodium's "interactive", about 0.1 s of one core); at
// most three are made at the same time in this process (192 MiB), further callers wait, at most
// 32 of them and ten seconds each: then Refusal 503 `busy` with Retry-After. So hash outside a Tx.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.h"

namespace quittance::people {

inline constexpr std::size_t password_characters_least = 12;
inline constexpr std::size_t password_characters_most = 128;

// Whose password it would be: it must not be made of these.
struct PasswordOwner {
    std::string name;
    std::string email;
    std::string company;  // may be empty
};

// What is wrong with a new password, for the field `at` ("/password"): `bad_text` (no UTF-8, or
// control characters), `password_too_short`, `password_too_long`, `password_too_common`,
// `password_names_you`. Nobody outside is asked.
//
// Compared without case, blanks and the digits and signs at both ends. Too common: it, or what is
// left of it, is one of the 10,000 commonest (people/common_passwords.txt), or two of them in a
// row, or one character or one of them repeated. Names you: what is left is nothing but the name,
// a word of it, the address, a part of it, the company or the product, in any order.
std::vector<FieldError> password_flaws(
    std::string_view at, std::string_view password, const PasswordOwner& owner
);

// A hash, so that whoever takes one cannot be handed a password.
struct PasswordHash {
    std::string text;
};
PasswordHash hash_password(std::string_view password);

// nullopt is somebody whom we do not know or who has no password: takes as long as a wrong
// password, and is wrong. So is a password over 128 characters.
bool password_matches(const std::optional<PasswordHash>& hash, std::string_view password);

}  // namespace quittance::people
