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

TEST(TemplateText, with_a_section_inside_itself_is_refused) {
    const std::set<std::string> known{"places", "name"};
    EXPECT_FALSE(check_template("{{#places}}{{name}}{{/places}}{{#places}}-{{/places}}", known));
    for (const auto* text :
         {"{{#places}}{{#places}}x{{/places}}{{/places}}",
          "{{#places}}{{#name}}{{#places}}{{/places}}{{/name}}{{/places}}",
          "{{^places}}{{^places}}{{/places}}{{/places}}"}) {
        const auto flaw = check_template(text, known);
        ASSERT_TRUE(flaw) << text;
        EXPECT_EQ(flaw->code, "template_syntax");
    }
}

TEST(TemplateText, does_not_grow_without_end) {
    boost::json::array many;
    for (int i = 0; i < 100; ++i) many.push_back(boost::json::object{{"name", "x"}});
    const boost::json::object values{{"places", many}, {"kept", many}};
    const auto text = "{{#places}}{{#kept}}" + std::string(10'000, 'a') + "{{/kept}}{{/places}}";
    EXPECT_THROW(fill(text, values, Escape::plain_text), std::length_error);
}

}  // namespace
}  // namespace quittance
