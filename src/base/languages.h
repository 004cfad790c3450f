// The languages that requesters read and are written to in (pages/languages.yaml). Agents read
// English. Made by the build; views live for ever.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace quittance {

struct Language {
    std::string_view tag;   // "de"
    std::string_view name;  // in the language itself: "Deutsch"
    std::string_view dir;   // ltr or rtl
    std::string_view date;  // mustache with day, month and year
    std::string_view first_day;
    std::array<std::string_view, 12> months;  // as they stand in `date`
};
std::span<const Language> languages();  // English first

// By exact tag; nullptr for one that the house does not speak.
const Language* language(std::string_view tag);
// The one that a BCP 47 tag means: "pt-BR" is Portuguese, "iw" Hebrew; nullptr for others.
const Language* nearest_language(std::string_view tag);
// The same, with English for what the house does not speak.
const Language& spoken_language(std::string_view tag);

// "24 November 2026" in the language that spoken_language() gives.
std::string long_form(Day day, std::string_view tag);

// The same words in every language.
struct Said {
    std::vector<std::string_view> in_languages;  // in the order of languages()

    // In the language that spoken_language() gives.
    std::string_view in(std::string_view tag) const;
};

}  // namespace quittance
