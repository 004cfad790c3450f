#include "people/agents.h"

#include <thread>

#include "test/people/house.h"

namespace quittance::people {
namespace {

class Agents : public House {
protected:
    void SetUp() override {
        House::SetUp();
        if (IsSkipped()) return;
        opened = open_ada();
        act = {opened.account, opened.owner, std::nullopt, Door::web};
    }
    std::string archive(AgentId id, std::optional<std::int64_t> if_match = {}) {
        return refusal_of([&] {
            write([&](store::Tx& tx) { archive_agent(tx, act, *ring, id, if_match); });
        });
    }
    std::string change(AgentId id, Role role, std::optional<std::int64_t> if_match = {}) {
        return refusal_of([&] {
            write([&](store::Tx& tx) { change_role(tx, act, *ring, id, role, if_match); });
        });
    }
    Agent look(AgentId id) {
        return read([&](store::Reader& reader) { return agent(reader, *ring, opened.account, id); }
        );
    }

    Opened opened;
    Act act;
};
INSTANTIATE_TEST_SUITE_P(databases, Agents, test::both(), test::name_of);

TEST_P(Agents, the_last_owner_is_neither_archived_nor_demoted) {
    add(opened.account, "Grace", "grace@lovelace.example", Role::agent);
    EXPECT_EQ(archive(opened.owner), "last_owner");
    EXPECT_EQ(change(opened.owner, Role::agent), "last_owner");
    const auto second = add(opened.account, "Mary", "mary@lovelace.example", Role::owner);
    EXPECT_EQ(archive(second.agent), "");
    EXPECT_EQ(archive(opened.owner), "last_owner") << "an archived owner does not count";
}

TEST_P(Agents, of_two_owners_archiving_each_other_one_wins) {
    auto left = opened.owner;
    for (int round = 0; round < 8; ++round) {
        const auto email = "owner" + std::to_string(round) + "@lovelace.example";
        const auto right = add(opened.account, "Other", email, Role::owner).agent;
        std::string first;
        std::string second;
        std::jthread thread([&] { first = archive(right); });
        second = archive(left);
        thread.join();
        EXPECT_TRUE(
            (first.empty() && second == "last_owner") || (second.empty() && first == "last_owner")
        ) << first
          << " / " << second;
        if (second.empty()) left = right;
    }
}

TEST_P(Agents, of_another_account_are_unknown) {
    const auto other = open_ada("Babbage Ltd", "charles@babbage.example");
    EXPECT_EQ(archive(other.owner), "not_found");
    EXPECT_EQ(change(other.owner, Role::auditor), "not_found");
    EXPECT_EQ(refusal_of([&] { look(other.owner); }), "not_found");
    EXPECT_EQ(refusal_of([&] { look(AgentId::make()); }), "not_found");
}

TEST_P(Agents, are_not_changed_by_somebody_who_saw_an_older_version) {
    const auto grace = add(opened.account, "Grace", "grace@lovelace.example", Role::agent).agent;
    EXPECT_EQ(change(grace, Role::auditor, 2), "stale");
    EXPECT_EQ(change(grace, Role::auditor, 1), "");
    EXPECT_EQ(archive(grace, 1), "stale");
    EXPECT_EQ(look(grace).role, Role::auditor);
}

TEST_P(Agents, once_archived_stay_as_they_were) {
    const auto grace = add(opened.account, "Grace", "grace@lovelace.example", Role::agent).agent;
    EXPECT_EQ(archive(grace), "");
    EXPECT_EQ(archive(grace), "archived");
    EXPECT_EQ(change(grace, Role::owner), "archived");
    EXPECT_EQ(
        read([&](store::Reader& r) { return agent_names(r, *ring, opened.account); }).at(grace),
        "Grace"
    );
}

TEST_P(Agents, are_members_once_and_come_back_under_the_old_id) {
    const auto email = "grace@lovelace.example";
    const auto grace = add(opened.account, "Grace", email, Role::agent);
    EXPECT_EQ(
        refusal_of([&] { add(opened.account, "Grace", "Grace@Lovelace.example", Role::owner); }),
        "already_agent"
    );
    archive(grace.agent);
    const auto again = add(opened.account, "Grace H.", email, Role::auditor);
    EXPECT_EQ(again.agent, grace.agent);
    EXPECT_EQ(again.person, grace.person);
    EXPECT_EQ(look(grace.agent).name, "Grace H.");
    EXPECT_FALSE(look(grace.agent).archived_at);
}

TEST_P(Agents, have_a_name_of_one_line) {
    const auto rename = [&](const std::string& name) {
        return field_errors_of([&] {
            write([&](store::Tx& tx) {
                rename_agent(tx, act, *ring, opened.owner, name, std::nullopt);
            });
        });
    };
    EXPECT_EQ(rename("  "), std::set<std::string>{"/name required"});
    EXPECT_EQ(rename(std::string(201, 'a')), std::set<std::string>{"/name too_long"});
    EXPECT_EQ(rename("Ada\nBcc: x"), std::set<std::string>{"/name bad_text"});
    EXPECT_TRUE(rename(" Countess ").empty());
    EXPECT_EQ(look(opened.owner).name, "Countess");
}

TEST_P(Agents, every_change_leaves_an_entry) {
    const auto grace = add(opened.account, "Grace", "grace@lovelace.example", Role::agent).agent;
    change(grace, Role::auditor);
    change(grace, Role::auditor);
    archive(grace);
    const std::vector<std::string> expected{"account_created", "settings_changed",
                                            "agent_joined",    "agent_joined",
                                            "role_changed",    "agent_archived"};
    EXPECT_EQ(events(opened.account), expected);
}

}  // namespace
}  // namespace quittance::people
