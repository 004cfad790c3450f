#include "site/choice.h"

#include <optional>
#include <string>

namespace quittance::site {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

// What stands before `mark`; `text` keeps what stands behind it.
std::string_view cut(std::string_view& text, char mark) {
    const auto at = text.find(mark);
    const auto part = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
    return trimmed(part);
}

// Thousandths: "0.8" is 800. nullopt for what is no weight (RFC 9110, 12.4.2).
std::optional<int> weight(std::string_view text) {
    if (text.empty()) return 1000;
    if (!text.starts_with("q=") && !text.starts_with("Q=")) return std::nullopt;
    text.remove_prefix(2);
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
    int value = (text[0] - '0') * 1000;
    if (text.size() > 1 && text[1] != '.') return std::nullopt;
    int worth = 100;
    for (const char c : text.substr(text.size() > 1 ? 2 : 1)) {
        if (c < '0' || c > '9') return std::nullopt;
        value += (c - '0') * worth;
        worth /= 10;
    }
    if (value > 1000) return std::nullopt;
    return value;
}

}  // namespace

const Language* chosen_language(const http::Call& call) {
    const auto found = call.query.find("lang");
    return found == call.query.end() ? nullptr : language(found->second);
}

const Language& accepted_language(std::string_view field) {
    const Language* best = nullptr;
    int most = 0;
    while (!field.empty()) {
        auto item = cut(field, ',');
        const auto tag = cut(item, ';');
        const auto wanted = weight(trimmed(item)).value_or(0);
        const auto* spoken = nearest_language(tag);
        if (!spoken || wanted <= most) continue;
        best = spoken;
        most = wanted;
    }
    return best ? *best : languages().front();
}

const Language& language_of(const http::Call& call) {
    const auto* chosen = chosen_language(call);
    if (chosen) return *chosen;
    return accepted_language(call.headers.find("accept-language").value_or(""));
}

}  // namespace quittance::site
