#include "requests/address.h"

#include <atomic>
#include <thread>

#include "requests/closure.h"
#include "requests/review.h"
#include "requests/verification.h"
#include "test/requests/office_fixture.h"

namespace quittance::requests {
namespace {

class Proofs : public OfficeTest {
protected:
    Address address_of(std::string_view token) {
        const auto found =
            store().read([&](store::Reader& reader) { return find_address(reader, token); });
        if (!found) throw std::logic_error("no such address");
        return *found;
    }
    Entrance type(const Address& address, std::string_view code) {
        return store().write([&](store::Tx& tx) {
            return type_code(tx, jane, office(), address, code);
        });
    }
    Entrance press(const Address& address) {
        return store().write([&](store::Tx& tx) {
            return press_button(tx, jane, office(), address);
        });
    }
    LinkState state_of(const Address& address) {
        return store().read([&](store::Reader& reader) { return link_state(reader, address); });
    }
    bool mail_again(const Address& address) {
        return store().write([&](store::Tx& tx) {
            return mail_fresh_code(tx, jane, office(), address);
        });
    }
    std::optional<RequestId> session(std::string_view cookie) {
        return store().read([&](store::Reader& reader) {
            return session_request(reader, account, cookie);
        });
    }
    static std::string another(const std::string& code) {
        return code == "00000000" ? "00000001" : "00000000";
    }
    // The code in the newest letter of a request.
    std::string code_in_letter(RequestId id) {
        const auto text = letters(id).back().text;
        std::string digits;
        for (const char c : text) {
            digits = c >= '0' && c <= '9' ? digits + c : "";
            if (digits.size() == 8) return digits;
        }
        return "";
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Proofs, test::both(), test::name_of);

TEST_P(Proofs, come_from_links_that_we_have_made) {
    receive();
    for (const auto* token : {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
        EXPECT_FALSE(store().read([&](store::Reader& reader) { return find_address(reader, token); }
        ));
    }
}

TEST_P(Proofs, are_not_given_by_opening_the_link) {
    const auto prepared = receive(intake());
    const auto before = everything_about(prepared.row.id);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(state_of(address_of(prepared.proof->link->token)), LinkState::live);
    }
    EXPECT_EQ(everything_about(prepared.row.id), before);
}

TEST_P(Proofs, are_given_by_the_button_once) {
    const auto prepared = receive(intake());
    const auto address = address_of(prepared.proof->link->token);
    const auto entrance = press(address);
    EXPECT_EQ(entrance.outcome, Redeemed::opened);
    EXPECT_EQ(session(entrance.session), prepared.row.id);
    EXPECT_EQ(address_of(entrance.own_page).purpose, Purpose::own_page);
    const auto now = row(prepared.row.id);
    EXPECT_EQ(now.proof, Proof::given);
    EXPECT_FALSE(now.parked);
    EXPECT_EQ(view(prepared.row.id).verification->method, Method::mail_code);
    EXPECT_EQ(events(prepared.row.id), (std::vector<std::string>{"received", "verified"}));
    ASSERT_EQ(letters(prepared.row.id).size(), 2U) << "the acknowledgement follows the proof";

    const auto before = everything_about(prepared.row.id);
    EXPECT_EQ(press(address).outcome, Redeemed::used);
    EXPECT_EQ(type(address, prepared.proof->code).outcome, Redeemed::expired);
    EXPECT_EQ(state_of(address), LinkState::used);
    EXPECT_EQ(everything_about(prepared.row.id), before);
}

TEST_P(Proofs, after_a_rejection_are_taken_but_acknowledge_nothing) {
    const auto prepared = receive(intake());
    const auto id = prepared.row.id;
    write([&](store::Tx& tx) { reject(tx, ada, office(), id, {"cannot_identify", {}, {}}, {}); });
    EXPECT_EQ(press(address_of(prepared.proof->link->token)).outcome, Redeemed::opened);
    EXPECT_EQ(row(id).proof, Proof::given);
    EXPECT_EQ(row(id).stage, Stage::reply) << "a proof leads no step back";
    EXPECT_EQ(letters(id).size(), 1U);
}

TEST_P(Proofs, that_come_after_the_end_open_the_page_and_change_nothing) {
    const auto prepared = receive(intake());
    const auto id = prepared.row.id;
    write([&](store::Tx& tx) { withdraw(tx, jane, office(), id); });
    EXPECT_EQ(press(address_of(prepared.proof->link->token)).outcome, Redeemed::opened);
    EXPECT_EQ(row(id).proof, Proof::awaited);
    EXPECT_EQ(row(id).decision, Decision::withdrawn);
    EXPECT_EQ(letters(id).size(), 1U);
}

TEST_P(Proofs, are_given_by_the_code_however_it_is_typed) {
    const auto prepared = receive(intake());
    const auto& code = prepared.proof->code;
    const auto address = address_of(prepared.received_page->token);
    const auto entrance = type(address, " " + code.substr(0, 4) + " - " + code.substr(4));
    EXPECT_EQ(entrance.outcome, Redeemed::opened);
    EXPECT_EQ(row(prepared.row.id).proof, Proof::given);
    EXPECT_EQ(press(address_of(prepared.proof->link->token)).outcome, Redeemed::used);
}

TEST_P(Proofs, by_code_end_after_five_wrong_tries_even_with_the_right_one) {
    const auto prepared = receive(intake());
    const auto address = address_of(prepared.proof->link->token);
    const auto version = row(prepared.row.id).version;
    for (int i = 0; i < code_tries; ++i) {
        EXPECT_EQ(type(address, another(prepared.proof->code)).outcome, Redeemed::wrong_code);
    }
    EXPECT_EQ(type(address, prepared.proof->code).outcome, Redeemed::expired);
    EXPECT_EQ(row(prepared.row.id).proof, Proof::awaited);
    EXPECT_EQ(row(prepared.row.id).version, version) << "a wrong code disturbs no agent";
}

TEST_P(Proofs, by_code_may_be_right_at_the_fifth_try) {
    const auto prepared = receive(intake());
    const auto address = address_of(prepared.proof->link->token);
    for (int i = 1; i < code_tries; ++i) type(address, another(prepared.proof->code));
    EXPECT_EQ(type(address, prepared.proof->code).outcome, Redeemed::opened);
}

TEST_P(Proofs, of_64_uses_at_the_same_moment_are_one) {
    const auto prepared = receive(intake());
    const auto address = address_of(prepared.proof->link->token);
    std::atomic<int> ready{0};
    std::atomic<int> opened{0};
    std::vector<std::thread> all;
    for (int i = 0; i < 64; ++i) {
        all.emplace_back([&, i] {
            ++ready;
            while (ready < 64) std::this_thread::yield();
            const auto entrance = i % 2 ? press(address) : type(address, prepared.proof->code);
            if (entrance.outcome == Redeemed::opened) ++opened;
        });
    }
    for (auto& thread : all) thread.join();
    EXPECT_EQ(opened, 1);
    EXPECT_EQ(std::ranges::count(events(prepared.row.id), "verified"), 1);
    EXPECT_EQ(letters(prepared.row.id).size(), 2U);
}

TEST_P(Proofs, end_after_ten_minutes) {
    const auto prepared = receive(intake());
    const auto address = address_of(prepared.proof->link->token);
    store().set_clock_offset(std::chrono::minutes(9) + std::chrono::seconds(50));
    EXPECT_EQ(state_of(address), LinkState::live);
    store().set_clock_offset(std::chrono::minutes(10) + std::chrono::seconds(1));
    EXPECT_EQ(state_of(address), LinkState::expired);
    EXPECT_EQ(press(address).outcome, Redeemed::expired);
    EXPECT_EQ(type(address, prepared.proof->code).outcome, Redeemed::expired);
    EXPECT_EQ(row(prepared.row.id).proof, Proof::awaited);
    EXPECT_TRUE(mail_again(address));
    EXPECT_EQ(type(address, code_in_letter(prepared.row.id)).outcome, Redeemed::opened);
}

TEST_P(Proofs, of_one_request_prove_no_other) {
    const auto mine = receive(intake());
    const auto other = receive(intake());
    const auto address = address_of(other.proof->link->token);
    EXPECT_EQ(type(address, mine.proof->code).outcome, Redeemed::wrong_code);
    EXPECT_EQ(row(other.row.id).proof, Proof::awaited);
    EXPECT_EQ(row(mine.row.id).proof, Proof::awaited);
}

TEST_P(Proofs, are_mailed_three_times_an_hour_and_no_more) {
    const auto prepared = receive(intake());
    const auto address = address_of(prepared.received_page->token);
    EXPECT_TRUE(mail_again(address));
    EXPECT_TRUE(mail_again(address));
    const auto before = row(prepared.row.id);
    EXPECT_FALSE(mail_again(address));
    // Nothing was done, so no agent's ETag became stale.
    EXPECT_EQ(row(prepared.row.id).version, before.version);
    EXPECT_EQ(row(prepared.row.id).updated_at, before.updated_at);
    EXPECT_EQ(letters(prepared.row.id).size(), 3U);
    EXPECT_EQ(
        refusal([&](store::Tx& tx) { send_verification_mail(tx, ada, office(), prepared.row.id); }),
        "too_many_mails"
    );
    store().set_clock_offset(std::chrono::minutes(61));
    EXPECT_TRUE(mail_again(address));
}

TEST_P(Proofs, of_the_own_page_open_it_and_verify_nothing) {
    const auto prepared = receive(intake("unsubscribe"));
    const auto address = address_of(prepared.received_page->token);
    EXPECT_TRUE(mail_again(address));
    const auto letter = letters(prepared.row.id).back();
    EXPECT_TRUE(letter.subject.starts_with("Your code for request Q-")) << letter.subject;
    const auto entrance = type(address, code_in_letter(prepared.row.id));
    EXPECT_EQ(entrance.outcome, Redeemed::opened);
    EXPECT_EQ(session(entrance.session), prepared.row.id);
    EXPECT_EQ(row(prepared.row.id).proof, Proof::not_needed);
    EXPECT_EQ(events(prepared.row.id), (std::vector<std::string>{"received", "code_mailed"}));
}

TEST_P(Proofs, open_a_session_for_half_an_hour_in_this_account) {
    const auto prepared = receive(intake());
    const auto entrance = press(address_of(prepared.proof->link->token));
    EXPECT_FALSE(session("x"));
    EXPECT_FALSE(store().read([&](store::Reader& reader) {
        return session_request(reader, AccountId::make(), entrance.session);
    }));
    store().set_clock_offset(std::chrono::minutes(29));
    EXPECT_EQ(session(entrance.session), prepared.row.id);
    store().set_clock_offset(std::chrono::minutes(31));
    EXPECT_FALSE(session(entrance.session));
}

TEST_P(Proofs, are_forgotten_after_thirty_days) {
    const auto prepared = receive(intake());
    press(address_of(prepared.proof->link->token));
    store().set_clock_offset(std::chrono::days(31));
    write([&](store::Tx& tx) { forget_old_proofs(tx); });
    EXPECT_EQ(number("SELECT CAST(COUNT(*) AS BIGINT) FROM proofs"), 0);
    EXPECT_EQ(number("SELECT CAST(COUNT(*) AS BIGINT) FROM requester_sessions"), 0);
    EXPECT_EQ(state_of(address_of(prepared.proof->link->token)), LinkState::expired);
}

TEST_P(Proofs, that_an_agent_asks_for_go_only_where_one_is_open) {
    const auto ask = [&](RequestId id) {
        return refusal([&](store::Tx& tx) { send_verification_mail(tx, ada, office(), id); });
    };
    EXPECT_EQ(ask(receive("unsubscribe")), "proof_not_needed");
    EXPECT_EQ(ask(request_in(Stage::review)), "already_verified");
    EXPECT_EQ(ask(request_in(Stage::closed)), "not_in_stage");
    auto by_phone = intake("erase", Channel::phone);
    const auto id = receive(by_phone).row.id;
    EXPECT_EQ(ask(id), "");
    EXPECT_EQ(row(id).proof, Proof::awaited);
    EXPECT_FALSE(row(id).parked) << "a telephone request never vanishes";
    EXPECT_EQ(events(id).back(), "verification_mailed");
    by_phone.person.email.reset();
    EXPECT_EQ(ask(receive(by_phone).row.id), "no_email");
}

TEST_P(Proofs, stated_by_an_agent_have_a_method_of_theirs_and_a_reason) {
    const auto id = receive("erase");
    const auto before = everything_about(id);
    const auto state = [&](Method method, std::string_view reason) {
        return refusal([&](store::Tx& tx) { state_verified(tx, ada, office(), id, method, reason); }
        );
    };
    EXPECT_EQ(state(Method::mail_code, "Why not"), "invalid_fields /method method_not_yours");
    EXPECT_EQ(state(Method::oidc, "Why not"), "invalid_fields /method method_not_yours");
    EXPECT_EQ(state(Method::document, " "), "invalid_fields /reason required");
    EXPECT_EQ(state(Method::document, std::string(2001, 'x')), "invalid_fields /reason too_long");
    EXPECT_EQ(everything_about(id), before);
    EXPECT_EQ(state(Method::representative, " Her lawyer "), "");
    EXPECT_EQ(view(id).verification->reason, "Her lawyer");
    EXPECT_EQ(view(id).verification->agent, ada.agent);
}

TEST_P(Proofs, of_other_identifiers_are_attested_by_an_agent_and_at_most_twenty) {
    const auto id = request_in(Stage::review);
    const auto add = [&](const char* kind, const char* value) {
        return refusal([&](store::Tx& tx) {
            attest_identifier(
                tx, ada, office(), id, kind, value, Method::known_to_agent, "On her invoice"
            );
        });
    };
    EXPECT_TRUE(add("shoe_size", "42").starts_with("invalid_fields /kind not_one_of"));
    EXPECT_EQ(add("phone", ""), "invalid_fields /value required");
    EXPECT_EQ(add("email", "jane"), "invalid_fields /value not_an_email");
    for (int i = 0; i < 20; ++i) EXPECT_EQ(add("phone", "+33 1 23 45"), "");
    EXPECT_EQ(add("phone", "+33 1 23 45"), "too_many_identifiers");
    EXPECT_EQ(view(id).identifiers.size(), 20U);
    EXPECT_EQ(view(id).identifiers[0].proof, IdentifierProof::attested);
}

}  // namespace
}  // namespace quittance::requests
