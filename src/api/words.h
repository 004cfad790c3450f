// What every refusal code says to a person, in English: what happened and what to do.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace quittance::api {

struct CodeWords {
    std::string_view code;
    std::string_view words;  // {name} is filled with the parameter of that name
};
// By code.
std::span<const CodeWords> all_words();

// http::Words. "" for a code that is not in the table.
std::string words(std::string_view code, const std::map<std::string, std::string>& params);

}  // namespace quittance::api
