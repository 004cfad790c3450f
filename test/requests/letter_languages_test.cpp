#include "base/tables.h"
#include "base/template_text.h"
#include "requests/letters.h"
#include "requests/reply.h"
#include "requests/templates.h"
#include "test/requests/office_fixture.h"

namespace quittance::requests {
namespace {

class LetterLanguages : public OfficeTest {
protected:
    Prepared receive_in(std::string language, std::string type = "erase") {
        auto wish = intake(std::move(type));
        wish.language = std::move(language);
        return receive(wish);
    }
    // The template of the request's type for the occasion in that language.
    Uuid template_of(const Row& row, std::string_view occasion, std::string_view language) {
        return store().read([&](store::Reader& reader) {
            for (const auto& one : templates(reader, account, row.type)) {
                if (one.text.occasion == occasion && one.text.language == language) return one.id;
            }
            return Uuid{};
        });
    }
    Filled filled(RequestId id, std::string_view occasion, std::string_view language) {
        const auto held = row(id);
        const auto which = template_of(held, occasion, language);
        return store().read([&](store::Reader& reader) {
            const auto key = key_of(reader, keys(), held);
            return fill_reply(reader, office(), held, person_of(key, held), key, which);
        });
    }
};
INSTANTIATE_TEST_SUITE_P(databases, LetterLanguages, test::both(), test::name_of);

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

TEST_P(LetterLanguages, a_german_request_gets_german_letters_with_german_dates) {
    const auto id = receive_in("de-AT").row.id;
    const auto proof = letters(id).at(0);
    EXPECT_EQ(proof.language, "de");
    EXPECT_TRUE(has(proof.subject, "Bitte bestätigen: Waren Sie das?"));
    EXPECT_TRUE(proof.text.starts_with("Guten Tag,\n\njemand, vermutlich Sie,")) << proof.text;
    EXPECT_TRUE(has(proof.text, long_form(today(), "de"))) << proof.text;
    verify(id);
    const auto received = letters(id).back();
    EXPECT_EQ(received.language, "de");
    EXPECT_TRUE(received.text.starts_with("Guten Tag Jane Zebedee Roe,\n\nvielen Dank"))
        << received.text;
    EXPECT_TRUE(has(received.text, "(ein Monat ab dem Tag, an dem wir Ihre Anfrage bekommen haben)")
    ) << received.text;
    approve(id);
    attest(id);
    complete(id);
    const auto reply = filled(id, "granted", "de");
    EXPECT_TRUE(has(reply.body, "wir haben Ihre Daten gelöscht")) << reply.body;
    EXPECT_TRUE(has(reply.body, "CNIL, französische Datenschutzbehörde")) << reply.body;
    EXPECT_TRUE(has(filled(id, "granted", "en").body, "you can complain to CNIL"));
}

TEST_P(LetterLanguages, a_language_that_the_house_does_not_speak_gets_english) {
    for (const auto* tag : {"ja", "zz-Latn", "deu"}) {
        const auto proof = letters(receive_in(tag).row.id).at(0);
        EXPECT_EQ(proof.language, "en") << tag;
        EXPECT_TRUE(proof.text.starts_with("Hello,")) << tag;
    }
}

TEST_P(LetterLanguages, every_language_has_its_first_letter_and_its_code) {
    for (const auto& language : languages()) {
        const auto prepared = receive_in(std::string(language.tag));
        const auto first = letters(prepared.row.id).at(0);
        EXPECT_EQ(first.language, language.tag);
        EXPECT_TRUE(first.text.starts_with(letters::phrases(language.tag).hello));
        for (const auto* flaw : {"{{", "}}", "\n\n\n", "  "}) {
            EXPECT_FALSE(has(first.text, flaw)) << first.text;
        }
        verify(prepared.row.id);
        write([&](store::Tx& tx) {
            mail_fresh_code(
                tx, jane, office(), {account, prepared.row.id, Purpose::own_page, std::nullopt}
            );
        });
        const auto code = letters(prepared.row.id).back();
        EXPECT_EQ(code.language, language.tag);
        EXPECT_EQ(
            code.subject, fill(
                              letters::code_letter(language.tag).subject,
                              {{"reference", prepared.row.reference}}, Escape::plain_text
                          )
        );
    }
}

TEST_P(LetterLanguages, every_reply_fills_in_every_language) {
    const auto open = receive();
    verify(open);
    approve(open);
    attest(open);
    complete(open);
    for (const auto& language : languages()) {
        for (const auto* occasion : {"granted", "nothing_found", "partly"}) {
            const auto reply = filled(open, occasion, language.tag);
            for (const auto* flaw : {"{{", "}}", "\n\n\n", "  "}) {
                EXPECT_FALSE(has(reply.body, flaw)) << reply.body;
                EXPECT_FALSE(has(reply.subject, flaw)) << reply.subject;
            }
        }
    }
}

}  // namespace
}  // namespace quittance::requests
