// The reference by which people name a request: "Q-7F3K-92MD". Random, so it tells nobody how many
// requests there are; unique per account, says the database.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace quittance::requests {

// 40 random bits in Crockford's base 32.
std::string random_reference();

// What somebody typed or read out, as it is stored: case, spaces, dashes and the letters I, L and O
// (taken for 1, 1 and 0) do not matter. nullopt when it is no reference.
std::optional<std::string> parse_reference(std::string_view text);

}  // namespace quittance::requests
