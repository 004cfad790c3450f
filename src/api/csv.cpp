#include "api/csv.h"

#include <string_view>

namespace quittance::api {
namespace {

bool looks_like_a_formula(std::string_view value) {
    const auto first = value.find_first_not_of(' ');
    if (first == std::string_view::npos) return false;
    return std::string_view("=+-@\t\r\n").find(value[first]) != std::string_view::npos;
}

std::string field(std::string_view value) {
    std::string text = "\"";
    if (looks_like_a_formula(value)) text += '\'';
    for (const char c : value) {
        if (c == '"') text += '"';
        text += c;
    }
    return text + '"';
}

}  // namespace

std::string csv_line(const std::vector<std::string>& values) {
    std::string line;
    for (const auto& value : values) {
        if (!line.empty()) line += ',';
        line += field(value);
    }
    return line + "\r\n";
}

}  // namespace quittance::api
