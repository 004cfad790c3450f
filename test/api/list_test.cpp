// The list, the search and the counts.
#include <set>

#include "test/house.h"

namespace quittance::test {
namespace {

class Lists : public InTheHouse {
protected:
    std::vector<std::string> ids(const Reply& reply) {
        EXPECT_EQ(reply.status, 200) << reply.body;
        std::vector<std::string> ids;
        const auto page = reply.json();
        for (const auto& line : page.at("requests").as_array()) {
            ids.emplace_back(line.at("id").as_string());
        }
        return ids;
    }
    std::vector<std::string> list(const std::string& query) {
        return ids(house->get(agent, "/api/v1/requests" + query));
    }
    std::string received(std::string_view day, std::string_view channel, std::string_view type) {
        const boost::json::object body{
            {"type", type},
            {"requester", {{"name", amal.name}, {"email", amal.email}}},
            {"country", "MA"},
            {"channel", channel},
            {"received_on", day}};
        const auto reply = house->post(agent, "/api/v1/requests", boost::json::serialize(body));
        EXPECT_EQ(reply.status, 201) << reply.body;
        return reply.text("id");
    }
    std::string today(int plus = 0) {
        const auto now = house->store.clock() + std::chrono::hours(24 * plus);
        return text_of(day_at(now, "UTC"));
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Lists, both(), name_of);

TEST_P(Lists, pages_follow_each_other_and_hold_everything_once) {
    std::set<std::string> made;
    for (int i = 0; i < 7; ++i) made.insert(received(today(-i), "phone", "erase"));
    for (const auto* sort : {"due", "received", "updated"}) {
        std::set<std::string> seen;
        std::string cursor;
        int pages = 0;
        do {
            const auto reply = house->get(
                agent, std::string("/api/v1/requests?limit=3&sort=") + sort +
                           (cursor.empty() ? "" : "&cursor=" + cursor)
            );
            for (const auto& id : ids(reply)) EXPECT_TRUE(seen.insert(id).second) << sort;
            cursor = reply.text("next");
            ++pages;
        } while (!cursor.empty());
        EXPECT_EQ(seen, made) << sort;
        EXPECT_EQ(pages, 3) << sort;
    }
}

TEST_P(Lists, a_cursor_is_good_for_its_own_list_only) {
    for (int i = 0; i < 3; ++i) received(today(), "phone", "erase");
    const auto next = house->get(agent, "/api/v1/requests?limit=1").text("next");
    ASSERT_FALSE(next.empty());
    const auto with = [&](const Visitor& visitor, const std::string& query) {
        return house->get(visitor, "/api/v1/requests?cursor=" + query).status;
    };
    EXPECT_EQ(with(agent, next), 200);
    EXPECT_EQ(with(agent, next + "&sort=received"), 422);
    EXPECT_EQ(with(stranger, next), 422);
    for (std::size_t i = 0; i < next.size(); ++i) {
        auto changed = next;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_EQ(with(agent, changed), 422) << i;
    }
    EXPECT_EQ(with(agent, next.substr(1)), 422);
}

TEST_P(Lists, filters_say_what_is_shown) {
    const auto late = received(today(-60), "phone", "erase");
    const auto opt_out = received(today(), "letter", "opt_out_sale");
    const auto parked = received(today(), "email", "erase");
    const auto tomorrow = received(today(), "phone", "unsubscribe");
    using Ids = std::vector<std::string>;
    EXPECT_EQ(list(""), (Ids{late, tomorrow, opt_out}));
    EXPECT_EQ(list("?proof=awaited"), Ids{parked});
    EXPECT_EQ(list("?verified=false&type=erase"), (Ids{late, parked}));
    EXPECT_EQ(list("?verified=true"), Ids{});
    EXPECT_EQ(list("?due=overdue"), Ids{late});
    EXPECT_EQ(list("?due=week"), Ids{tomorrow});
    EXPECT_EQ(list("?type=opt_out_sale"), Ids{opt_out});
    EXPECT_EQ(list("?stage=process"), Ids{});
    house->put(
        agent, "/api/v1/requests/" + opt_out + "/assignee",
        R"({"agent":")" + agent.agent.text() + R"("})"
    );
    EXPECT_EQ(list("?assignee=" + agent.agent.text()), Ids{opt_out});
    EXPECT_EQ(list("?assignee=nobody"), (Ids{late, tomorrow}));
}

TEST_P(Lists, counts_agree_with_the_list) {
    received(today(-60), "phone", "erase");
    received(today(), "phone", "unsubscribe");
    received(today(), "email", "erase");
    house->request_in(agent, "process");
    house->request_in(agent, "closed");
    const auto counts = house->get(auditor, "/api/v1/requests/counts").json();
    EXPECT_EQ(counts.at("stages").at("review"), 2);
    EXPECT_EQ(counts.at("stages").at("process"), 1);
    EXPECT_EQ(counts.at("stages").at("closed"), 1);
    EXPECT_EQ(counts.at("overdue"), 1);
    EXPECT_EQ(counts.at("due_week"), 1);
    EXPECT_EQ(counts.at("unverified"), 1);
}

TEST_P(Lists, a_search_finds_by_address_and_reference_in_any_stage) {
    const auto closed = house->request_in(agent, "closed");
    const auto reference = house->get(agent, closed).text("reference");
    const auto search = [&](std::string_view q) {
        return ids(house->post(
            auditor, "/api/v1/requests/searches",
            boost::json::serialize(boost::json::object{{"q", q}})
        ));
    };
    EXPECT_EQ(search("Mara.Lindqvist@EXAMPLE.com").size(), 1u);
    EXPECT_EQ(search(reference).size(), 1u);
    EXPECT_EQ(search("lindqvist@example.com").size(), 0u);
    EXPECT_EQ(search("Mara").size(), 0u);
}

TEST_P(Lists, proof_follows_type_and_channel) {
    const auto proof = [&](const Visitor& visitor, std::string_view body) {
        const auto reply = house->post(visitor, "/api/v1/requests", body);
        EXPECT_EQ(reply.status, 201) << reply.body;
        // What was answered is what stands there.
        EXPECT_EQ(reply.json(), house->get(agent, "/api/v1/requests/" + reply.text("id")).json());
        return reply.text("proof");
    };
    const auto key = house->add_key(owner, {"intake"});
    const std::string asks =
        R"({"requester":{"email":"xiaoming@example.cn"},"country":"CN","channel":"api",)";
    EXPECT_EQ(proof(key, asks + R"("type":"erase"})"), "awaited");
    EXPECT_EQ(proof(key, asks + R"("type":"erase","verify":false})"), "missing");
    EXPECT_EQ(proof(key, asks + R"("type":"unsubscribe"})"), "not_needed");
    const auto before = house->caught.newest().size();
    house->deliver();
    EXPECT_EQ(house->caught.newest().size() - before, 2u);
}

}  // namespace
}  // namespace quittance::test
