// Filling a template: logic-less mustache for letters and pages. The only place that knows the
// mustache library.
#pragma once

#include <boost/json/value.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace quittance {

enum class Escape { html, plain_text };

// Partials by name: `{{> footer}}`.
using Partials = std::map<std::string, std::string, std::less<>>;

// Fills `text` with `values` (objects, arrays, strings, integers, booleans). Values are escaped for
// where they land and never expanded again; a name that has no value vanishes. A template that does
// not parse, or that grows beyond 8 MB, is a fault: check() it before it is stored.
std::string fill(
    std::string_view text, const boost::json::object& values, Escape escape,
    const Partials& partials = {}
);

// What is wrong with a template that somebody wrote, or nullopt when nothing is.
struct TemplateFlaw {
    std::string code;  // template_syntax, template_unknown_variable, template_forbidden_tag
    std::string what;  // the variable or the library's message
};
// `known` are the variables it may use; unescaped tags, partials and other delimiters are refused,
// and so is a section inside a section of the same name.
std::optional<TemplateFlaw> check_template(
    std::string_view text, const std::set<std::string>& known
);

// The names of the variables and sections in `text`.
std::set<std::string> variables_of(std::string_view text);

}  // namespace quittance
