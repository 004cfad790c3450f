#include "mail/smtp.h"

#include <gtest/gtest.h>

#include "mail/mime.h"
#include "test/mail/sink.h"

namespace quittance::mail {
namespace {

using Kind = Outcome::Kind;

class Smtp : public testing::Test {
protected:
    void SetUp() override { REQUIRE_THE_TOWN(); }

    std::string message(const std::string& to, const std::string& text = "Hello.\n") {
        const Letter letter{to, "Ada", "Your request", text, "en"};
        return mime_of(
            letter, {"privacy@company.example", "Company", {}}, Written::by_quittance,
            LetterId::make(), wall_clock()
        );
    }
    Outcome send(SmtpConnection& connection, const std::string& to) {
        return connection.send("privacy@company.example", to, message(to));
    }
    Outcome send_once(const SmtpServer& server, const Dialling& dialling, const std::string& to) {
        SmtpConnection connection(server, dialling, stop);
        return send(connection, to);
    }

    std::atomic<bool> stop = false;
};

TEST_F(Smtp, a_wrong_password_keeps_the_letter_and_says_so) {
    Sink sink(R"({"tls":"starttls","sign_in":{"name":"q","password":"right"}})");
    auto server = sink.server(Security::starttls);
    server.sign_in = "q";
    server.password = "wrong";
    const auto outcome = send_once(server, sink.dialling(), "ada@example.com");
    EXPECT_EQ(outcome.kind, Kind::later);
    EXPECT_TRUE(outcome.server_wide);
    EXPECT_TRUE(outcome.words.starts_with("sign_in_refused:")) << outcome.words;
    EXPECT_NE(outcome.words.find("535"), std::string::npos) << outcome.words;
    EXPECT_TRUE(sink.mails().empty());
}

TEST_F(Smtp, a_certificate_for_another_name_is_refused) {
    for (const auto* tls : {"starttls", "implicit"}) {
        Sink sink(R"({"certificate":"other","tls":")" + std::string(tls) + R"("})");
        const auto security = std::string(tls) == "implicit" ? Security::tls : Security::starttls;
        const auto outcome = send_once(sink.server(security), sink.dialling(), "ada@example.com");
        EXPECT_EQ(outcome.kind, Kind::later);
        EXPECT_TRUE(outcome.words.starts_with("certificate_refused:")) << outcome.words;
        EXPECT_TRUE(sink.mails().empty());
    }
}

TEST_F(Smtp, a_certificate_of_an_unknown_authority_is_refused) {
    Sink sink(R"({"tls":"starttls"})");
    auto dialling = sink.dialling();
    dialling.authorities.clear();
    const auto outcome = send_once(sink.server(Security::starttls), dialling, "ada@example.com");
    EXPECT_TRUE(outcome.words.starts_with("certificate_refused:")) << outcome.words;
    EXPECT_TRUE(sink.mails().empty());
}

TEST_F(Smtp, a_server_that_does_not_offer_starttls_gets_nothing) {
    Sink sink(R"({"tls":"stripped","sign_in":{"name":"q","password":"secret"}})");
    auto server = sink.server(Security::starttls);
    server.sign_in = "q";
    server.password = "secret";
    const auto outcome = send_once(server, sink.dialling(), "ada@example.com");
    EXPECT_EQ(outcome.kind, Kind::later);
    EXPECT_TRUE(outcome.words.starts_with("no_encryption:")) << outcome.words;
    EXPECT_TRUE(sink.mails().empty());
}

TEST_F(Smtp, a_server_that_offers_no_sign_in_gets_no_letter_from_who_wants_to_sign_in) {
    Sink sink(R"({"tls":"starttls","no_auth":true})");
    auto server = sink.server(Security::starttls);
    server.sign_in = "q";
    server.password = "secret";
    const auto outcome = send_once(server, sink.dialling(), "ada@example.com");
    EXPECT_TRUE(outcome.words.starts_with("sign_in_not_offered:")) << outcome.words;
    EXPECT_TRUE(outcome.server_wide);
    EXPECT_TRUE(sink.mails().empty());
}

TEST_F(Smtp, a_private_address_is_not_dialled_unless_the_operator_allows_it) {
    Sink sink;
    auto dialling = sink.dialling();
    dialling.networks.clear();
    auto server = sink.server();
    for (const auto* host : {"127.0.0.1", "localhost", "::ffff:127.0.0.1"}) {
        server.host = host;
        const auto outcome = send_once(server, dialling, "ada@example.com");
        EXPECT_EQ(outcome.kind, Kind::later);
        EXPECT_TRUE(outcome.words.starts_with("address_not_allowed:")) << outcome.words;
    }
    EXPECT_TRUE(sink.mails().empty());
}

TEST_F(Smtp, without_encryption_nothing_leaves_the_machine) {
    auto dialling = Dialling{};
    dialling.networks = {"127.0.0.0/8"};
    const SmtpServer server{"10.0.0.1", 25, Security::none, {}, {}};
    const auto outcome = send_once(server, dialling, "ada@example.com");
    EXPECT_TRUE(outcome.words.starts_with("address_not_allowed:")) << outcome.words;
}

TEST_F(Smtp, a_permanent_no_ends_it_and_a_temporary_one_does_not) {
    Sink sink;
    SmtpConnection connection(sink.server(), sink.dialling(), stop);
    const auto bounce = send(connection, "bounce@example.com");
    EXPECT_EQ(bounce.kind, Kind::never);
    EXPECT_FALSE(bounce.server_wide);
    EXPECT_NE(bounce.words.find("(550 5.1.1)"), std::string::npos) << bounce.words;
    EXPECT_EQ(send(connection, "spam@example.com").kind, Kind::never);

    for (const auto* to : {"later@example.com", "full@example.com"}) {
        const auto outcome = send(connection, to);
        EXPECT_EQ(outcome.kind, Kind::later) << to;
        EXPECT_FALSE(outcome.server_wide) << to;
        EXPECT_TRUE(outcome.words.starts_with("refused_for_now:")) << outcome.words;
    }
    EXPECT_EQ(send(connection, "ada@example.com").kind, Kind::sent);
}

TEST_F(Smtp, what_the_server_says_about_a_person_is_not_kept) {
    Sink sink;
    const auto outcome = send_once(sink.server(), sink.dialling(), "named.person@example.com");
    EXPECT_EQ(outcome.kind, Kind::never);
    EXPECT_EQ(outcome.words.find("named.person"), std::string::npos) << outcome.words;
    EXPECT_NE(outcome.words.find("550 5.1.1"), std::string::npos) << outcome.words;
}

TEST_F(Smtp, a_connection_that_breaks_after_the_data_means_later) {
    Sink sink;
    const auto outcome = send_once(sink.server(), sink.dialling(), "drop@example.com");
    EXPECT_EQ(outcome.kind, Kind::later);
    EXPECT_TRUE(outcome.words.starts_with("connection_lost:")) << outcome.words;
}

TEST_F(Smtp, a_server_that_is_not_there_or_does_not_answer_means_later) {
    auto dialling = Dialling{};
    dialling.networks = {"127.0.0.0/8"};
    {
        Sink sink(R"({"greeting":60000})");
        auto impatient = sink.dialling();
        impatient.letter = std::chrono::milliseconds(700);
        const auto outcome = send_once(sink.server(), impatient, "ada@example.com");
        EXPECT_TRUE(outcome.words.starts_with("timed_out:")) << outcome.words;
        EXPECT_TRUE(outcome.server_wide);
    }
    SmtpServer gone{"127.0.0.1", 1, Security::none, {}, {}};
    const auto outcome = send_once(gone, dialling, "ada@example.com");
    EXPECT_TRUE(outcome.words.starts_with("server_unreachable:")) << outcome.words;
    gone.host = "mail.invalid";
    gone.security = Security::starttls;
    EXPECT_TRUE(send_once(gone, dialling, "a@example.com").words.starts_with("host_unknown:"));
}

TEST_F(Smtp, letters_go_by_starttls_and_by_tls_after_signing_in) {
    for (const auto* tls : {"starttls", "implicit"}) {
        Sink sink(
            R"({"sign_in":{"name":"q","password":"p ä\\s"},"tls":")" + std::string(tls) + R"("})"
        );
        auto server =
            sink.server(std::string(tls) == "implicit" ? Security::tls : Security::starttls);
        server.sign_in = "q";
        server.password = "p ä\\s";
        const auto outcome = send_once(server, sink.dialling(), "ada@example.com");
        EXPECT_EQ(outcome.kind, Kind::sent) << outcome.words;
        const auto mails = sink.mails(1);
        EXPECT_TRUE(mails[0].at("tls").as_bool());
        EXPECT_EQ(mails[0].at("sign_in"), "q");
    }
}

TEST_F(Smtp, one_connection_carries_letter_after_letter) {
    Sink sink;
    SmtpConnection connection(sink.server(), sink.dialling(), stop);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(send(connection, "ada@example.com").kind, Kind::sent);
    const auto mails = sink.mails(20);
    for (const auto& mail : mails) EXPECT_EQ(mail.at("session"), mails[0].at("session"));
}

TEST_F(Smtp, a_used_connection_that_was_closed_is_dialled_anew) {
    Sink sink;
    SmtpConnection connection(sink.server(), sink.dialling(), stop);
    EXPECT_EQ(send(connection, "ada@example.com").kind, Kind::sent);
    EXPECT_EQ(send(connection, "drop@example.com").kind, Kind::later);
    EXPECT_EQ(send(connection, "ada@example.com").kind, Kind::sent);
}

TEST_F(Smtp, lines_that_begin_with_dots_arrive_as_written) {
    Sink sink;
    SmtpConnection connection(sink.server(), sink.dialling(), stop);
    const std::string text = ".\n..\n.dot\n\nend\n.\n";
    const auto outcome =
        connection.send("privacy@company.example", "a@example.com", message("a@example.com", text));
    EXPECT_EQ(outcome.kind, Kind::sent) << outcome.words;
    EXPECT_EQ(std::string(sink.mails(1)[0].at("text").as_string()), text);
}

TEST_F(Smtp, a_stopped_post_gives_up_at_once) {
    Sink sink;
    stop = true;
    const auto outcome = send_once(sink.server(), sink.dialling(), "slow@example.com");
    EXPECT_EQ(outcome.kind, Kind::later);
    EXPECT_TRUE(outcome.words.starts_with("interrupted:")) << outcome.words;
}

}  // namespace
}  // namespace quittance::mail
