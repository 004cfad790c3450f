#include "base/template_text.h"

#include <gtest/gtest.h>

namespace quittance {
namespace {

TEST(TemplateText, is_filled_and_what_was_typed_is_escaped) {
    EXPECT_EQ(fill("<b>{{name}}</b>", {{"name", "<i>"}}, Escape::html), "<b>&lt;i&gt;</b>");
    EXPECT_EQ(fill("{{name}}", {{"name", "R&D"}}, Escape::plain_text), "R&D");
}

TEST(TemplateText, puts_parts_into_parts_with_the_values_of_the_page) {
    const Partials parts{{"head", "{{> inner}}!"}, {"inner", "{{title}}"}};
    EXPECT_EQ(fill("{{> head}}", {{"title", "Hello"}}, Escape::html, parts), "Hello!");
}

TEST(TemplateText, lets_a_value_have_the_name_of_a_part) {
    const Partials parts{{"message", "the part"}};
    EXPECT_EQ(fill("{{message}}", {{"message", "typed"}}, Escape::html, parts), "typed");
    EXPECT_EQ(fill("{{> message}}", {{"message", "typed"}}, Escape::html, parts), "the part");
}

TEST(TemplateText, hides_the_section_of_an_empty_value_with_the_lines_of_its_tags) {
    EXPECT_EQ(fill("a\n{{#x}}\nb\n{{/x}}\nc", {{"x", ""}}, Escape::plain_text), "a\nc");
}

}  // namespace
}  // namespace quittance
