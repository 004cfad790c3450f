#include "mail/mime.h"

#include <gtest/gtest.h>

#include "test/mail/sink.h"

namespace quittance::mail {
namespace {

const Sender sender{
    "privacy@company.example", "Müller & Söhne — Datenschutz", "dpo@company.example"};

std::string mime(const Letter& letter, Written written = Written::by_quittance) {
    const auto id = *LetterId::parse("01932b1c-0000-7000-8000-000000000001");
    return mime_of(letter, sender, written, id, {1'764'000'000'000});
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

TEST(Mime, is_seven_bit_with_crlf_and_short_lines) {
    const auto text = mime(
        {"jörg@example.com", "Jörg 日本", "Ihre Anfrage — erledigt ✓ " + std::string(200, 'x'),
         "Grüße, 日本 עברית\n" + std::string(3000, 'y') + "\n.\nFrom here\n", "de"}
    );
    std::size_t line = 0;
    const auto head = text.find("\r\n\r\n");
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') {
            ASSERT_EQ(text[i - 1], '\r');
            line = 0;
        }
        ASSERT_LT(++line, 999u);
        ASSERT_TRUE(i <= head || static_cast<unsigned char>(text[i]) < 0x80);
    }
}

TEST(Mime, writes_domains_in_their_ascii_form) {
    const auto text = mime({"ada@bücher.example", "Ada", "Hello", "Hi.\n", "de"});
    EXPECT_TRUE(has(text, "To: Ada <ada@xn--bcher-kva.example>")) << text;
    const bool ascii = std::ranges::all_of(text, [](unsigned char c) { return c < 0x80; });
    EXPECT_TRUE(ascii) << text;
}

TEST(Mime, says_what_a_machine_must_know) {
    const auto text = mime({"ada@example.com", "Ada", "Hello", "Hi.\n", "pt-BR"});
    EXPECT_TRUE(has(text, "Message-Id: <01932b1c-0000-7000-8000-000000000001@company.example>"));
    EXPECT_TRUE(has(text, "Date: Mon, 24 Nov 2025 16:00:00 +0000")) << text;
    EXPECT_TRUE(has(text, "Reply-To: dpo@company.example")) << text;
    EXPECT_TRUE(has(text, "Content-Language: pt-BR"));
    EXPECT_TRUE(has(text, "Auto-Submitted: auto-generated"));
    EXPECT_TRUE(has(text, "Content-Type: text/plain; charset=utf-8")) << text;
    EXPECT_TRUE(has(text, "MIME-Version: 1.0") || has(text, "Mime-Version: 1.0"));
    EXPECT_FALSE(has(text, "List-Unsubscribe"));
}

TEST(Mime, a_letter_that_an_agent_wrote_is_not_called_automatic) {
    const auto text = mime({"ada@example.com", "", "Hello", "Hi.\n", "en"}, Written::by_hand);
    EXPECT_FALSE(has(text, "Auto-Submitted"));
}

TEST(Mime, names_subject_and_words_arrive_as_they_were_written) {
    REQUIRE_THE_TOWN();
    Sink sink;
    std::atomic<bool> stop = false;
    SmtpConnection connection(sink.server(), sink.dialling(), stop);
    const Letter letter{
        "ada@example.com", "Ada \"A.\" Löwe, 日本", "Ihre Anfrage: \"erledigt\" ✓ עברית",
        "Grüße = 100 %\n\n  eingerückt\ntrailing \n日本語\n", "de"};
    const auto outcome = connection.send(sender.address, letter.to, mime(letter));
    ASSERT_EQ(outcome.kind, Outcome::Kind::sent) << outcome.words;
    const auto mail = sink.mails(1)[0];
    EXPECT_EQ(std::string(mail.at("subject").as_string()), letter.subject);
    EXPECT_EQ(std::string(mail.at("text").as_string()), letter.text);
    EXPECT_EQ(std::string(mail.at("name").as_string()), letter.to_name);
    EXPECT_EQ(std::string(mail.at("sender").as_string()), sender.name);
}

TEST(Mime, addresses_beyond_ascii_need_a_server_that_knows_them) {
    REQUIRE_THE_TOWN();
    Sink sink;
    std::atomic<bool> stop = false;
    SmtpConnection connection(sink.server(), sink.dialling(), stop);
    const Letter letter{"jörg@bücher.example", "", "Hello", "Hi.\n", "de"};
    const auto outcome = connection.send(sender.address, letter.to, mime(letter));
    EXPECT_EQ(outcome.kind, Outcome::Kind::sent) << outcome.words;
}

}  // namespace
}  // namespace quittance::mail
