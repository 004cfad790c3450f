#include "site/words.h"

#include <algorithm>
#include <stdexcept>

#include "base/template_text.h"

namespace quittance::site {

std::string words(
    const Language& language, std::string_view name, const boost::json::object& values
) {
    const auto texts = made_texts(language);
    const auto found = std::ranges::lower_bound(texts, name, {}, &Made::name);
    if (found == texts.end() || found->name != name) {
        throw std::logic_error("the public pages have no text " + std::string(name));
    }
    return fill(found->text, values, Escape::plain_text);
}

}  // namespace quittance::site
