#include "requests/texts.h"

#include <algorithm>

#include "base/email_address.h"

namespace quittance::requests {

void check_text(
    std::vector<FieldError>& errors, std::string_view at, std::string_view text, std::size_t least,
    std::size_t most
) {
    const auto inner = trimmed(text);
    const bool control = std::ranges::any_of(inner, [](unsigned char c) {
        return (c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f;
    });
    if (control || !normal_form_c(inner)) {
        errors.push_back({std::string(at), "bad_text"});
    } else if (least > 0 && inner.empty()) {
        errors.push_back({std::string(at), "required"});
    } else if (characters(inner) > most) {
        errors.push_back({std::string(at), "too_long", {{"most", std::to_string(most)}}});
    }
}

void check_one_line(std::vector<FieldError>& errors, std::string_view at, std::string_view text) {
    if (trimmed(text).find_first_of("\r\n") == std::string_view::npos) return;
    errors.push_back({std::string(at), "one_line"});
}

}  // namespace quittance::requests
