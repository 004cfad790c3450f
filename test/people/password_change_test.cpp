#include "people/password_change.h"

#include <thread>

#include "test/people/house.h"

namespace quittance::people {
namespace {

using std::chrono::minutes;

class Passwords : public House {
protected:
    void SetUp() override {
        House::SetUp();
        if (IsSkipped()) return;
        opened = open_ada();
    }
    void ask(const std::string& email = ada) {
        ask_for_reset(reception, email, client);
        work_back_room();
    }
    std::string last_token() { return token_in(letters(opened.account).back().text); }
    std::string reset(const std::string& token, const std::string& password = other_password) {
        return refusal_of([&] { reset_password(reception, token, password); });
    }

    Opened opened;
};
INSTANTIATE_TEST_SUITE_P(databases, Passwords, test::both(), test::name_of);

TEST_P(Passwords, are_changed_only_with_the_old_one_and_by_the_rules) {
    const auto session = sign_in_as(ada);
    const auto change = [&](std::string_view before, std::string_view after) {
        change_password(reception, session.who, before, after);
    };
    EXPECT_EQ(refusal_of([&] { change("wrong", other_password); }), "wrong_password");
    EXPECT_EQ(
        field_errors_of([&] { change(good_password, "short"); }),
        std::set<std::string>{"/password password_too_short"}
    );
    EXPECT_EQ(
        field_errors_of([&] { change(good_password, "lovelace ltd 1"); }),
        std::set<std::string>{"/password password_names_you"}
    );
    EXPECT_NO_THROW(sign_in_as(ada)) << "still the old one";
}

TEST_P(Passwords, a_change_ends_every_other_session_in_every_account) {
    const auto other = open_ada("Babbage Ltd", "charles@babbage.example");
    add(other.account, "Ada", ada, Role::agent);
    const auto here = sign_in_as(ada);
    const auto there = sign_in_as(ada, good_password, other.account);
    pass(minutes(20));
    change_password(reception, here.who, good_password, other_password);
    EXPECT_FALSE(who(there.token));
    ASSERT_TRUE(who(here.token));
    EXPECT_TRUE(who(here.token)->fresh);
    EXPECT_EQ(refusal_of([&] { sign_in_as(ada); }), "sign_in_failed");
    EXPECT_NO_THROW(sign_in_as(ada, other_password));
    EXPECT_EQ(count("password_changed"), 2);
    EXPECT_EQ(letters(opened.account).back().subject, "Your Quittance password was changed");
}

TEST_P(Passwords, a_reset_is_mailed_only_to_somebody_we_know_and_nobody_sees_which) {
    ask_for_reset(reception, ada, client);
    EXPECT_TRUE(letters(opened.account).empty()) << "nothing happens before the answer";
    EXPECT_TRUE(back_room.work_one());
    ask_for_reset(reception, "nobody@lovelace.example", client);
    EXPECT_TRUE(back_room.work_one()) << "the same is left behind";
    ASSERT_EQ(letters(opened.account).size(), 1U);
    EXPECT_EQ(letters(opened.account).front().to, ada);
    EXPECT_EQ(
        field_errors_of([&] { ask("no address"); }), std::set<std::string>{"/email not_an_email"}
    );
}

TEST_P(Passwords, three_resets_an_hour_are_mailed_to_one_address) {
    for (int i = 0; i < 5; ++i) ask();
    EXPECT_EQ(letters(opened.account).size(), 3U);
    pass(minutes(61));
    ask();
    EXPECT_EQ(letters(opened.account).size(), 4U);
}

TEST_P(Passwords, a_network_may_ask_thirty_times_an_hour) {
    for (int i = 0; i < 30; ++i) ask("nobody" + std::to_string(i) + "@lovelace.example");
    EXPECT_EQ(refusal_of([&] { ask(); }), "too_many_tries");
}

TEST_P(Passwords, a_reset_link_works_once_for_thirty_minutes) {
    EXPECT_EQ(reset(""), "reset_gone");
    EXPECT_EQ(reset(std::string(43, 'A')), "reset_gone");
    ask();
    const auto late = last_token();
    pass(reset_good_for);
    EXPECT_EQ(reset(late), "reset_gone");
    ask();
    const auto first = last_token();
    ask();
    const auto second = last_token();
    EXPECT_EQ(reset(second, "short"), "invalid_fields");
    EXPECT_EQ(reset(second), "");
    EXPECT_EQ(reset(second), "reset_gone");
    EXPECT_EQ(reset(first), "reset_gone") << "other links of the person are void";
    EXPECT_FALSE(write(forget_old_resets));
}

TEST_P(Passwords, of_two_uses_of_a_link_one_wins) {
    ask();
    const auto token = last_token();
    std::string first;
    std::jthread thread([&] { first = reset(token); });
    const auto second = reset(token);
    thread.join();
    EXPECT_EQ((std::set<std::string>{first, second}), (std::set<std::string>{"", "reset_gone"}));
}

TEST_P(Passwords, a_reset_ends_every_session_and_lets_a_locked_out_person_in) {
    const auto session = sign_in_as(ada);
    for (int i = 0; i < 11; ++i) EXPECT_NE(refusal_of([&] { sign_in_as(ada, "wrong"); }), "");
    EXPECT_EQ(refusal_of([&] { sign_in_as(ada); }), "too_many_tries");
    ask();
    EXPECT_EQ(reset(last_token()), "");
    EXPECT_FALSE(who(session.token));
    EXPECT_NO_THROW(sign_in_as(ada, other_password));
    EXPECT_EQ(count("password_reset"), 1);
}

TEST_P(Passwords, an_archived_agent_gets_no_reset) {
    const auto joined = add(opened.account, "Grace", "grace@lovelace.example", Role::agent);
    ask("grace@lovelace.example");
    const auto token = last_token();
    const Act act{opened.account, opened.owner, std::nullopt, Door::web};
    write([&](store::Tx& tx) { archive_agent(tx, act, *ring, joined.agent, {}); });
    EXPECT_EQ(reset(token), "reset_gone");
    ask("grace@lovelace.example");
    EXPECT_EQ(letters(opened.account).size(), 1U);
}

}  // namespace
}  // namespace quittance::people
