#include "requests/reference.h"

#include "base/digest.h"

namespace quittance::requests {
namespace {

constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

std::string with_dashes(std::string_view eight) {
    return "Q-" + std::string(eight.substr(0, 4)) + "-" + std::string(eight.substr(4));
}

}  // namespace

std::string random_reference() {
    std::string eight;
    for (const char byte : random_bytes(8)) {
        eight += letters[static_cast<unsigned char>(byte) % letters.size()];
    }
    return with_dashes(eight);
}

std::optional<std::string> parse_reference(std::string_view text) {
    std::string found;
    for (char c : text) {
        if (c == '-' || c == ' ') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        found += c;
    }
    if (found.size() == 9 && found.front() == 'Q') found.erase(0, 1);
    if (found.size() != 8) return std::nullopt;
    for (char& c : found) {
        if (c == 'I' || c == 'L') c = '1';
        if (c == 'O') c = '0';
        if (letters.find(c) == std::string_view::npos) return std::nullopt;
    }
    return with_dashes(found);
}

}  // namespace quittance::requests
