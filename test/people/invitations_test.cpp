#include "people/invitations.h"

#include <thread>

#include "people/company.h"
#include "test/people/house.h"

namespace quittance::people {
namespace {

constexpr auto grace = "grace@hopper.example";

class Invitations : public House {
protected:
    void SetUp() override {
        House::SetUp();
        if (IsSkipped()) return;
        opened = open_ada();
        act = {opened.account, opened.owner, std::nullopt, Door::web};
    }
    Uuid invite_as(const std::string& email, Role role = Role::agent) {
        return write([&](store::Tx& tx) { return invite(tx, act, reception, {email, role}); });
    }
    std::string last_token() { return token_in(letters(opened.account).back().text); }
    NewSession accept(
        const std::string& token, const std::string& name = "Grace Hopper",
        const std::string& password = other_password
    ) {
        return accept_invitation(reception, {token, name, password, client});
    }
    InvitationPage look(const std::string& token) {
        return read([&](store::Reader& r) { return look_at_invitation(r, *ring, token); });
    }

    Opened opened;
    Act act;
};
INSTANTIATE_TEST_SUITE_P(databases, Invitations, test::both(), test::name_of);

TEST_P(Invitations, are_gone_when_unknown_over_archived_or_accepted) {
    const auto gone = [&](const std::string& token) {
        EXPECT_EQ(refusal_of([&] { look(token); }), "invitation_gone");
        EXPECT_EQ(refusal_of([&] { accept(token); }), "invitation_gone");
    };
    gone("");
    gone(std::string(43, 'A'));
    const auto id = invite_as(grace);
    const auto archived = last_token();
    write([&](store::Tx& tx) { archive_invitation(tx, act, *ring, id); });
    gone(archived);
    invite_as(grace);
    const auto late = last_token();
    pass(invitation_good_for);
    gone(late);
    invite_as(grace);
    const auto once = last_token();
    accept(once);
    gone(once);
}

TEST_P(Invitations, refuse_a_weak_password_and_a_missing_name_and_stay_open) {
    invite_as(grace);
    const auto token = last_token();
    const auto errors = field_errors_of([&] { accept(token, " ", "short"); });
    EXPECT_EQ(errors, (std::set<std::string>{"/name required", "/password password_too_short"}));
    EXPECT_EQ(
        field_errors_of([&] { accept(token, "Grace Hopper", "grace hopper 1906"); }),
        std::set<std::string>{"/password password_names_you"}
    );
    EXPECT_NO_THROW(accept(token));
}

TEST_P(Invitations, go_to_addresses_that_are_no_agents_yet) {
    EXPECT_EQ(refusal_of([&] { invite_as(ada); }), "already_agent");
    EXPECT_EQ(
        field_errors_of([&] { invite_as("grace"); }), std::set<std::string>{"/email not_an_email"}
    );
    EXPECT_TRUE(letters(opened.account).empty());
    EXPECT_EQ(letters_waiting, 0);
}

TEST_P(Invitations, the_newest_link_is_the_one_that_works) {
    invite_as(grace);
    const auto first = last_token();
    invite_as("Grace@Hopper.example", Role::auditor);
    EXPECT_EQ(refusal_of([&] { look(first); }), "invitation_gone");
    EXPECT_EQ(look(last_token()).role, Role::auditor);
}

TEST_P(Invitations, make_an_agent_who_is_signed_in) {
    invite_as(grace, Role::technician);
    const auto letter = letters(opened.account).back();
    EXPECT_EQ(letter.to, grace);
    EXPECT_EQ(letter.subject, "Join Lovelace Ltd in Quittance");
    EXPECT_NE(letter.text.find("Ada Lovelace invites you"), std::string::npos);
    EXPECT_NE(letter.text.find("https://q.example/app/invitation#"), std::string::npos);
    EXPECT_EQ(letters_waiting, 1);
    const auto page = look(last_token());
    EXPECT_EQ(page.company, "Lovelace Ltd");
    EXPECT_EQ(page.email, grace);
    EXPECT_FALSE(page.known);

    const auto session = accept(last_token());
    EXPECT_EQ(who(session.token)->role, Role::technician);
    EXPECT_NO_THROW(sign_in_as(grace, other_password));
    EXPECT_EQ(count("agent_invited"), 1);
    const auto list = read([&](store::Reader& r) { return invitations(r, *ring, opened.account); });
    ASSERT_EQ(list.size(), 1U);
    EXPECT_TRUE(list.front().accepted_at);
    EXPECT_EQ(
        refusal_of([&] {
            write([&](store::Tx& tx) { archive_invitation(tx, act, *ring, list.front().id); });
        }),
        "accepted"
    );
}

TEST_P(Invitations, of_two_acceptances_at_the_same_moment_one_wins) {
    for (int round = 0; round < 4; ++round) {
        const auto email = "grace" + std::to_string(round) + "@hopper.example";
        invite_as(email);
        const auto token = last_token();
        std::string first;
        std::jthread thread([&] { first = refusal_of([&] { accept(token); }); });
        const auto second = refusal_of([&] { accept(token); });
        thread.join();
        EXPECT_EQ(
            (std::set<std::string>{first, second}), (std::set<std::string>{"", "invitation_gone"})
        );
        const auto all = read([&](store::Reader& r) { return agents(r, *ring, opened.account); });
        EXPECT_EQ(all.size(), 2U + static_cast<std::size_t>(round));
    }
}

TEST_P(Invitations, a_known_person_accepts_with_their_own_password) {
    const auto other = open_ada("Babbage Ltd", "charles@babbage.example");
    invite_as("charles@babbage.example", Role::auditor);
    const auto token = last_token();
    EXPECT_TRUE(look(token).known);
    EXPECT_EQ(refusal_of([&] { accept(token, "", other_password); }), "sign_in_failed");
    work_back_room();
    EXPECT_EQ(events(other.account).back(), "sign_in_failed");
    const auto session = accept(token, "", good_password);
    EXPECT_EQ(session.who.act.account, opened.account);
    const auto shown = read([&](store::Reader& r) { return me(r, *ring, session.who); });
    EXPECT_EQ(shown.agent.name, "Ada Lovelace") << "as the other account knows them";
    EXPECT_EQ(shown.accounts.size(), 2U);
}

TEST_P(Invitations, bring_an_archived_agent_back) {
    const auto joined = add(opened.account, "Grace", grace, Role::agent);
    write([&](store::Tx& tx) { archive_agent(tx, act, *ring, joined.agent, {}); });
    invite_as(grace);
    EXPECT_FALSE(look(last_token()).known) << "a forgotten password must not lock them out";
    const auto session = accept(last_token(), "Grace", other_password);
    EXPECT_EQ(session.who.act.agent, joined.agent);
    EXPECT_TRUE(who(session.token));
    EXPECT_EQ(refusal_of([&] { sign_in_as(grace, good_password); }), "sign_in_failed");
    EXPECT_NO_THROW(sign_in_as(grace, other_password));
}

TEST_P(Invitations, are_forgotten_ninety_days_after_they_are_over) {
    const auto id = invite_as(grace);
    const auto forget = [&] { write([&](store::Tx& tx) { forget_old_invitations(tx); }); };
    const auto find = [&] {
        return refusal_of([&] {
            read([&](store::Reader& r) { return invitation(r, *ring, opened.account, id); });
        });
    };
    pass(invitation_good_for + std::chrono::hours(89 * 24));
    forget();
    EXPECT_EQ(find(), "");
    pass(std::chrono::hours(2 * 24));
    forget();
    EXPECT_EQ(find(), "not_found");
}

TEST_P(Invitations, of_another_account_are_unknown) {
    const auto id = invite_as(grace);
    const auto other = open_ada("Babbage Ltd", "charles@babbage.example");
    const Act foreign{other.account, other.owner, std::nullopt, Door::web};
    EXPECT_EQ(
        refusal_of([&] {
            write([&](store::Tx& tx) { archive_invitation(tx, foreign, *ring, id); });
        }),
        "not_found"
    );
    EXPECT_TRUE(read([&](store::Reader& r) { return invitations(r, *ring, other.account); }).empty()
    );
}

}  // namespace
}  // namespace quittance::people
