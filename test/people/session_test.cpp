#include "people/session.h"

#include "people/security.h"
#include "people/tries.h"
#include "test/people/house.h"

namespace quittance::people {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class Sessions : public House {};
INSTANTIATE_TEST_SUITE_P(databases, Sessions, test::both(), test::name_of);

TEST_P(Sessions, refuse_a_wrong_password_and_an_unknown_address_alike) {
    open_ada();
    for (const auto* email : {ada, "nobody@lovelace.example", "no address"}) {
        EXPECT_EQ(refusal_of([&] { sign_in_as(email, other_password); }), "sign_in_failed");
        // The same is left behind in every case.
        EXPECT_TRUE(back_room.work_one()) << email;
        EXPECT_FALSE(back_room.work_one()) << email;
    }
}

TEST_P(Sessions, a_failed_sign_in_of_a_known_person_stands_in_the_ledger) {
    const auto account = open_ada().account;
    for (int i = 0; i < 12; ++i) {
        EXPECT_NE(refusal_of([&] { sign_in_as(ada, "wrong"); }), "");
        work_back_room();
    }
    EXPECT_EQ(events(account).back(), "sign_in_failed");
    EXPECT_EQ(count("sign_in_failed"), 10);
}

TEST_P(Sessions, the_ledger_takes_ten_refusals_an_hour_per_person) {
    const auto opened = open_ada();
    const Act act{opened.account, opened.owner, std::nullopt, Door::web};
    const auto refuse = [&] {
        write([&](store::Tx& tx) { record_refusal(tx, act, *ring, "wrong_role", "GET /x"); });
    };
    for (int i = 0; i < 15; ++i) refuse();
    EXPECT_EQ(count("refused"), 10);
    pass(minutes(61));
    refuse();
    EXPECT_EQ(count("refused"), 11);
}

TEST_P(Sessions, the_eleventh_try_for_an_address_waits_and_a_good_one_sets_it_back) {
    open_ada();
    for (int i = 0; i < 9; ++i) EXPECT_NE(refusal_of([&] { sign_in_as(ada, "wrong"); }), "");
    EXPECT_NO_THROW(sign_in_as(ada));
    for (int i = 0; i < 10; ++i) EXPECT_NE(refusal_of([&] { sign_in_as(ada, "wrong"); }), "");
    try {
        sign_in_as(ada);
        FAIL();
    } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.code, "too_many_tries");
        EXPECT_EQ(refusal.no, No::too_many);
        EXPECT_GT(refusal.retry_after_s, 0);
        EXPECT_LE(refusal.retry_after_s, 15 * 60 + 1);
    }
    pass(minutes(16));
    EXPECT_NO_THROW(sign_in_as(ada));
}

TEST_P(Sessions, tries_are_counted_by_network_too) {
    for (int i = 0; i < 100; ++i) {
        write([&](store::Tx& tx) { require_try(tx, *ring, sign_in_by_network, network_of(client)); }
        );
    }
    open_ada();
    EXPECT_EQ(refusal_of([&] { sign_in_as(ada); }), "too_many_tries");
    EXPECT_NO_THROW(sign_in(reception, {ada, good_password, {}, elsewhere}));
}

TEST_P(Sessions, an_account_of_others_is_a_failed_sign_in) {
    open_ada();
    const auto other = open_ada("Babbage Ltd", "charles@babbage.example");
    EXPECT_EQ(refusal_of([&] { sign_in_as(ada, good_password, other.account); }), "sign_in_failed");
    EXPECT_EQ(
        refusal_of([&] { sign_in_as(ada, good_password, AccountId::make()); }), "sign_in_failed"
    );
}

TEST_P(Sessions, an_unknown_token_is_nobody) {
    open_ada();
    EXPECT_FALSE(who(""));
    EXPECT_FALSE(who("x"));
    EXPECT_FALSE(who(std::string(43, 'A')));
}

TEST_P(Sessions, end_after_twelve_idle_hours) {
    open_ada();
    const auto token = sign_in_as(ada).token;
    pass(hours(11));
    EXPECT_TRUE(who(token));
    pass(hours(11));
    EXPECT_TRUE(who(token));
    pass(hours(12));
    EXPECT_FALSE(who(token));
}

TEST_P(Sessions, end_after_seven_days_however_busy) {
    open_ada();
    const auto token = sign_in_as(ada).token;
    for (int i = 0; i < 16; ++i) {
        pass(hours(10));
        EXPECT_TRUE(who(token));
    }
    pass(hours(8));
    EXPECT_FALSE(who(token));
    EXPECT_FALSE(write(forget_ended_sessions));
}

TEST_P(Sessions, are_seen_at_most_once_a_minute) {
    open_ada();
    const auto token = sign_in_as(ada).token;
    const auto first = who(token)->seen_at;
    pass(seconds(40));
    EXPECT_EQ(who(token)->seen_at, first);
    pass(seconds(30));
    EXPECT_GE(who(token)->seen_at - first, seconds(60));
}

TEST_P(Sessions, are_fresh_for_ten_minutes_and_again_after_a_proof) {
    open_ada();
    const auto token = sign_in_as(ada).token;
    EXPECT_NO_THROW(require_fresh(*who(token)));
    pass(minutes(10));
    EXPECT_EQ(refusal_of([&] { require_fresh(*who(token)); }), "fresh_sign_in_needed");
    EXPECT_EQ(refusal_of([&] { prove(reception, *who(token), "wrong"); }), "wrong_password");
    EXPECT_EQ(refusal_of([&] { require_fresh(*who(token)); }), "fresh_sign_in_needed");
    EXPECT_EQ(count("sign_in_failed"), 1);
    prove(reception, *who(token), good_password);
    EXPECT_NO_THROW(require_fresh(*who(token)));
}

TEST_P(Sessions, of_an_archived_agent_are_over) {
    const auto opened = open_ada();
    const auto joined = add(opened.account, "Grace", "grace@lovelace.example", Role::agent);
    const auto token = sign_in_as("grace@lovelace.example").token;
    const Act act{opened.account, opened.owner, std::nullopt, Door::web};
    write([&](store::Tx& tx) { archive_agent(tx, act, *ring, joined.agent, {}); });
    EXPECT_FALSE(who(token));
    EXPECT_EQ(refusal_of([&] { sign_in_as("grace@lovelace.example"); }), "sign_in_failed");
}

TEST_P(Sessions, show_only_a_persons_own_and_end_only_those) {
    const auto opened = open_ada();
    add(opened.account, "Grace", "grace@lovelace.example", Role::agent);
    const auto mine = sign_in_as(ada);
    const auto second = sign_in_as(ada);
    const auto hers = sign_in_as("grace@lovelace.example");
    const auto list = read([&](store::Reader& reader) { return sessions(reader, mine.who); });
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(std::ranges::count_if(list, &Session::current), 1);
    const auto end = [&](Uuid id) {
        return refusal_of([&] {
            write([&](store::Tx& tx) { end_session(tx, mine.who, *ring, id); });
        });
    };
    EXPECT_EQ(end(hers.who.session), "not_found");
    EXPECT_EQ(end(Uuid::make()), "not_found");
    EXPECT_EQ(end(second.who.session), "");
    EXPECT_FALSE(who(second.token));
    sign_in_as(ada);
    sign_in_as(ada);
    EXPECT_EQ(write([&](store::Tx& tx) { return end_other_sessions(tx, mine.who, *ring); }), 2);
    EXPECT_TRUE(who(mine.token));
    EXPECT_TRUE(who(hers.token));
    EXPECT_EQ(count("sessions_ended"), 2);
    write([&](store::Tx& tx) { sign_out(tx, mine.who); });
    EXPECT_FALSE(who(mine.token));
}

TEST_P(Sessions, a_member_of_several_accounts_goes_where_they_were_last_and_can_switch) {
    const auto first = open_ada();
    const auto second = open_ada("Babbage Ltd", "charles@babbage.example");
    add(second.account, "Ada", ada, Role::auditor);
    const auto session = sign_in_as(ada);
    EXPECT_EQ(session.who.act.account, first.account);
    const auto shown = read([&](store::Reader& reader) { return me(reader, *ring, session.who); });
    EXPECT_EQ(shown.account_name, "Lovelace Ltd");
    ASSERT_EQ(shown.accounts.size(), 2U);
    EXPECT_EQ(shown.accounts.at(1).name, "Babbage Ltd");

    const auto go = [&](const SignedIn& from, AccountId to) {
        return write([&](store::Tx& tx) { return switch_account(tx, from, *ring, to); });
    };
    const auto third = open_ada("Menabrea Ltd", "luigi@menabrea.example");
    EXPECT_EQ(refusal_of([&] { go(session.who, third.account); }), "not_found");
    pass(minutes(11));
    const auto there = go(session.who, second.account);
    EXPECT_EQ(there.who.role, Role::auditor);
    EXPECT_FALSE(there.who.fresh) << "switching gives no proof";
    EXPECT_EQ(there.who.created_at, session.who.created_at) << "nor another seven days";
    EXPECT_FALSE(who(session.token));
    EXPECT_EQ(refusal_of([&] { go(session.who, first.account); }), "not_signed_in");
    EXPECT_EQ(sign_in_as(ada).who.act.account, second.account);
    EXPECT_EQ(sign_in_as(ada, good_password, first.account).who.role, Role::owner);
}

TEST(Network, is_an_ipv4_address_or_the_first_half_of_an_ipv6_address) {
    EXPECT_EQ(network_of("192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(network_of("::ffff:192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), network_of("2001:db8:1:2::9"));
    EXPECT_NE(network_of("2001:db8:1:2::9"), network_of("2001:db8:1:3::9"));
    EXPECT_EQ(network_of("somewhere"), "somewhere");
}

}  // namespace
}  // namespace quittance::people
