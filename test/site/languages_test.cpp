#include "base/tables.h"
#include "site/choice.h"
#include "test/site/browser.h"

namespace quittance::site {
namespace {

class PageLanguages : public PublicPages {};
INSTANTIATE_TEST_SUITE_P(databases, PageLanguages, test::both(), test::name_of);

std::string shell(const Language& language) {
    return "<html lang=\"" + std::string(language.tag) + "\" dir=\"" + std::string(language.dir) +
           "\">";
}

TEST(AcceptLanguage, chooses_what_is_wanted_most_of_what_we_speak) {
    for (const auto& [field, chosen] :
         {std::pair{"de", "de"},
          {"de-CH,fr-CH;q=0.8", "de"},
          {"fr;q=0.7, de;q=0.8", "de"},
          {"fr;q=0.8,de;q=0.8", "fr"},
          {"ja, pt-BR;q=0.5, en;q=0.3", "pt"},
          {"iw-IL", "he"},
          {"he", "he"},
          {"NL-be", "nl"},
          {"ja, ko;q=0.5", "en"},
          {"*", "en"},
          {"de;q=0, pl;q=0.001", "pl"},
          {"de;q=0", "en"},
          {"pl ; q=0.9 , it", "it"},
          {"", "en"},
          {",,;q=1,", "en"},
          {"de;q=2, it", "it"},
          {"de;q=x, it;q=0.1", "it"},
          {"de;q=0.12345, it;q=0.1", "it"},
          {"de;level=1, it;q=0.1", "it"},
          {"../../etc/passwd", "en"},
          {"\xff\xfe", "en"}}) {
        EXPECT_EQ(accepted_language(field).tag, chosen) << field;
    }
    std::string many;
    for (int i = 0; i < 5000; ++i) many += "xx;q=0.9,";
    EXPECT_EQ(accepted_language(many + "es").tag, "es");
}

TEST_P(PageLanguages, every_form_has_its_words_its_direction_and_links_to_the_others) {
    for (const auto& language : languages()) {
        const auto tag = std::string(language.tag);
        const auto page = browser->get("/privacy", {{"accept-language", tag}});
        EXPECT_EQ(page.status, 200);
        EXPECT_TRUE(has(page.body, shell(language))) << tag;
        EXPECT_TRUE(has(page.body, laws::request_type("erase")->name.in(tag))) << tag;
        EXPECT_TRUE(
            has(page.body, "<option value=\"DE\">" + std::string(laws::country_name("DE", tag)))
        ) << tag;
        for (const auto& other : languages()) {
            const bool here = other.tag == language.tag;
            const auto link = "<a href=\"?lang=" + std::string(other.tag) + "\"";
            EXPECT_EQ(has(page.body, link), !here) << tag << " " << other.tag;
            EXPECT_TRUE(has(page.body, other.name)) << tag << " " << other.tag;
        }
        EXPECT_TRUE(has(page.body, "action=\"/privacy?lang=" + tag + "\""));
        for (const auto* flaw : {"[[", "{{", "}}", "]]"}) EXPECT_FALSE(has(page.body, flaw));
        EXPECT_FALSE(page.headers.find("set-cookie"));
        EXPECT_EQ(
            browser->get("/privacy?lang=" + tag, {{"accept-language", "fr"}}).body, page.body
        );
    }
    const auto unknown = browser->get("/privacy?lang=ja", {{"accept-language", "pl"}});
    EXPECT_TRUE(has(unknown.body, "<html lang=\"pl\""));
}

TEST_P(PageLanguages, a_change_of_language_loses_nothing_that_was_typed) {
    auto form = filled();
    set(form, "email", "no address");
    auto page = browser->post("/privacy?lang=de", form);
    EXPECT_EQ(page.status, 422);
    EXPECT_TRUE(has(page.body, "<title>Fehler: "));
    EXPECT_TRUE(has(page.body, "<button form=\"request\" name=\"switch\" value=\"he\""));
    set(form, "switch", "he");
    const auto before = house->rows();
    page = browser->post("/privacy?lang=de", form);
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(has(page.body, "<html lang=\"he\" dir=\"rtl\">"));
    EXPECT_TRUE(has(page.body, "value=\"no address\""));
    EXPECT_TRUE(has(page.body, "Customer 40-118-277"));
    EXPECT_TRUE(has(page.body, "action=\"/privacy?lang=he\""));

    form = filled();
    set(form, "country", "US");
    set(form, "step", "region");
    set(form, "region", "US-CA");
    set(form, "switch", "fr");
    page = browser->post("/privacy?lang=de", form);
    EXPECT_TRUE(has(page.body, "<html lang=\"fr\""));
    EXPECT_TRUE(has(page.body, "<option value=\"US-CA\" selected>"));
    EXPECT_TRUE(has(page.body, "name=\"message\" value=\"Customer 40-118-277\""));
    EXPECT_EQ(house->rows(), before);
}

TEST_P(PageLanguages, a_german_request_has_a_german_letter_and_a_german_own_page) {
    const auto sent = browser->post("/privacy?lang=de", filled());
    ASSERT_EQ(sent.status, 303);
    // Whatever another browser prefers: the request remembers.
    const test::Fields polish{{"accept-language", "pl"}};
    EXPECT_TRUE(has(browser->get(location(sent), polish).body, "Noch ein Schritt"));
    const auto text = letter();
    EXPECT_TRUE(has(text, "Guten Tag,")) << text;
    const auto link = link_in(text, "/confirm/");
    EXPECT_TRUE(has(browser->get(link, polish).body, "Ist das Ihre Adresse?"));
    const auto own = location(browser->post(link, {{"press", "1"}}, polish));
    EXPECT_TRUE(has(browser->get(own, polish).body, "Wir prüfen Ihre Anfrage"));
    EXPECT_TRUE(has(browser->get(own, polish).body, "Meine Daten löschen"));
    EXPECT_TRUE(has(letter(), "Guten Tag Mara Lindqvist,"));

    const auto other = browser->get(own + "?lang=es", polish).body;
    EXPECT_TRUE(has(other, "Estamos revisando su solicitud"));
    EXPECT_TRUE(has(other, "/withdraw?lang=es\""));
    const auto kept = browser->post(own + "/withdraw?lang=es", {}, polish);
    EXPECT_EQ(location(kept), own + "?lang=es");
}

TEST_P(PageLanguages, a_page_that_is_not_there_says_so_in_the_language_of_the_browser) {
    const auto page = browser->get("/nowhere", {{"accept-language", "nl"}});
    EXPECT_EQ(page.status, 404);
    EXPECT_TRUE(has(page.body, "Deze pagina bestaat niet"));
    EXPECT_TRUE(has(browser->get("/r/abc?lang=he").body, "dir=\"rtl\""));
}

}  // namespace
}  // namespace quittance::site
