// Percent-encoding (RFC 3986, 2.1) and the form encoding of the WHATWG URL standard.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quittance::http {

enum class Plus { is_plus, is_space };

// Decodes once. nullopt when a % is not followed by two hexadecimal digits, or when what comes out
// holds a NUL or is not UTF-8.
std::optional<std::string> percent_decoded(std::string_view text, Plus plus = Plus::is_plus);

// "a=1&b=x+y" → pairs in order; a part without "=" has an empty value, empty parts are skipped.
// nullopt when any part cannot be decoded or there are more than 1,000.
std::optional<std::vector<std::pair<std::string, std::string>>> form_decoded(std::string_view text);

}  // namespace quittance::http
