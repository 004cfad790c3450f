// In which language a page answers. No cookie: the choice travels in the address, and a request
// remembers the language in which it was made.
#pragma once

#include <string_view>

#include "base/languages.h"
#include "http/call.h"

namespace quittance::site {

// What ?lang= names, when the house speaks it; nullptr otherwise.
const Language* chosen_language(const http::Call& call);
// Of the languages in an Accept-Language field (RFC 9110, 12.5.4) the one that is wanted most and
// that the house speaks; of equals the first. English when there is none.
const Language& accepted_language(std::string_view field);
// The chosen one, or else the accepted one.
const Language& language_of(const http::Call& call);

}  // namespace quittance::site
