// The words and templates of the public pages, as the build put them into the binary
// (cmake/made_pages.cpp out of pages/site and pages/texts). Views live for ever.
#pragma once

#include <boost/json.hpp>

#include <span>
#include <string>
#include <string_view>

#include "base/languages.h"

namespace quittance::site {

struct Made {
    std::string_view name;
    std::string_view text;
};
std::span<const Made> made_pages(const Language& language);  // by name
std::span<const Made> made_texts(const Language& language);  // by name

// The text of that name with its values filled in, as plain text. A fault when there is none.
std::string words(
    const Language& language, std::string_view name, const boost::json::object& values = {}
);

}  // namespace quittance::site
