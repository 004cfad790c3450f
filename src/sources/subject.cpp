#include "sources/subject.h"

#include <algorithm>

#include "base/email_address.h"

namespace quittance::sources {
namespace {

constexpr std::size_t value_bytes_max = 254;
constexpr std::size_t identifiers_max = 20;

// What forms and imports write where a value is missing: it finds everybody without one.
constexpr std::string_view nobody[]{"null",      "nil",     "none",  "n/a",       "na",   "nan",
                                    "undefined", "unknown", "empty", "anonymous", "true", "false"};

bool is_kind(std::string_view kind) {
    return !kind.empty() && kind.size() <= 40 && std::ranges::all_of(kind, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

bool selects_somebody(std::string_view value) {
    if (value.empty() || value.size() > value_bytes_max || !normal_form_c(value)) return false;
    bool word = false;
    for (const unsigned char c : value) {
        if (c < 0x20 || c == 0x7F || c == '*' || c == '%') return false;
        word = word || c >= 0x80 || std::isalnum(c);
    }
    const auto lower = lower_case(value);
    return word && std::ranges::find(nobody, lower) == std::end(nobody);
}

}  // namespace

std::optional<Identifier> Identifier::make(std::string_view kind, std::string_view value) {
    value = trimmed(value);
    if (!is_kind(kind) || !selects_somebody(value)) return std::nullopt;
    if (kind != "email") {
        return Identifier(std::string(kind), std::string(value), {std::string(value)});
    }
    const auto address = EmailAddress::parse(value);
    if (!address) return std::nullopt;
    std::vector<std::string> spellings{lower_case(address->written)};
    if (address->normal != spellings[0]) spellings.push_back(address->normal);
    return Identifier("email", address->written, std::move(spellings));
}

std::optional<Subject> Subject::of(std::vector<Identifier> identifiers) {
    if (identifiers.empty() || identifiers.size() > identifiers_max) return std::nullopt;
    return Subject(std::move(identifiers));
}

bool Subject::has(std::string_view kind) const {
    return std::ranges::any_of(identifiers_, [&](const Identifier& one) {
        return one.kind() == kind;
    });
}

}  // namespace quittance::sources
