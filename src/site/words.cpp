#include "site/words.h"

#include <algorithm>
#include <stdexcept>

#include "base/template_text.h"

namespace quittance::site {

std::string words(std::string_view name, const boost::json::object& values) {
    const auto texts = made_texts();
    const auto found = std::ranges::lower_bound(texts, name, {}, &Made::name);
    if (found == texts.end() || found->name != name) {
        throw std::logic_error("the public pages have no text " + std::string(name));
    }
    return fill(found->text, values, Escape::plain_text);
}

std::string long_form(Day day) {
    const auto month = static_cast<unsigned>(day.month());
    return words(
        "date", {{"day", std::to_string(static_cast<unsigned>(day.day()))},
                 {"month", words("month." + std::to_string(month))},
                 {"year", static_cast<int>(day.year())}}
    );
}

}  // namespace quittance::site
