#include "people/texts.h"

#include <algorithm>

namespace quittance::people {
namespace {

void check(
    std::vector<FieldError>& errors, std::string_view at, std::string_view text, std::size_t least,
    std::size_t most, std::string_view allowed
) {
    const auto forbidden = [&](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < ' ' || byte == 0x7f) && allowed.find(c) == std::string_view::npos;
    };
    const std::string field(at);
    if (!normal_form_c(text) || std::ranges::any_of(text, forbidden)) {
        errors.push_back({field, "bad_text"});
    } else if (characters(trimmed(text)) < least) {
        errors.push_back({field, "required"});
    } else if (characters(trimmed(text)) > most) {
        errors.push_back({field, "too_long", {{"most", std::to_string(most)}}});
    }
}

}  // namespace

void check_line(
    std::vector<FieldError>& errors, std::string_view at, std::string_view text, std::size_t least,
    std::size_t most
) {
    check(errors, at, text, least, most, "");
}

void check_lines(
    std::vector<FieldError>& errors, std::string_view at, std::string_view text, std::size_t least,
    std::size_t most
) {
    check(errors, at, text, least, most, "\r\n\t");
}

std::optional<EmailAddress> check_email(
    std::vector<FieldError>& errors, std::string_view at, std::string_view email
) {
    auto address = EmailAddress::parse(email);
    if (!address) errors.push_back({std::string(at), "not_an_email"});
    return address;
}

}  // namespace quittance::people
