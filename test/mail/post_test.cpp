#include "mail/post.h"

#include <set>
#include "mail/caught.h"
#include "test/mail/post_office.h"

namespace quittance::mail {
namespace {

using namespace std::chrono_literals;

class Posting : public PostOffice {};
INSTANTIATE_TEST_SUITE_P(databases, Posting, test::both(), test::name_of);

TEST_P(Posting, a_line_break_in_a_header_is_never_queued) {
    store().read([&](store::Reader& reader) {
        const auto key = keys->account_key(reader, act.account);
        const auto refuse = [&](Letter letter) {
            EXPECT_THROW(
                prepare(*keys, key, act.account, LetterId::make(), {}, "x", letter, Cap::none),
                std::logic_error
            );
        };
        refuse({"a@example.com", "", "Hello\r\nBcc: b@example.com", "x", "en"});
        refuse({"a@example.com", "Ada\nBcc: b@example.com", "Hello", "x", "en"});
        refuse({"a@example.com\r\nRCPT TO:<b@example.com>", "", "Hello", "x", "en"});
        refuse({"a@example.com", "", "Hello", "x", "en\r\nBcc: b@example.com"});
        refuse({"a@example.com", "", std::string("Hel\0lo", 6), "x", "en"});
        refuse({"nobody", "", "Hello", "x", "en"});
        refuse({"a@example.com", "", "Hello", "\xff", "en"});
    });
}

TEST_P(Posting, a_letter_arrives_once_and_its_owner_is_told) {
    REQUIRE_THE_TOWN();
    Sink sink;
    send_through(sink);
    const auto id = put("ada@example.com");
    EXPECT_EQ(standing(id).state, "queued");
    deliver();
    const auto mails = sink.mails(1);
    ASSERT_EQ(mails.size(), 1u);
    EXPECT_EQ(mails[0].at("from"), "privacy@company.example");
    EXPECT_EQ(standing(id).state, "sent");
    EXPECT_EQ(standing(id).attempts, 1);
    EXPECT_FALSE(standing(id).last_error);
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0].letter, id);
    EXPECT_EQ(told[0].owner, owners[id]);
    EXPECT_TRUE(told[0].sent);
    deliver();
    EXPECT_EQ(sink.mails().size(), 1u);
}

TEST_P(Posting, without_a_mail_server_letters_wait_and_go_once_there_is_one) {
    REQUIRE_THE_TOWN();
    const auto id = put("ada@example.com");
    deliver();
    auto waiting = standing(id);
    EXPECT_EQ(waiting.state, "queued");
    EXPECT_EQ(waiting.attempts, 0);
    EXPECT_TRUE(waiting.last_error.value_or("").starts_with("no_mail_server:"));
    later(std::chrono::days(30));
    deliver();
    EXPECT_EQ(standing(id).state, "queued");
    Sink sink;
    send_through(sink);
    deliver();
    EXPECT_EQ(standing(id).state, "sent");
    EXPECT_EQ(sink.mails(1).size(), 1u);
}

TEST_P(Posting, a_permanent_no_fails_at_once) {
    REQUIRE_THE_TOWN();
    Sink sink;
    send_through(sink);
    const auto id = put("bounce@example.com");
    const auto named = put("named.person@example.com");
    deliver();
    EXPECT_EQ(standing(id).state, "failed");
    EXPECT_EQ(standing(id).attempts, 1);
    ASSERT_EQ(told.size(), 2u);
    EXPECT_FALSE(told[0].sent);
    EXPECT_TRUE(told[0].words.starts_with("mailbox_refused:"));
    const auto words = standing(named).last_error.value_or("");
    EXPECT_EQ(words.find("named.person"), std::string::npos) << words;
    EXPECT_EQ(words.find("example.com"), std::string::npos) << words;
}

TEST_P(Posting, a_temporary_no_is_tried_again_later_and_later_and_given_up_after_three_days) {
    REQUIRE_THE_TOWN();
    Sink sink;
    send_through(sink);
    const auto id = put("later@example.com");
    const auto begin = now();
    std::vector<std::chrono::minutes> waits;
    for (int tries = 1; standing(id).state == "queued" && tries < 30; ++tries) {
        deliver();
        const auto at = standing(id);
        ASSERT_EQ(at.attempts, tries);
        if (!at.next_at) break;
        waits.push_back(std::chrono::round<std::chrono::minutes>(*at.next_at - now()));
        later(*at.next_at - now() - 1s);
        deliver();
        ASSERT_EQ(standing(id).attempts, tries) << "a second too early";
        later(2s);
    }
    EXPECT_EQ(standing(id).state, "failed");
    ASSERT_GE(waits.size(), 5u);
    const std::vector<std::chrono::minutes> first(waits.begin(), waits.begin() + 5);
    EXPECT_EQ(first, (std::vector<std::chrono::minutes>{1min, 5min, 30min, 120min, 360min}));
    const auto took = now() - begin;
    EXPECT_LE(took, std::chrono::days(3));
    EXPECT_GE(took, std::chrono::days(3) - 6h);
    ASSERT_EQ(told.size(), 1u);
    EXPECT_TRUE(told[0].words.starts_with("refused_for_now:"));
}

TEST_P(Posting, a_failed_letter_goes_out_when_somebody_asks_for_another_try) {
    REQUIRE_THE_TOWN();
    Sink sink;
    send_through(sink);
    sink.refuse(550);
    const auto id = put("ada@example.com");
    deliver();
    EXPECT_EQ(standing(id).state, "failed");
    sink.refuse(0);
    store().write([&](store::Tx& tx) { retry(tx, act, id); });
    deliver();
    EXPECT_EQ(standing(id).state, "sent");

    const auto again = [&](const Act& who, LetterId letter) -> std::string {
        try {
            store().write([&](store::Tx& tx) { retry(tx, who, letter); });
        } catch (const Refusal& refusal) {
            return refusal.code;
        }
        return "";
    };
    EXPECT_EQ(again(act, id), "letter_not_waiting");
    EXPECT_EQ(again(act, LetterId::make()), "not_found");
    EXPECT_EQ(again(new_account(), id), "not_found");
}

TEST_P(Posting, killed_between_sending_and_settling_the_same_message_goes_out_once_more) {
    REQUIRE_THE_TOWN();
    Sink sink;
    send_through(sink);
    const auto id = put("ada@example.com");
    {
        // As a kill would leave it: the server has the letter, the row still says leased.
        const auto office = std::make_unique<Post>(
            store(), *keys,
            [](store::Tx&, const Act&, std::optional<Uuid>, LetterId, std::string_view, bool,
               std::string_view) { throw std::runtime_error("killed"); },
            PostOptions{.dialling = sink.dialling(), .instead = {}}
        );
        EXPECT_THROW(while (office->round()){}, std::runtime_error);
    }
    EXPECT_EQ(sink.mails(1).size(), 1u);
    EXPECT_EQ(standing(id).state, "queued");
    EXPECT_EQ(standing(id).attempts, 1);
    deliver();
    EXPECT_EQ(standing(id).attempts, 1) << "the lease still has a holder, for all we know";
    if (on_sqlite()) {
        store().write([](store::Tx& tx) { Post::release_leases(tx); });
    } else {
        later(6min);
    }
    deliver();
    EXPECT_EQ(standing(id).state, "sent");
    EXPECT_EQ(standing(id).attempts, 2);
    const auto mails = sink.mails(2);
    ASSERT_EQ(mails.size(), 2u);
    const auto message_id = [](const boost::json::object& mail) {
        return mail.at("headers").as_object().at("message-id");
    };
    EXPECT_EQ(message_id(mails[0]), message_id(mails[1]));
    later(std::chrono::days(4));
    deliver();
    EXPECT_EQ(sink.mails().size(), 2u);
}

TEST_P(Posting, the_fourth_capped_letter_waits_for_the_hour_to_pass) {
    REQUIRE_THE_TOWN();
    Sink sink;
    send_through(sink);
    std::vector<LetterId> capped;
    for (const auto* to : {"Ada@example.com", "ada@example.com", "ADA@EXAMPLE.com"}) {
        capped.push_back(put(to, Cap::three_an_hour));
        deliver();
        later(10min);
    }
    capped.push_back(put("ada@example.com", Cap::three_an_hour));
    const auto other = put("bob@example.com", Cap::three_an_hour);
    const auto uncapped = put("ada@example.com");
    deliver();
    EXPECT_EQ(sink.mails(5).size(), 5u);
    EXPECT_EQ(standing(other).state, "sent");
    EXPECT_EQ(standing(uncapped).state, "sent");
    const auto fourth = standing(capped[3]);
    EXPECT_EQ(fourth.state, "queued");
    EXPECT_EQ(fourth.attempts, 0);
    EXPECT_TRUE(fourth.last_error.value_or("").starts_with("capped:"));
    // The first one went thirty minutes ago.
    later(29min);
    deliver();
    EXPECT_EQ(standing(capped[3]).state, "queued");
    later(2min);
    deliver();
    EXPECT_EQ(standing(capped[3]).state, "sent");
    // Another account may write to the same address.
    const auto elsewhere = new_account();
    save(elsewhere, order_for(sink.port()));
    const auto theirs = put(elsewhere, "ada@example.com", Cap::three_an_hour, Uuid::make());
    deliver();
    EXPECT_EQ(standing(elsewhere, theirs).state, "sent");
}

TEST_P(Posting, a_broken_server_costs_one_dial_and_holds_up_nobody_else) {
    REQUIRE_THE_TOWN();
    Sink sink;
    Sink mute(R"({"greeting":600000})");
    send_through(mute);
    std::vector<LetterId> stuck;
    for (int i = 0; i < 5; ++i) stuck.push_back(put("ada@example.com"));
    const auto other = new_account();
    save(other, order_for(sink.port()));
    const auto theirs = put(other, "bob@example.com", Cap::none, Uuid::make());
    PostOptions options;
    options.dialling.letter = 3s;
    options.dialling.networks = {"127.0.0.0/8"};
    const auto begin = std::chrono::steady_clock::now();
    const auto office = post(options);
    while (standing(other, theirs).state != "sent") office->round();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 3s);
    EXPECT_EQ(standing(stuck[0]).state, "queued");
    while (office->round()) {
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 6s);
    for (const auto id : stuck) {
        EXPECT_EQ(standing(id).attempts, 1);
        EXPECT_TRUE(standing(id).last_error.value_or("").starts_with("timed_out:"));
    }
}

TEST_P(Posting, a_letter_whose_owner_is_gone_is_settled_all_the_same) {
    REQUIRE_THE_TOWN();
    Sink sink;
    send_through(sink);
    const auto id = put("ada@example.com");
    Post office(
        store(), *keys,
        [](store::Tx&, const Act&, std::optional<Uuid>, LetterId, std::string_view, bool,
           std::string_view) { throw Refusal(No::unknown, "not_found"); },
        {.dialling = sink.dialling(), .instead = {}}
    );
    while (office.round()) {
    }
    EXPECT_EQ(standing(id).state, "sent");
    EXPECT_EQ(sink.mails(1).size(), 1u);
}

TEST_P(Posting, an_erased_request_gets_no_letter) {
    REQUIRE_THE_TOWN();
    Sink sink;
    send_through(sink);
    const auto id = LetterId::make();
    owners[id] = Uuid::make();
    store().write([&](store::Tx& tx) {
        const auto key = keys->make();
        keys->store_wrap(tx, act.account, key);
        const Letter letter{"ada@example.com", "", "Hello", "Hi.\n", "en"};
        queue(
            tx, act,
            prepare(*keys, key, act.account, id, owners[id], "verification", letter, Cap::none)
        );
        keys->destroy(tx, act.account, key.id);
    });
    deliver();
    EXPECT_EQ(standing(id).state, "failed");
    EXPECT_TRUE(standing(id).last_error.value_or("").starts_with("erased:"));
    EXPECT_TRUE(sink.mails().empty());
}

TEST_P(Posting, many_letters_share_a_connection_and_each_arrives_once) {
    REQUIRE_THE_TOWN();
    Sink sink;
    send_through(sink);
    for (int i = 0; i < 40; ++i) put("ada" + std::to_string(i) + "@example.com");
    {
        // Two post offices at once, as two nodes would have.
        const auto one = post();
        const auto two = post();
        while (one->round() | two->round()) {
        }
    }
    const auto mails = sink.mails(40);
    EXPECT_EQ(mails.size(), 40u);
    std::set<std::string> receivers;
    std::set<std::string> sessions;
    for (const auto& mail : mails) {
        receivers.insert(mail.at("to").as_array().at(0).as_string().c_str());
        sessions.insert(mail.at("session").as_string().c_str());
    }
    EXPECT_EQ(receivers.size(), 40u);
    EXPECT_LE(sessions.size(), 4u);
    EXPECT_EQ(told.size(), 40u);
}

TEST_P(Posting, the_demo_catches_letters_without_a_server) {
    CaughtMail caught;
    for (int i = 0; i < 3; ++i) put("ada" + std::to_string(i) + "@example.com");
    deliver({.dialling = {}, .instead = caught.transport()});
    const auto letters = caught.newest();
    ASSERT_EQ(letters.size(), 3u);
    EXPECT_EQ(letters[0].letter.to, "ada2@example.com");
    EXPECT_EQ(letters[2].letter.to, "ada0@example.com");
    EXPECT_EQ(letters[0].letter.text, "Hello.\n");
    EXPECT_EQ(told.size(), 3u);
}

TEST_P(Posting, a_test_mail_says_at_once_what_came_of_it) {
    REQUIRE_THE_TOWN();
    const auto office = post();
    const Letter letter{"owner@company.example", "", "A test", "It works.\n", "en"};
    EXPECT_TRUE(office->send_test(act.account, letter).words.starts_with("no_mail_server:"));
    Sink sink;
    send_through(sink);
    EXPECT_EQ(office->send_test(act.account, letter).kind, Outcome::Kind::sent);
    EXPECT_EQ(sink.mails(1).size(), 1u);
    sink.refuse(451);
    const auto outcome = office->send_test(act.account, letter);
    EXPECT_EQ(outcome.kind, Outcome::Kind::later);
    EXPECT_NE(outcome.words.find("451"), std::string::npos);
    const auto waiting = store().read([&](auto& reader) { return backlog(reader, act.account); });
    EXPECT_EQ(waiting.queued + waiting.failed, 0);
}

TEST_P(Posting, the_settings_page_can_count_what_waits_and_what_failed) {
    REQUIRE_THE_TOWN();
    Sink sink;
    send_through(sink);
    put("bounce@example.com");
    put("later@example.com");
    put("later2@example.com");
    put("ada@example.com");
    deliver();
    const auto counts = store().read([&](auto& reader) { return backlog(reader, act.account); });
    EXPECT_EQ(counts.queued, 2);
    EXPECT_EQ(counts.failed, 1);
}

}  // namespace
}  // namespace quittance::mail
