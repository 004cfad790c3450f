#include "base/tables.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/template_text.h"

namespace quittance {
namespace {

std::string contents(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

// A copy of laws/ and pages/ in which one piece of text is something else, and what the build tool
// says to it.
class WrongEntry {
public:
    explicit WrongEntry(std::string tool = "made_tables") : tool_(std::move(tool)) {
        std::string name = (std::filesystem::temp_directory_path() / "tables-XXXXXX").string();
        folder_ = mkdtemp(name.data());
        std::filesystem::create_directory(folder_ / "src");
        const std::filesystem::path source(SOURCE_FOLDER);
        std::filesystem::copy(
            source / "laws", folder_ / "laws", std::filesystem::copy_options::recursive
        );
        std::filesystem::copy(
            source / "pages", folder_ / "pages", std::filesystem::copy_options::recursive
        );
        std::filesystem::copy(
            source / "src/site", folder_ / "src/site", std::filesystem::copy_options::recursive
        );
    }
    ~WrongEntry() { std::filesystem::remove_all(folder_); }

    std::string said(
        const std::string& file, const std::string& instead_of, const std::string& wrong
    ) {
        auto text = contents(folder_ / file);
        const auto at = text.find(instead_of);
        EXPECT_NE(at, std::string::npos) << instead_of;
        if (at == std::string::npos) return {};
        line_ = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
        text.replace(at, instead_of.size(), wrong);
        std::ofstream(folder_ / file, std::ios::binary) << text;
        const auto out = folder_ / "said";
        const auto command = BUILD_FOLDER "/" + tool_ + " " + folder_.string() + " " +
                             (folder_ / "made.cpp").string() + " 2> " + out.string();
        EXPECT_NE(std::system(command.c_str()), 0);
        EXPECT_FALSE(std::filesystem::exists(folder_ / "made.cpp"));
        return contents(out);
    }
    std::string line() const { return std::to_string(line_); }

private:
    std::string tool_;
    std::filesystem::path folder_;
    std::ptrdiff_t line_ = 0;
};

TEST(TheBuildRefuses, a_ground_of_an_unknown_kind_with_file_and_line) {
    WrongEntry wrong;
    const auto said = wrong.said("laws/grounds.yaml", "kind: refuse\n", "kind: perhaps\n");
    EXPECT_EQ(said, "laws/grounds.yaml:" + wrong.line() + ": unknown kind 'perhaps'\n");
}

TEST(TheBuildRefuses, a_ground_for_a_type_that_does_not_exist) {
    WrongEntry wrong;
    EXPECT_NE(
        wrong.said("laws/grounds.yaml", "for: [erase,", "for: [forget,")
            .find("unknown type forget"),
        std::string::npos
    );
}

TEST(TheBuildRefuses, a_sentence_with_a_variable_that_nobody_fills) {
    WrongEntry wrong;
    EXPECT_NE(
        wrong.said("laws/grounds.yaml", "it is clearly", "{{what}} is clearly")
            .find("template_unknown_variable: what"),
        std::string::npos
    );
}

TEST(TheBuildRefuses, a_letter_with_a_variable_of_another_occasion) {
    WrongEntry wrong;
    const auto said = wrong.said("pages/letters/en.yaml", "Thank you for writing.", "{{code}}");
    EXPECT_NE(said.find("template_unknown_variable: code"), std::string::npos);
    EXPECT_TRUE(said.starts_with("pages/letters/en.yaml:")) << said;
}

TEST(TheBuildRefuses, a_type_without_a_statement) {
    WrongEntry wrong;
    EXPECT_NE(
        wrong.said("laws/request_types.yaml", "    statement: ", "    stated: ")
            .find("'statement' is missing"),
        std::string::npos
    );
}

TEST(TheBuildRefuses, a_type_without_a_letter_for_an_occasion) {
    WrongEntry wrong;
    EXPECT_NE(
        wrong.said("pages/letters/en.yaml", "occasion: nothing_found", "occasion: verification")
            .find("verification, en' stands here twice"),
        std::string::npos
    );
}

TEST(TheBuildRefuses, a_fact_without_a_source) {
    WrongEntry wrong;
    EXPECT_NE(
        wrong.said("laws/grounds.yaml", "    src: ", "    by: ").find("'src' is missing"),
        std::string::npos
    );
}

TEST(TheBuildRefuses, a_region_of_another_country) {
    WrongEntry wrong;
    EXPECT_NE(
        wrong.said("laws/regions.yaml", "CA-AB", "US-AB").find("US-AB is not in CA"),
        std::string::npos
    );
}

TEST(TheBuildRefuses, a_sentence_that_a_language_lacks) {
    WrongEntry wrong;
    const auto said = wrong.said("laws/grounds.yaml", "      nl: ", "      xx: ");
    EXPECT_TRUE(said.starts_with("laws/grounds.yaml:")) << said;
    EXPECT_NE(said.find("'nl' is missing"), std::string::npos) << said;
}

TEST(TheBuildRefuses, a_translation_with_other_variables_than_the_english) {
    WrongEntry less;
    auto said = less.said("laws/grounds.yaml", "{{#until}} bis {{until}}{{/until}}", "");
    EXPECT_EQ(
        said, "laws/grounds.yaml:" + less.line() + ": the English has 'until', this has not\n"
    );
    WrongEntry letter;
    said = letter.said("pages/letters/de.yaml", " ({{reference}})\"\n    body", "\"\n    body");
    EXPECT_EQ(
        said,
        "pages/letters/de.yaml:" + letter.line() + ": the English has 'reference', this has not\n"
    );
    WrongEntry more;
    said = more.said("pages/letters/pl.yaml", "Dziękujemy za wiadomość.", "{{company}}");
    EXPECT_TRUE(said.starts_with("pages/letters/pl.yaml:")) << said;
    EXPECT_NE(said.find("the English has no 'company'"), std::string::npos) << said;
}

TEST(TheBuildRefuses, a_country_without_a_name_in_a_language) {
    WrongEntry wrong;
    EXPECT_NE(
        wrong.said("laws/country_names.yaml", "{code: \"PL\"", "{code: \"PT\"")
            .find("PT is unknown or stands twice"),
        std::string::npos
    );
}

TEST(TheBuildRefuses, a_page_whose_language_lacks_a_text_or_a_value) {
    WrongEntry lacks("made_pages");
    auto said = lacks.said("pages/texts/he.yaml", "\noptional: ", "\noptionel: ");
    EXPECT_EQ(said, "pages/texts/he.yaml:2: 'optional' is missing\n");
    WrongEntry value("made_pages");
    said = value.said("pages/texts/it.yaml", "presso {{company}}", "presso di noi");
    EXPECT_EQ(
        said, "pages/texts/it.yaml:" + value.line() + ": the English has 'company', this has not\n"
    );
}

TEST(TheBuildRefuses, a_file_that_is_no_yaml) {
    WrongEntry wrong;
    EXPECT_TRUE(wrong.said("laws/countries.yaml", "countries:", "countries: [")
                    .starts_with("laws/countries.yaml:"));
}

TEST(Laws, norway_is_a_country_and_not_false) {
    ASSERT_NE(laws::country("NO"), nullptr);
    EXPECT_EQ(laws::country("NO")->name, "Norway");
    EXPECT_EQ(laws::countries().size(), 249U);
    EXPECT_EQ(laws::country("EL"), nullptr);
    EXPECT_EQ(laws::country("no"), nullptr);
    EXPECT_EQ(laws::country(""), nullptr);
}

TEST(Laws, a_region_belongs_to_its_country) {
    ASSERT_NE(laws::region("US", "US-CA"), nullptr);
    EXPECT_EQ(laws::region("US", "US-CA")->name, "California");
    EXPECT_EQ(laws::region("CA", "US-CA"), nullptr);
    EXPECT_TRUE(laws::country("US")->asks_region);
    EXPECT_FALSE(laws::country("DE")->asks_region);
}

TEST(Laws, the_four_types_attest_what_the_contract_says) {
    ASSERT_EQ(laws::request_types().size(), 4U);
    EXPECT_EQ(laws::request_type("erase")->statement, "all data was deleted");
    EXPECT_EQ(laws::request_type("rectify")->statement, "all data was corrected");
    EXPECT_EQ(
        laws::request_type("opt_out_sale")->statement, "the data is no longer sold or shared"
    );
    EXPECT_EQ(laws::request_type("unsubscribe")->statement, "the address gets no more advertising");
    EXPECT_TRUE(laws::request_type("erase")->asks_for_proof);
    EXPECT_FALSE(laws::request_type("opt_out_sale")->asks_for_proof);
    EXPECT_FALSE(laws::request_type("unsubscribe")->asks_for_proof);
    EXPECT_EQ(laws::request_type("access"), nullptr);
}

TEST(Laws, the_grounds_that_the_contract_names_are_there) {
    for (const auto* id :
         {"cannot_identify", "processor_only", "manifestly_unfounded", "excessive_repeated",
          "legal_claims", "rights_of_others"}) {
        EXPECT_NE(laws::ground(id), nullptr) << id;
    }
    EXPECT_TRUE(laws::ground("cannot_identify")->is_for("erase"));
    EXPECT_FALSE(laws::ground("cannot_identify")->is_for("unsubscribe"));
    EXPECT_EQ(laws::ground("legal_claims")->kind, "keep");
}

TEST(Laws, every_gdpr_country_has_an_authority_to_complain_to) {
    ASSERT_NE(laws::authority("FR"), nullptr);
    EXPECT_EQ(
        laws::authority("FR")->say.in("en"),
        "If you are not happy with our answer, you can complain to CNIL, the French data "
        "protection authority (https://www.cnil.fr/fr/plaintes). You can also go to court."
    );
    EXPECT_NE(laws::authority("GB"), nullptr);
    EXPECT_EQ(laws::authority("US"), nullptr);
    EXPECT_EQ(laws::authorities().size(), 31U);
}

TEST(Letters, every_variable_is_in_the_documentation) {
    const auto page = contents(std::filesystem::path(SOURCE_FOLDER) / "docs/letters.md");
    for (const auto& letter : letters::defaults()) {
        for (const auto& name : letters::variables(letter.occasion)) {
            EXPECT_NE(page.find("| `" + name + "` |"), std::string::npos) << name;
        }
    }
    EXPECT_EQ(letters::defaults().size(), 22U * languages().size());
}

boost::json::object every_value() {
    boost::json::object values;
    for (const auto& letter : letters::defaults()) {
        for (const auto& name : letters::variables(letter.occasion))
            values[name] = "<" + name + ">";
    }
    values["places"] = boost::json::array{{{"name", "Shop"}}, {{"name", "Newsletter"}}};
    values["kept"] = boost::json::array{{{"name", "Tax"}, {"sentence", "We must."}}};
    return values;
}

TEST(Letters, read_well_with_every_value_and_with_only_those_that_are_always_there) {
    auto fewest = every_value();
    for (const auto* name :
         {"privacy_email", "due_reason", "complaint_sentence", "done_on", "has_places", "places",
          "has_kept", "kept", "status_url"}) {
        fewest.erase(name);
    }
    for (const auto& letter : letters::defaults()) {
        for (const auto& values : {every_value(), fewest}) {
            const auto text = fill(letter.body, values, Escape::plain_text);
            const auto what = std::string(letter.type) + ", " + std::string(letter.occasion) +
                              ", " + std::string(letter.language);
            for (const auto* flaw : {"\n\n\n", " \n", "  ", "{{", "}}", " .", "()", ": \n"}) {
                EXPECT_EQ(text.find(flaw), std::string::npos) << what << ":\n" << text;
            }
            EXPECT_TRUE(text.starts_with("<greeting>\n\n")) << what;
            EXPECT_TRUE(text.ends_with("\n\n<signature>\n")) << what;
        }
        EXPECT_NE(letter.subject.find("({{reference}})"), std::string_view::npos);
    }
}

TEST(Letters, promise_nothing_that_the_product_cannot_do) {
    for (const auto& letter : letters::defaults()) {
        for (const auto* promise :
             {"receipt", "download", "simply reply", "reply to this", "identity card, but",
              "one more sign", "blocked"}) {
            EXPECT_EQ(letter.body.find(promise), std::string_view::npos)
                << promise << " in " << letter.type << ", " << letter.occasion;
        }
    }
}

TEST(Letters, a_part_without_a_value_leaves_no_gap) {
    const auto letter = std::ranges::find_if(letters::defaults(), [](const auto& one) {
        return one.type == "erase" && one.occasion == "partly" && one.language == "en";
    });
    const auto text = fill(
        letter->body,
        {{"greeting", "Hello,"},
         {"received_on", "1 May 2026"},
         {"has_kept", true},
         {"kept", boost::json::array{{{"name", "Accounting"}, {"sentence", "We must keep it."}}}},
         {"signature", "Acme"}},
        Escape::plain_text
    );
    EXPECT_EQ(
        text,
        "Hello,\n\nOn 1 May 2026 you asked us to delete your data. We did a part of it, but not "
        "all. Here is both, openly.\n\nNot deleted, and why:\n- Accounting: We must keep it.\n\n"
        "We keep this exchange as proof that we answered you.\n\nAcme\n"
    );
}

}  // namespace
}  // namespace quittance
