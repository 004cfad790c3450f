// How long the texts of a request may be, and the check that says so.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.h"

namespace quittance::requests {

// Characters (code points), as CONTRACT.md gives them.
inline constexpr std::size_t name_characters = 200;
inline constexpr std::size_t subject_characters = 300;
inline constexpr std::size_t message_characters = 100'000;
inline constexpr std::size_t detail_fields = 50;
inline constexpr std::size_t detail_characters = 10'000;
inline constexpr std::size_t reason_characters = 2'000;

// Adds `required`, `too_long` or `bad_text` (no UTF-8, or control characters other than tab and
// line breaks) for the field `at`. Counted without white space at the ends.
void check_text(
    std::vector<FieldError>& errors, std::string_view at, std::string_view text, std::size_t least,
    std::size_t most
);

// Adds `one_line` when there is a line break inside.
void check_one_line(std::vector<FieldError>& errors, std::string_view at, std::string_view text);

// "a, b, c".
template <class Names>
std::string listed(const Names& names) {
    std::string all;
    for (const auto& name : names) all += (all.empty() ? "" : ", ") + std::string(name);
    return all;
}

}  // namespace quittance::requests
