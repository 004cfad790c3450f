#include "base/languages.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "base/tables.h"
#include "base/template_text.h"

namespace quittance {
namespace {

using namespace std::chrono_literals;

TEST(Languages, are_nine_and_english_is_the_first) {
    std::string tags;
    for (const auto& language : languages()) tags += std::string(language.tag) + " ";
    EXPECT_EQ(tags, "en de fr es pt it nl pl he ");
    EXPECT_EQ(language("he")->dir, "rtl");
    EXPECT_EQ(language("he")->name, "עברית");
    EXPECT_EQ(language("DE"), nullptr);
    EXPECT_EQ(language(""), nullptr);
}

TEST(Languages, are_found_by_any_tag_that_means_them) {
    for (const auto& [tag, meant] :
         {std::pair{"de-AT", "de"},
          {"PT-br", "pt"},
          {"iw", "he"},
          {"IW-IL", "he"},
          {"fr", "fr"},
          {"nl-Latn-BE", "nl"}}) {
        ASSERT_NE(nearest_language(tag), nullptr) << tag;
        EXPECT_EQ(nearest_language(tag)->tag, meant) << tag;
    }
    for (const auto* tag : {"", "-", "deu", "ja", "*", "e", "zh-Hans"}) {
        EXPECT_EQ(nearest_language(tag), nullptr) << tag;
        EXPECT_EQ(spoken_language(tag).tag, "en") << tag;
    }
}

TEST(Languages, write_a_day_in_long_form) {
    const Day day = 2026y / 11 / 24;
    const Day first = 2027y / 2 / 1;
    for (const auto& [tag, one, other] :
         {std::tuple{"en", "24 November 2026", "1 February 2027"},
          {"de", "24. November 2026", "1. Februar 2027"},
          {"fr", "24 novembre 2026", "1er février 2027"},
          {"es", "24 de noviembre de 2026", "1 de febrero de 2027"},
          {"pt", "24 de novembro de 2026", "1 de fevereiro de 2027"},
          {"it", "24 novembre 2026", "1º febbraio 2027"},
          {"nl", "24 november 2026", "1 februari 2027"},
          {"pl", "24 listopada 2026", "1 lutego 2027"},
          {"he", "24 בנובמבר 2026", "1 בפברואר 2027"},
          {"xx", "24 November 2026", "1 February 2027"}}) {
        EXPECT_EQ(long_form(day, tag), one);
        EXPECT_EQ(long_form(first, tag), other);
    }
}

TEST(Languages, call_and_sort_the_countries_as_they_do) {
    for (const auto& language : languages()) {
        std::set<std::string_view> codes;
        const auto names = laws::country_names(language.tag);
        for (const auto& country : names) {
            codes.insert(country.code);
            EXPECT_NE(laws::country(country.code), nullptr) << country.code;
            EXPECT_FALSE(country.name.empty());
        }
        EXPECT_EQ(codes.size(), laws::countries().size()) << language.tag;
    }
    EXPECT_EQ(laws::country_names("de")[1].name, "Ägypten");
    EXPECT_EQ(laws::country_name("DE", "pl"), "Niemcy");
    EXPECT_EQ(laws::country_name("DE", "pt-BR"), "Alemanha");
    EXPECT_EQ(laws::country_name("XX", "de"), "");
}

TEST(Languages, say_every_type_ground_and_complaint_without_leftovers) {
    const auto whole = [](std::string_view text, std::string_view what) {
        for (const auto* flaw : {"{{", "}}", "  ", " .", "()"}) {
            EXPECT_EQ(text.find(flaw), std::string_view::npos) << what << ": " << text;
        }
        EXPECT_FALSE(text.empty()) << what;
    };
    for (const auto& language : languages()) {
        for (const auto& type : laws::request_types()) {
            whole(type.name.in(language.tag), type.id);
            whole(type.say.in(language.tag), type.id);
        }
        for (const auto& ground : laws::grounds()) {
            const auto say = ground.say.in(language.tag);
            whole(fill(say, {}, Escape::plain_text), ground.id);
            whole(fill(say, {{"until", "2031"}}, Escape::plain_text), ground.id);
        }
        for (const auto& one : laws::authorities()) whole(one.say.in(language.tag), one.country);
    }
    EXPECT_EQ(
        laws::authority("AT")->say.in("de-AT"),
        "Wenn Sie mit unserer Antwort nicht zufrieden sind, können Sie sich bei folgender Stelle "
        "beschweren: Österreichische Datenschutzbehörde (https://www.dsb.gv.at). Sie können auch "
        "vor Gericht gehen."
    );
}

}  // namespace
}  // namespace quittance
