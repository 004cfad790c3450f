// E-mail addresses: what we accept and the normal form by which two spellings are one address.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace quittance {

struct EmailAddress {
    // As written, trimmed: what mail is sent to and what people see.
    std::string written;
    // NFC, lower case, the domain as IDNA A-label (RFC 5891); dots and plus-parts are kept. What
    // look-up hashes are made of (docs/ledger.md): it can never change.
    std::string normal;

    std::string_view domain() const {
        return std::string_view(normal).substr(normal.rfind('@') + 1);
    }

    // nullopt unless `text` is one mailbox: at most 254 bytes, a local part of 1 to 64 bytes
    // without white space, control characters, quotes or angle brackets, and a domain of at least
    // two labels that IDNA accepts.
    static std::optional<EmailAddress> parse(std::string_view text);
};

// UTF-8 in Unicode normal form C; nullopt when `text` is not valid UTF-8.
std::optional<std::string> normal_form_c(std::string_view text);
// Unicode lower case, without a language.
std::string lower_case(std::string_view text);
// Number of code points; `text` must be valid UTF-8.
std::size_t characters(std::string_view text);
// Without leading and trailing white space (ASCII and no-break space).
std::string_view trimmed(std::string_view text);

}  // namespace quittance
