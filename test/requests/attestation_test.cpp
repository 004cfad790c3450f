#include "requests/attestation.h"

#include "requests/closure.h"
#include "test/requests/office_fixture.h"

namespace quittance::requests {
namespace {

class Attestations : public OfficeTest {
protected:
    std::string refused(RequestId id, const Attested& attested) {
        return refusal([&](store::Tx& tx) {
            requests::attest(tx, ada, office(), id, attested, std::nullopt);
        });
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Attestations, test::both(), test::name_of);

TEST_P(Attestations, are_the_sentence_of_the_type_and_no_other) {
    const std::vector<std::pair<std::string, std::string>> sentences{
        {"erase", "all data was deleted"},
        {"rectify", "all data was corrected"},
        {"opt_out_sale", "the data is no longer sold or shared"},
        {"unsubscribe", "the address gets no more advertising"}};
    for (const auto& [type, right] : sentences) {
        const auto id = request_in(Stage::process, type);
        for (const auto& [other, wrong] : sentences) {
            if (other == type) continue;
            EXPECT_EQ(refused(id, {wrong, {}, {}}), "invalid_fields /statement not_the_statement");
        }
        EXPECT_EQ(refused(id, {"", {}, {}}), "invalid_fields /statement not_the_statement");
        EXPECT_FALSE(view(id).attestation);
        EXPECT_EQ(refused(id, {"  " + right + "\n", {}, {}}), "");
        EXPECT_EQ(view(id).attestation->attested.statement, "  " + right + "\n");
    }
    const auto id = request_in(Stage::process);
    EXPECT_EQ(refused(id, {"All Data WAS deleted", {}, {}}), "");
}

TEST_P(Attestations, keep_something_only_on_a_ground_for_keeping) {
    const auto id = request_in(Stage::process);
    const auto keeping = [&](const char* ground) {
        return refused(
            id, {"all data was deleted", {}, std::vector<Exception>{{"Shop", ground, {}}}}
        );
    };
    EXPECT_EQ(keeping("because"), "invalid_fields /exceptions/0/ground unknown_ground");
    EXPECT_EQ(
        keeping("cannot_identify"), "invalid_fields /exceptions/0/ground ground_not_for_keeping"
    );
    EXPECT_EQ(keeping("tax_and_accounting"), "");
    const auto rectify = request_in(Stage::process, "rectify");
    EXPECT_EQ(
        refused(
            rectify, {"all data was corrected",
                      {},
                      std::vector<Exception>{{"Shop", "tax_and_accounting", {}}}}
        ),
        "invalid_fields /exceptions/0/ground ground_not_for_type"
    );
}

TEST_P(Attestations, name_at_most_a_hundred_systems_that_have_names) {
    const auto id = request_in(Stage::process);
    EXPECT_EQ(
        refused(id, {"all data was deleted", std::vector<std::string>(101, "Shop"), {}}),
        "invalid_fields /systems too_many"
    );
    EXPECT_EQ(
        refused(id, {"all data was deleted", std::vector<std::string>{"Shop", " "}, {}}),
        "invalid_fields /systems/1 required"
    );
    EXPECT_EQ(
        refused(id, {"all data was deleted", std::vector<std::string>{std::string(201, 'x')}, {}}),
        "invalid_fields /systems/0 too_long"
    );
}

TEST_P(Attestations, come_before_the_completion) {
    const auto id = request_in(Stage::process);
    const auto before = everything_about(id);
    EXPECT_EQ(
        refusal([&](store::Tx& tx) { requests::complete(tx, ada, office(), id, {}); }), "unfinished"
    );
    EXPECT_EQ(everything_about(id), before);
    attest(id);
    complete(id);
    EXPECT_EQ(row(id).stage, Stage::reply);
}

TEST_P(Attestations, are_set_anew_with_an_entry_each_time) {
    const auto id = request_in(Stage::process);
    attest(id);
    write([&](store::Tx& tx) {
        requests::attest(
            tx, bob, office(), id,
            {"all data was deleted", std::vector<std::string>{"Newsletter"},
             std::vector<Exception>{{"Accounting", "tax_and_accounting", "2034"}}},
            std::nullopt
        );
    });
    const auto attestation = view(id).attestation;
    ASSERT_TRUE(attestation);
    EXPECT_EQ(attestation->agent, bob.agent);
    EXPECT_EQ(attestation->attested.systems->front(), "Newsletter");
    EXPECT_EQ(attestation->attested.exceptions->front().until, "2034");
    EXPECT_EQ(std::ranges::count(events(id), "attested"), 2);
    complete(id);
    EXPECT_EQ(
        view(id).possible_decisions, (std::vector{Decision::partly, Decision::nothing_found})
    );
}

}  // namespace
}  // namespace quittance::requests
