#include "people/accounts.h"

#include <thread>

#include "people/company.h"
#include "people/invitations.h"
#include "people/settings.h"
#include "test/people/house.h"

namespace quittance::people {
namespace {

class Accounts : public House {
protected:
    SetUpDone set_up_with(std::optional<std::string> code, bool loopback) {
        return set_up(
            reception,
            {{"Lovelace Ltd", "Ada Lovelace", ada, good_password}, code, loopback, client}, {}
        );
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Accounts, test::both(), test::name_of);

TEST_P(Accounts, set_up_from_elsewhere_needs_the_code) {
    EXPECT_EQ(refusal_of([&] { set_up_with({}, false); }), "set_up_code_needed");
    EXPECT_EQ(refusal_of([&] { set_up_with("", false); }), "set_up_code_needed");
    EXPECT_EQ(refusal_of([&] { set_up_with("AAAA-AAAA-AAAA", false); }), "wrong_set_up_code");
    EXPECT_TRUE(read(set_up_needed));
    auto typed = set_up_code(*ring);
    EXPECT_EQ(typed.size(), 14U);
    std::erase(typed, '-');
    EXPECT_NO_THROW(set_up_with(lower_case(typed), false));
}

TEST_P(Accounts, guessing_the_set_up_code_is_throttled) {
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(refusal_of([&] { set_up_with("WRONG", false); }), "wrong_set_up_code");
    }
    EXPECT_EQ(refusal_of([&] { set_up_with(set_up_code(*ring), false); }), "too_many_tries");
}

TEST_P(Accounts, set_up_names_every_wrong_field) {
    const auto errors = field_errors_of([&] {
        set_up(reception, {{" ", "", "ada", "short"}, {}, true, client}, {});
    });
    EXPECT_EQ(
        errors, (std::set<std::string>{
                    "/account/name required", "/owner/name required", "/owner/email not_an_email",
                    "/owner/password password_too_short"})
    );
    EXPECT_TRUE(read(set_up_needed));
}

TEST_P(Accounts, set_up_happens_once) {
    const auto done = set_up_with({}, true);
    EXPECT_EQ(done.opened.slug, "privacy");
    EXPECT_EQ(who(done.session.token)->role, Role::owner);
    EXPECT_FALSE(read(set_up_needed));
    EXPECT_EQ(refusal_of([&] { set_up_with({}, true); }), "already_set_up");
    EXPECT_EQ(refusal_of([&] { set_up_with({}, false); }), "already_set_up");
}

TEST_P(Accounts, of_two_set_ups_at_the_same_moment_one_wins) {
    std::string first;
    std::jthread thread([&] { first = refusal_of([&] { set_up_with({}, true); }); });
    const auto second = refusal_of([&] { set_up_with({}, true); });
    thread.join();
    EXPECT_EQ(
        (std::set<std::string>{first, second}), (std::set<std::string>{"", "already_set_up"})
    );
    EXPECT_EQ(read(accounts).size(), 1U);
}

TEST_P(Accounts, nothing_is_left_of_one_whose_furnishing_fails) {
    const auto fail = [](store::Tx&, const Act&) { throw std::runtime_error("no templates"); };
    EXPECT_THROW(
        set_up(
            reception, {{"Lovelace Ltd", "Ada Lovelace", ada, good_password}, {}, true, client},
            fail
        ),
        std::runtime_error
    );
    EXPECT_TRUE(read(set_up_needed));
    EXPECT_FALSE(read([](store::Reader& r) { return centre_at(r, "privacy"); }));
}

TEST_P(Accounts, seal_with_the_key_of_the_tx_that_was_committed) {
    const Act act{AccountId::make(), AgentId::make(), std::nullopt, Door::command};
    const auto open = [&](const Furnish& furnish) {
        write([&](store::Tx& tx) {
            open_account(
                tx, act, *ring, {"Lovelace Ltd", "Ada Lovelace", ada, good_password},
                hash_password(good_password), furnish
            );
        });
    };
    EXPECT_THROW(
        open([](store::Tx&, const Act&) { throw std::runtime_error("again"); }), std::runtime_error
    );
    open({});
    write([&](store::Tx& tx) {
        invite(tx, act, reception, {"grace@hopper.example", Role::agent});
    });
    EXPECT_EQ(letters(act.account).size(), 1U) << "opened with a key that the database has";
}

TEST_P(Accounts, are_furnished_by_the_rooms_above_in_the_same_tx) {
    std::optional<Act> furnished;
    const auto done = set_up(
        reception, {{"Lovelace Ltd", "Ada Lovelace", ada, good_password}, {}, true, client},
        [&](store::Tx& tx, const Act& act) {
            EXPECT_EQ(company(tx, *ring, act.account).name, "Lovelace Ltd");
            furnished = act;
        }
    );
    ASSERT_TRUE(furnished);
    EXPECT_EQ(furnished->account, done.opened.account);
    EXPECT_EQ(furnished->agent, done.opened.owner);
}

TEST_P(Accounts, have_a_privacy_centre_each) {
    const auto first = open_ada();
    const auto second = open_ada("Babbage Ltd", "charles@babbage.example");
    EXPECT_EQ(second.slug, "privacy-2");
    const auto at = [&](const std::string& slug) {
        return read([&](store::Reader& reader) { return centre_at(reader, slug); });
    };
    EXPECT_EQ(at("privacy")->account, first.account);
    EXPECT_EQ(at("privacy-2")->account, second.account);
    for (const auto* slug : {"", "privacy-3", "Privacy", "app", "r", "-privacy", "pri vacy"}) {
        EXPECT_FALSE(at(slug)) << slug;
    }
    const auto own = read([&](store::Reader& r) { return centres(r, second.account); });
    ASSERT_EQ(own.size(), 1U);
    EXPECT_EQ(own.front().slug, "privacy-2");
}

TEST_P(Accounts, an_owner_of_two_keeps_one_password) {
    open_ada();
    const Act act{AccountId::make(), AgentId::make(), std::nullopt, Door::command};
    write([&](store::Tx& tx) {
        return open_account(
            tx, act, *ring, {"Second Ltd", "Ada", ada, other_password},
            hash_password(other_password), {}
        );
    });
    EXPECT_EQ(refusal_of([&] { sign_in_as(ada, other_password); }), "sign_in_failed");
    EXPECT_NO_THROW(sign_in_as(ada, good_password, act.account));
}

class Companies : public House {};
INSTANTIATE_TEST_SUITE_P(databases, Companies, test::both(), test::name_of);

TEST_P(Companies, name_every_flaw) {
    const Company bad{"", "Mars/Olympus", "nobody", std::string(501, 'a'), "a\nb", "http://x"};
    std::set<std::string> codes;
    for (const auto& flaw : flaws(bad)) codes.insert(flaw.at + " " + flaw.code);
    EXPECT_EQ(
        codes, (std::set<std::string>{
                   "/name required", "/time_zone unknown_time_zone", "/privacy_email not_an_email",
                   "/postal_address too_long", "/privacy_officer bad_text",
                   "/policy_url not_an_https_url"})
    );
}

TEST_P(Companies, are_saved_by_whoever_saw_the_newest_version) {
    const auto opened = open_ada();
    const Act act{opened.account, opened.owner, std::nullopt, Door::web};
    const auto save = [&](Company company, std::optional<std::int64_t> if_match) {
        return refusal_of([&] {
            write([&](store::Tx& tx) { save_company(tx, act, *ring, company, if_match); });
        });
    };
    Company company{"Lovelace & Co", "Europe/London", "", "1 Engine Street\nLondon", {}, {}};
    EXPECT_EQ(save(company, 7), "stale");
    EXPECT_EQ(save({}, 1), "invalid_fields");
    EXPECT_EQ(save(company, 1), "");
    EXPECT_EQ(save(company, 1), "stale");
    EXPECT_EQ(save(company, std::nullopt), "");
    const auto saved =
        read([&](store::Reader& r) { return people::company(r, *ring, opened.account); });
    EXPECT_EQ(saved.time_zone, "Europe/London");
    EXPECT_FALSE(saved.privacy_email) << "an empty one is none";
    EXPECT_EQ(read([&](store::Reader& r) { return company_version(r, opened.account); }), 3);
    EXPECT_EQ(count("settings_changed"), 3);
}

TEST_P(Companies, of_an_unknown_account_are_unknown) {
    EXPECT_EQ(
        refusal_of([&] {
            read([&](store::Reader& r) { return company(r, *ring, AccountId::make()); });
        }),
        "not_found"
    );
    EXPECT_EQ(
        refusal_of([&] {
            read([&](store::Reader& r) { return company_version(r, AccountId::make()); });
        }),
        "not_found"
    );
}

}  // namespace
}  // namespace quittance::people
