// The request target (RFC 9112, 3.2) of a call: its path and its query.
#pragma once

#include <string_view>

#include "http/call.h"

namespace quittance::http {

// Sets call.path and call.query from "/api/v1/requests?stage=review" (or the absolute form that a
// proxy sends). Decodes once and refuses what two programs could read in two ways:
//   400 malformed_target     a bad percent-encoding, NUL or control characters, not UTF-8, "." or
//                            ".." as a part, a slash or backslash in disguise, a fragment
//   400 duplicate_parameter  the same query parameter twice
void set_target(Call& call, std::string_view target);

}  // namespace quittance::http
