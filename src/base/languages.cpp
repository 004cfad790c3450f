#include "base/languages.h"

#include <algorithm>

#include "base/template_text.h"

// The table itself is made by the build: cmake/made_tables.cpp.
namespace quittance {
namespace {

// RFC 5646, 2.1.1: case means nothing in a tag.
std::string lower(std::string_view tag) {
    std::string out(tag);
    for (auto& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

}  // namespace

const Language* language(std::string_view tag) {
    const auto all = languages();
    const auto found = std::ranges::find(all, tag, &Language::tag);
    return found == all.end() ? nullptr : &*found;
}

const Language* nearest_language(std::string_view tag) {
    const auto first = lower(tag.substr(0, tag.find('-')));
    // Old systems still say iw, the code that Hebrew had until 1989.
    return language(first == "iw" ? "he" : first);
}

const Language& spoken_language(std::string_view tag) {
    const auto* found = nearest_language(tag);
    return found ? *found : languages().front();
}

std::string long_form(Day day, std::string_view tag) {
    const auto& spoken = spoken_language(tag);
    const auto number = static_cast<unsigned>(day.day());
    const bool first = number == 1 && !spoken.first_day.empty();
    return fill(
        spoken.date,
        {{"day", first ? std::string(spoken.first_day) : std::to_string(number)},
         {"month", spoken.months.at(static_cast<unsigned>(day.month()) - 1)},
         {"year", static_cast<int>(day.year())}},
        Escape::plain_text
    );
}

std::string_view Said::in(std::string_view tag) const {
    const auto at = &spoken_language(tag) - languages().data();
    return in_languages.at(static_cast<std::size_t>(at));
}

}  // namespace quittance
