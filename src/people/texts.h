// The checks of texts that people type here.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/email_address.h"
#include "base/refusal.h"

namespace quittance::people {

// Adds `required`, `too_long` or `bad_text` (no UTF-8, control characters) for the field `at`.
// Counted in characters, without white space at the ends.
void check_line(
    std::vector<FieldError>& errors, std::string_view at, std::string_view text, std::size_t least,
    std::size_t most
);
// The same, with line breaks allowed.
void check_lines(
    std::vector<FieldError>& errors, std::string_view at, std::string_view text, std::size_t least,
    std::size_t most
);
// The address, or a field error `not_an_email`.
std::optional<EmailAddress> check_email(
    std::vector<FieldError>& errors, std::string_view at, std::string_view email
);

}  // namespace quittance::people
