#include "requests/stage.h"

#include <thread>

#include "requests/assignment.h"
#include "requests/attestation.h"
#include "requests/closure.h"
#include "requests/review.h"
#include "test/requests/office_fixture.h"

namespace quittance::requests {
namespace {

class Steps : public OfficeTest {
protected:
    using Function = std::function<void(store::Tx&, const Act&, RequestId)>;
    struct Named {
        std::string name;
        std::vector<Stage> from;
        Function take;
    };
    // Everything that belongs to a stage, with the stages in which it may be done.
    std::vector<Named> everything_that_needs_a_stage();
};
INSTANTIATE_TEST_SUITE_P(databases, Steps, test::both(), test::name_of);

std::vector<Steps::Named> Steps::everything_that_needs_a_stage() {
    const std::vector<Stage> open{Stage::review, Stage::process, Stage::reply};
    ReplyOrder order;
    order.subject = "Your request";
    order.body = "It is done.";
    return {
        {"approve",
         {Stage::review},
         [&](auto& tx, auto& act, auto id) { requests::approve(tx, act, office(), id, {}); }},
        {"reject",
         {Stage::review},
         [&](auto& tx, auto& act, auto id) {
             reject(tx, act, office(), id, {"cannot_identify", {}, {}}, {});
         }},
        {"attest",
         {Stage::process},
         [&](auto& tx, auto& act, auto id) {
             requests::attest(tx, act, office(), id, {"all data was deleted", {}, {}}, {});
         }},
        {"complete",
         {Stage::process},
         [&](auto& tx, auto& act, auto id) { requests::complete(tx, act, office(), id, {}); }},
        {"draft",
         {Stage::reply},
         [&](auto& tx, auto& act, auto id) {
             save_draft(tx, act, office(), id, {{}, "", ""});
         }},
        {"reply",
         {Stage::reply},
         [&, order](auto& tx, auto& act, auto id) {
             requests::reply(tx, act, office(), id, order);
         }},
        {"close",
         {Stage::reply},
         [&](auto& tx, auto& act, auto id) {
             requests::close(tx, act, office(), id, Decision::granted, {});
         }},
        {"end", open,
         [&](auto& tx, auto& act, auto id) {
             end(tx, act, office(), id, Decision::spam, "An advertisement", {});
         }},
        {"withdraw", open, [&](auto& tx, auto& act, auto id) { withdraw(tx, act, office(), id); }},
        {"assign", open,
         [&](auto& tx, auto& act, auto id) { assign(tx, act, office(), id, act.agent, {}); }},
        {"verify", open,
         [&](auto& tx, auto& act, auto id) {
             state_verified(tx, act, office(), id, Method::document, "Seen at the counter");
         }},
        {"identifier", open,
         [&](auto& tx, auto& act, auto id) {
             attest_identifier(
                 tx, act, office(), id, "phone", "+33 1 23 45", Method::document, "On the bill"
             );
         }},
    };
}

TEST_P(Steps, out_of_another_stage_are_refused_and_change_nothing) {
    for (const auto stage : {Stage::review, Stage::process, Stage::reply, Stage::closed}) {
        const auto id = request_in(stage);
        for (const auto& step : everything_that_needs_a_stage()) {
            if (std::ranges::find(step.from, stage) != step.from.end()) continue;
            const auto before = everything_about(id);
            EXPECT_EQ(refusal([&](store::Tx& tx) { step.take(tx, ada, id); }), "not_in_stage")
                << step.name << " in " << name_of(stage);
            EXPECT_EQ(everything_about(id), before) << step.name << " in " << name_of(stage);
        }
    }
}

TEST_P(Steps, of_another_account_are_steps_of_nobody) {
    const auto id = request_in(Stage::review);
    Act stranger = ada;
    stranger.account = AccountId::make();
    const auto before = everything_about(id);
    for (const auto& step : everything_that_needs_a_stage()) {
        EXPECT_EQ(refusal([&](store::Tx& tx) { step.take(tx, stranger, id); }), "not_found")
            << step.name;
    }
    EXPECT_EQ(everything_about(id), before);
    EXPECT_THROW(
        store().read([&](store::Reader& reader) {
            return requests::view(reader, office(), stranger.account, id);
        }),
        Refusal
    );
}

TEST_P(Steps, wait_for_the_proof_where_one_is_needed) {
    for (const auto channel : {Channel::web, Channel::phone}) {
        const auto id = receive(intake("erase", channel)).row.id;
        const auto before = everything_about(id);
        EXPECT_EQ(
            refusal([&](store::Tx& tx) { requests::approve(tx, ada, office(), id, {}); }),
            "unverified"
        );
        EXPECT_EQ(everything_about(id), before);
        verify(id);
        approve(id);
        EXPECT_EQ(row(id).stage, Stage::process);
    }
}

TEST_P(Steps, need_no_proof_where_asking_would_be_unlawful) {
    for (const auto* type : {"unsubscribe", "opt_out_sale"}) {
        const auto id = receive(type);
        EXPECT_EQ(row(id).proof, Proof::not_needed);
        approve(id);
        EXPECT_EQ(row(id).stage, Stage::process);
    }
}

TEST_P(Steps, on_a_stale_version_are_refused) {
    const auto id = request_in(Stage::review);
    const auto version = row(id).version;
    write([&](store::Tx& tx) { assign(tx, bob, office(), id, bob.agent, version); });
    const auto before = everything_about(id);
    EXPECT_EQ(
        refusal([&](store::Tx& tx) { requests::approve(tx, ada, office(), id, version); }), "stale"
    );
    EXPECT_EQ(
        refusal([&](store::Tx& tx) { assign(tx, ada, office(), id, ada.agent, version); }), "stale"
    );
    EXPECT_EQ(everything_about(id), before);
    write([&](store::Tx& tx) { requests::approve(tx, ada, office(), id, version + 1); });
    EXPECT_EQ(row(id).stage, Stage::process);
}

TEST_P(Steps, out_of_a_stage_happen_once_says_the_database_itself) {
    const auto id = request_in(Stage::process);
    constexpr auto again =
        "INSERT INTO stage_exits (account_id, request_id, stage, step, agent_id, at) "
        "VALUES (?, ?, 'review', 'approve', ?, 1)";
    try {
        write([&](store::Tx& tx) { tx.change(again, {account, id, ada.agent}); });
        FAIL() << "a stage was left twice";
    } catch (const store::SqlFault& fault) {
        EXPECT_EQ(fault.state, "23505");
    }
}

TEST_P(Steps, of_two_agents_at_the_same_moment_are_one_step_and_one_entry) {
    constexpr auto exits_of =
        "SELECT CAST(COUNT(*) AS BIGINT) FROM stage_exits WHERE account_id = ? AND request_id = ?";
    constexpr auto approvals_of =
        "SELECT CAST(COUNT(*) AS BIGINT) FROM entries "
        "WHERE account_id = ? AND request_id = ? AND event = 'approved'";
    for (int round = 0; round < 500; ++round) {
        const auto id = receive("unsubscribe");
        std::atomic<int> ready{0};
        std::atomic<int> done{0};
        std::atomic<int> refused{0};
        const auto press = [&](const Act& act) {
            ++ready;
            while (ready < 2) std::this_thread::yield();
            const auto code =
                refusal([&](store::Tx& tx) { requests::approve(tx, act, office(), id, {}); });
            if (code.empty()) ++done;
            if (code == "not_in_stage") ++refused;
        };
        std::thread other([&] { press(bob); });
        press(ada);
        other.join();
        ASSERT_EQ(done, 1);
        ASSERT_EQ(refused, 1);
        ASSERT_EQ(number(exits_of, {account, id}), 1);
        ASSERT_EQ(number(approvals_of, {account, id}), 1);
        ASSERT_EQ(row(id).stage, Stage::process);
    }
}

TEST_P(Steps, are_remembered_with_who_and_when) {
    const auto id = request_in(Stage::closed);
    const auto exits = view(id).exits;
    ASSERT_EQ(exits.size(), 3U);
    EXPECT_EQ(exits[0].step, "approve");
    EXPECT_EQ(exits[1].step, "complete");
    EXPECT_EQ(exits[2].step, "close");
    for (const auto& exit : exits) EXPECT_EQ(exit.agent, ada.agent);
    EXPECT_EQ(row(id).decision, Decision::granted);
    EXPECT_TRUE(row(id).closed_at);
}

TEST_P(Steps, end_a_request_from_any_open_stage) {
    for (const auto stage : {Stage::review, Stage::process, Stage::reply}) {
        const auto id = request_in(stage);
        write([&](store::Tx& tx) {
            end(tx, ada, office(), id, Decision::spam, "An advertisement", {});
        });
        EXPECT_EQ(row(id).stage, Stage::closed);
        EXPECT_EQ(row(id).decision, Decision::spam);
        EXPECT_EQ(events(id).back(), "ended");
    }
    const auto parked = receive("erase");
    write([&](store::Tx& tx) { withdraw(tx, jane, office(), parked); });
    EXPECT_EQ(row(parked).decision, Decision::withdrawn);
}

TEST_P(Steps, end_only_with_a_decision_that_ends_and_a_note) {
    const auto id = request_in(Stage::review);
    const auto before = everything_about(id);
    for (const auto decision : {Decision::granted, Decision::refused, Decision::partly}) {
        EXPECT_EQ(
            refusal([&](store::Tx& tx) { end(tx, ada, office(), id, decision, "Because", {}); }),
            "invalid_fields /decision decision_not_possible"
        );
    }
    EXPECT_EQ(
        refusal([&](store::Tx& tx) { end(tx, ada, office(), id, Decision::spam, "  ", {}); }),
        "invalid_fields /note required"
    );
    EXPECT_EQ(everything_about(id), before);
}

TEST_P(Steps, reject_only_on_a_ground_for_refusing_this_type) {
    const auto erase = request_in(Stage::review);
    const auto unsubscribe = request_in(Stage::review, "unsubscribe");
    const auto refused = [&](RequestId id, const char* ground) {
        return refusal([&](store::Tx& tx) { reject(tx, ada, office(), id, {ground, {}, {}}, {}); });
    };
    EXPECT_EQ(refused(erase, "because"), "invalid_fields /ground unknown_ground");
    EXPECT_EQ(refused(erase, "legal_claims"), "invalid_fields /ground ground_not_for_refusal");
    EXPECT_EQ(
        refused(unsubscribe, "cannot_identify"), "invalid_fields /ground ground_not_for_type"
    );
    EXPECT_EQ(row(erase).stage, Stage::review);
    EXPECT_EQ(refused(erase, "processor_only"), "");
    EXPECT_EQ(row(erase).stage, Stage::reply);
    EXPECT_EQ(row(erase).decision, Decision::refused);
    EXPECT_EQ(row(erase).ground, "processor_only");
}

TEST_P(Steps, reject_without_a_proof) {
    const auto id = receive("erase");
    write([&](store::Tx& tx) {
        reject(tx, ada, office(), id, {"cannot_identify", "No answer", {{"we asked"}}}, {});
    });
    EXPECT_EQ(row(id).stage, Stage::reply);
    EXPECT_EQ(row(id).proof, Proof::awaited);
    EXPECT_FALSE(row(id).parked);
    EXPECT_EQ(view(id).possible_decisions, std::vector{Decision::refused});
}

TEST_P(Steps, hand_a_request_only_to_an_agent_who_is_there) {
    const auto id = request_in(Stage::review);
    for (const auto& agent : {gone, AgentId::make()}) {
        EXPECT_EQ(
            refusal([&](store::Tx& tx) { assign(tx, ada, office(), id, agent, {}); }),
            "invalid_fields /agent unknown_agent"
        );
    }
    write([&](store::Tx& tx) { assign(tx, ada, office(), id, bob.agent, {}); });
    EXPECT_EQ(row(id).assignee, bob.agent);
    write([&](store::Tx& tx) { assign(tx, ada, office(), id, std::nullopt, {}); });
    EXPECT_EQ(row(id).assignee, std::nullopt);
}

}  // namespace
}  // namespace quittance::requests
