// A status in words (RFC 9110, 15): the title of a problem and the decoration of an answer's first
// line.
#pragma once

#include <string_view>

namespace quittance::http {

// "Not Found" for 404; what we never answer has the words of its class.
std::string_view phrase_of(int status);

}  // namespace quittance::http
