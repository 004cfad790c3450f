#include "http/percent.h"

#include <glib.h>

namespace quittance::http {
namespace {

constexpr std::size_t form_parts_max = 1'000;

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text, Plus plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus == Plus::is_space) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_value(text[i + 1]);
            const int low = hex_value(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high << 4 | low);
            i += 2;
        }
    }
    // With a length given, GLib counts a NUL as invalid, too.
    if (!g_utf8_validate_len(out.data(), out.size(), nullptr)) return std::nullopt;
    return out;
}

std::optional<std::vector<std::pair<std::string, std::string>>> form_decoded(std::string_view text
) {
    std::vector<std::pair<std::string, std::string>> out;
    while (!text.empty()) {
        const auto part = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(part.size() + 1, text.size()));
        if (part.empty()) continue;
        const auto equals = std::min(part.find('='), part.size());
        auto name = percent_decoded(part.substr(0, equals), Plus::is_space);
        auto value = percent_decoded(
            equals == part.size() ? std::string_view() : part.substr(equals + 1), Plus::is_space
        );
        if (!name || !value || out.size() == form_parts_max) return std::nullopt;
        out.emplace_back(std::move(*name), std::move(*value));
    }
    return out;
}

}  // namespace quittance::http
