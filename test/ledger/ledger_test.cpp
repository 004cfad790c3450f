#include "ledger/ledger.h"

#include <gtest/gtest.h>

#include "base/log.h"
#include "test/databases.h"

namespace quittance::ledger {
namespace {

constexpr auto change_commitment = "UPDATE entries SET commitment = ? WHERE id = ?";
constexpr auto move_sealed =
    "UPDATE entries SET sealed = (SELECT e.sealed FROM entries e WHERE e.id = ?) WHERE id = ?";

class Ledger : public test::Databases {
protected:
    std::vector<Entry> all(const std::optional<keys::DataKey>& with, std::int64_t after = 0) {
        return store().read([&](store::Reader& reader) {
            return entries(reader, account, request, with, after, 200);
        });
    }
    void write(std::string_view event, const boost::json::object& detail = {}) {
        store().write([&](store::Tx& tx) { record(tx, act, key, event, request, detail); });
    }

    const AccountId account = AccountId::make();
    const RequestId request = RequestId::make();
    const keys::DataKey key{KeyId::make(), keys::Secret()};
    const Act act{.account = account, .agent = AgentId::make(), .key = {}, .door = Door::web};
};
INSTANTIATE_TEST_SUITE_P(databases, Ledger, test::both(), test::name_of);

TEST_P(Ledger, does_not_show_an_entry_whose_commitment_was_changed) {
    write("approved", {{"note", "fine"}});
    const auto entry = all(key).at(0);
    const std::string other(32, 'x');
    store().write([&](store::Tx& tx) {
        tx.run(change_commitment, {store::Blob{other}, entry.id});
    });
    EXPECT_THROW(all(key), std::runtime_error);
}

TEST_P(Ledger, does_not_show_a_detail_that_was_moved_from_another_entry) {
    write("approved", {{"note", "fine"}});
    write("rejected", {{"note", "no"}});
    const auto both = all(key);
    store().write([&](store::Tx& tx) { tx.run(move_sealed, {both.at(1).id, both.at(0).id}); });
    EXPECT_THROW(all(key), keys::Unsealable);
}

TEST_P(Ledger, has_no_entry_of_a_change_that_was_rolled_back) {
    EXPECT_THROW(
        store().write([&](store::Tx& tx) {
            record(tx, act, key, "approved", request, {});
            throw Refusal(No::conflict, "not_in_stage");
        }),
        Refusal
    );
    EXPECT_TRUE(all(key).empty());
}

TEST_P(Ledger, shows_no_entry_of_another_request_or_account) {
    write("received");
    store().read([&](store::Reader& reader) {
        EXPECT_TRUE(entries(reader, account, RequestId::make(), key, 0, 200).empty());
        EXPECT_TRUE(entries(reader, AccountId::make(), request, key, 0, 200).empty());
    });
}

TEST_P(Ledger, tells_who_what_when_and_through_which_door_in_order) {
    write("received", {{"type", "erase"}, {"n", 1}});
    write("approved");
    const Act robot{.account = account, .agent = {}, .key = Uuid::make(), .door = Door::api};
    store().write([&](store::Tx& tx) { record(tx, robot, key, "closed", request, {}); });

    const auto found = all(key);
    ASSERT_EQ(found.size(), 3);
    EXPECT_EQ(found[0].event, "received");
    EXPECT_EQ(*found[0].detail, (boost::json::object{{"type", "erase"}, {"n", 1}}));
    EXPECT_EQ(found[0].agent, act.agent);
    EXPECT_EQ(found[0].door, "web");
    EXPECT_GT(found[0].at.ms, 1'700'000'000'000);
    EXPECT_EQ(found[2].key, robot.key);
    EXPECT_EQ(found[2].agent, std::nullopt);
    EXPECT_LT(found[0].sequence, found[1].sequence);
    EXPECT_LT(found[1].sequence, found[2].sequence);
    EXPECT_EQ(all(key, found[0].sequence).size(), 2);
}

TEST_P(Ledger, keeps_clear_fields_and_commitment_without_the_key) {
    write("received", {{"name", "Ada"}});
    const auto found = all(std::nullopt).at(0);
    EXPECT_EQ(found.detail, std::nullopt);
    EXPECT_EQ(found.commitment.size(), 32);
    EXPECT_EQ(found.event, "received");
}

}  // namespace
}  // namespace quittance::ledger
