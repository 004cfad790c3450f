#include "requests/intake.h"

#include "base/tables.h"
#include "requests/counts.h"
#include "requests/history.h"
#include "test/requests/office_fixture.h"

namespace quittance::requests {
namespace {

class Intakes : public OfficeTest {
protected:
    std::string refused(const Intake& wrong) {
        try {
            prepare(wrong);
        } catch (const Refusal& refused) {
            return refused.errors.front().at + " " + refused.errors.front().code;
        }
        return "";
    }
    bool has(const mail::Letter& letter, std::string_view words) {
        return letter.text.find(words) != std::string::npos ||
               letter.subject.find(words) != std::string::npos ||
               letter.to_name.find(words) != std::string::npos;
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Intakes, test::both(), test::name_of);

TEST_P(Intakes, of_what_is_wrong_are_refused_by_field) {
    const auto with = [&](const std::function<void(Intake&)>& change) {
        auto wrong = intake();
        change(wrong);
        return refused(wrong);
    };
    EXPECT_EQ(with([](Intake& i) { i.type = "access"; }), "/type unknown_type");
    EXPECT_EQ(with([](Intake& i) { i.country = "XX"; }), "/country unknown_country");
    EXPECT_EQ(with([](Intake& i) { i.country = "fr"; }), "/country unknown_country");
    EXPECT_EQ(with([](Intake& i) { i.region = "US-CA"; }), "/region unknown_region");
    EXPECT_EQ(with([](Intake& i) { i.region = "FR-"; }), "/region unknown_region");
    EXPECT_EQ(
        with([](Intake& i) {
            i.country = "US";
            i.region = "US-ZZ";
        }),
        "/region unknown_region"
    );
    for (const auto* language : {"", "e", "en\r\nBcc: x", "en_GB", "englishlong", "en-"}) {
        EXPECT_EQ(with([&](Intake& i) { i.language = language; }), "/language not_a_language");
    }
    EXPECT_EQ(with([](Intake& i) { i.language = "de-AT"; }), "");
    EXPECT_EQ(with([](Intake& i) { i.person.email = "jane"; }), "/requester/email not_an_email");
    EXPECT_EQ(with([](Intake& i) { i.person.email.reset(); }), "/requester/email required");
    EXPECT_EQ(
        with([](Intake& i) { i.person.name = std::string(201, 'x'); }), "/requester/name too_long"
    );
    EXPECT_EQ(with([](Intake& i) { i.person.name = "a\nb"; }), "/requester/name one_line");
    EXPECT_EQ(with([](Intake& i) { i.person.name = "a\x01"; }), "/requester/name bad_text");
    EXPECT_EQ(with([](Intake& i) { i.person.name = "a\xff"; }), "/requester/name bad_text");
    EXPECT_EQ(
        with([](Intake& i) { i.person.details[0].value = std::string(100'001, 'x'); }),
        "/details/message too_long"
    );
    EXPECT_EQ(
        with([](Intake& i) {
            i.person.details = std::vector<Detail>(51, Detail{"a", "A", "b"});
        }),
        "/details too_many"
    );
    EXPECT_EQ(
        with([](Intake& i) {
            i.person.details = {{"shop", "Shop", std::string(10'001, 'x')}};
        }),
        "/details/shop too_long"
    );
}

TEST_P(Intakes, are_of_yesterday_two_years_ago_or_tomorrow_but_no_other_day) {
    auto one = intake();
    const auto days_from_today = [&](std::int64_t days) {
        one.received_on = day_from_number(day_number(today()) + days);
        return refused(one);
    };
    EXPECT_EQ(days_from_today(2), "/received_on in_the_future");
    EXPECT_EQ(days_from_today(1), "");
    EXPECT_EQ(days_from_today(-1), "");
    EXPECT_EQ(days_from_today(-731), "");
    EXPECT_EQ(days_from_today(-732), "/received_on too_old");
}

TEST_P(Intakes, without_an_address_need_a_name_and_another_way_in) {
    for (const auto channel : {Channel::phone, Channel::letter, Channel::counter}) {
        auto one = intake("erase", channel);
        one.person.email.reset();
        const auto id = receive(one).row.id;
        EXPECT_EQ(row(id).proof, Proof::missing);
        EXPECT_FALSE(row(id).parked);
        EXPECT_TRUE(letters(id).empty());
        one.person.name.reset();
        EXPECT_EQ(refused(one), "/requester/name required");
    }
}

TEST_P(Intakes, that_await_a_proof_send_the_verification_and_nothing_else) {
    for (const auto channel : {Channel::web, Channel::email, Channel::api}) {
        const auto id = receive(intake("erase", channel)).row.id;
        EXPECT_EQ(row(id).proof, Proof::awaited);
        EXPECT_TRUE(row(id).parked);
        const auto sent = letters(id);
        ASSERT_EQ(sent.size(), 1U);
        EXPECT_EQ(sent[0].to, "Jane.Roe@mailbox.test");
        EXPECT_TRUE(sent[0].subject.starts_with("Please confirm: was that you?"));
        EXPECT_TRUE(has(sent[0], "https://privacy.example.test/confirm/"));
        EXPECT_TRUE(has(sent[0], "privacy@acme.test"));
    }
    EXPECT_EQ(number("SELECT CAST(COUNT(*) AS BIGINT) FROM letters WHERE cap_hash IS NULL"), 0);
}

TEST_P(Intakes, send_no_name_and_no_detail_to_an_address_that_nobody_has_proven) {
    for (const auto& type : laws::request_types()) {
        const auto id = receive(std::string(type.id));
        for (const auto& letter : letters(id)) {
            EXPECT_FALSE(has(letter, "Zebedee")) << letter.text;
            EXPECT_FALSE(has(letter, "48151623")) << letter.text;
            EXPECT_TRUE(letter.text.starts_with("Hello,\n")) << letter.text;
            EXPECT_TRUE(letter.to_name.empty());
        }
    }
}

TEST_P(Intakes, that_need_no_proof_are_acknowledged_at_once_and_never_parked) {
    for (const auto* type : {"unsubscribe", "opt_out_sale"}) {
        for (const auto channel : {Channel::web, Channel::email, Channel::phone, Channel::api}) {
            const auto id = receive(intake(type, channel)).row.id;
            EXPECT_EQ(row(id).proof, Proof::not_needed);
            EXPECT_FALSE(row(id).parked);
            const auto sent = letters(id);
            ASSERT_EQ(sent.size(), 1U);
            EXPECT_TRUE(sent[0].subject.starts_with("We have your request"));
            EXPECT_TRUE(has(sent[0], "https://privacy.example.test/r/"));
        }
    }
}

TEST_P(Intakes, by_telephone_never_vanish_and_are_acknowledged_after_the_proof) {
    const auto id = receive(intake("erase", Channel::phone)).row.id;
    EXPECT_EQ(row(id).proof, Proof::missing);
    EXPECT_FALSE(row(id).parked);
    EXPECT_TRUE(letters(id).empty());
    verify(id);
    ASSERT_EQ(letters(id).size(), 1U);
    const auto letter = letters(id).front();
    EXPECT_TRUE(letter.text.starts_with("Hello Jane Zebedee Roe,\n")) << letter.text;
    EXPECT_EQ(letter.to_name, "Jane Zebedee Roe");
    EXPECT_TRUE(has(letter, "one month from the day we got it"));
    verify(id);
    EXPECT_EQ(letters(id).size(), 1U) << "the acknowledgement went out twice";
}

TEST_P(Intakes, by_key_may_leave_the_proof_to_an_agent) {
    auto one = intake("erase", Channel::api);
    one.verify = false;
    const auto id = receive(one).row.id;
    EXPECT_EQ(row(id).proof, Proof::missing);
    EXPECT_FALSE(row(id).parked);
    EXPECT_TRUE(letters(id).empty());
}

TEST_P(Intakes, are_kept_as_they_were_typed) {
    auto one = intake();
    one.person.name = "  Jane Zebedee Roe ";
    const auto prepared = receive(one);
    const auto view = this->view(prepared.row.id);
    EXPECT_EQ(view.person.name, "Jane Zebedee Roe");
    EXPECT_EQ(view.person.email, "Jane.Roe@mailbox.test");
    EXPECT_EQ(view.person.details[0].value, "My customer number is KN-48151623");
    EXPECT_EQ(view.row.reference, prepared.row.reference);
    EXPECT_EQ(view.row.due_law, "eu-gdpr");
    EXPECT_EQ(events(view.row.id), std::vector<std::string>{"received"});
}

TEST_P(Intakes, under_a_reference_that_is_taken_are_a_fault_that_leaves_nothing) {
    const auto first = receive(intake());
    auto second = prepare(intake());
    second.row.reference = first.row.reference;
    try {
        write([&](store::Tx& tx) { requests::receive(tx, jane, office(), second); });
        FAIL() << "two requests have one reference";
    } catch (const store::SqlFault& fault) {
        EXPECT_EQ(fault.state, "23505");
    }
    EXPECT_THROW(row(second.row.id), Refusal);
    EXPECT_EQ(
        number(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM entries WHERE account_id = ? AND request_id = ?",
            {account, second.row.id}
        ),
        0
    );
}

TEST_P(Intakes, tell_the_browsers_once_they_are_committed) {
    int told = 0;
    int letters_waiting = 0;
    office().changed = [&](AccountId, RequestId) { ++told; };
    office().letter_waits = [&] { ++letters_waiting; };
    receive();
    EXPECT_EQ(told, 1);
    EXPECT_EQ(letters_waiting, 1);
    refusal([&](store::Tx& tx) {
        requests::receive(tx, jane, office(), prepare(intake()));
        throw Refusal(No::conflict, "changed_my_mind");
    });
    EXPECT_EQ(told, 1);
}

}  // namespace
}  // namespace quittance::requests
