// Idempotency-Key: the same call twice happens once.
#include <set>
#include <thread>

#include "people/idempotency.h"
#include "test/house.h"

namespace quittance::test {
namespace {

constexpr std::string_view order = R"({"type":"erase","requester":{"email":"khai@example.net"},)"
                                   R"("country":"VN","channel":"email"})";

class Once : public InTheHouse {
protected:
    Reply intake(const Visitor& visitor, std::string_view body, const std::string& key) {
        return house->call(
            visitor, Method::post, "/api/v1/requests", body, {{"idempotency-key", key}}
        );
    }
    std::int64_t requests() {
        return house->store.read([](store::Reader& reader) {
            return reader
                .one(
                    "SELECT COUNT(*) FROM requests", {},
                    [](const store::Row& row) { return row.integer(0); }
                )
                .value();
        });
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Once, both(), name_of);

TEST_P(Once, the_same_call_twice_makes_one_request_and_gives_the_same_answer) {
    const auto first = intake(agent, order, "order-17");
    ASSERT_EQ(first.status, 201);
    const auto before = house->rows();
    const auto second = intake(agent, order, "order-17");
    EXPECT_EQ(second.status, 201);
    EXPECT_EQ(second.text("id"), first.text("id"));
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(house->rows(), before);
}

TEST_P(Once, the_key_with_another_body_or_at_another_place_is_refused) {
    intake(agent, order, "17");
    const auto before = house->rows();
    const auto other = intake(agent, std::string(order) + " ", "17");
    EXPECT_EQ(other.status, 422);
    EXPECT_EQ(other.code(), "idempotency_key_reused");
    const auto path = house->request_in(agent, "review");
    const auto elsewhere =
        house->call(agent, Method::post, path + "/approval", "", {{"idempotency-key", "17"}});
    EXPECT_EQ(elsewhere.code(), "idempotency_key_reused");
}

TEST_P(Once, keys_of_others_are_other_keys) {
    const auto key = house->add_key(owner, {"intake"});
    EXPECT_NE(intake(agent, order, "17").text("id"), intake(owner, order, "17").text("id"));
    EXPECT_EQ(intake(key, order, "17").status, 201);
    EXPECT_EQ(intake(stranger, order, "17").status, 201);
    EXPECT_EQ(requests(), 4);
}

TEST_P(Once, a_refused_call_leaves_the_key_free) {
    EXPECT_EQ(intake(agent, R"({"type":"erase"})", "17").status, 422);
    const auto unverified = house->intake(agent, mara, "erase");
    const Fields key{{"idempotency-key", "18"}};
    EXPECT_EQ(house->call(agent, Method::post, unverified + "/approval", "", key).status, 409);
    house->post(agent, unverified + "/verification", R"({"method":"document","reason":"Seen."})");
    EXPECT_EQ(house->call(agent, Method::post, unverified + "/approval", "", key).status, 201);
    EXPECT_EQ(house->call(agent, Method::post, unverified + "/approval", "", key).status, 201);
    EXPECT_EQ(house->post(agent, unverified + "/approval").code(), "not_in_stage");
    EXPECT_EQ(intake(agent, order, "17").status, 201);
}

TEST_P(Once, a_key_that_is_none_is_named) {
    for (const auto& key :
         {std::string(""), std::string(256, 'x'), std::string("ö"), std::string("a b")}) {
        const auto reply = intake(agent, order, key);
        EXPECT_EQ(reply.status, 422) << key;
        EXPECT_EQ(reply.places(), std::vector<std::string>{"Idempotency-Key"}) << key;
    }
    EXPECT_EQ(requests(), 0);
}

TEST_P(Once, many_at_the_same_moment_make_one) {
    std::mutex mutex;
    std::set<std::string> made;
    std::vector<std::thread> callers;
    for (int i = 0; i < 8; ++i) {
        callers.emplace_back([&] {
            const auto reply = intake(agent, order, "all-at-once");
            const std::lock_guard lock(mutex);
            if (reply.status == 201) {
                made.insert(reply.text("id"));
            } else {
                EXPECT_EQ(reply.code(), "in_progress") << reply.body;
            }
        });
    }
    for (auto& caller : callers) caller.join();
    EXPECT_EQ(made.size(), 1u);
    EXPECT_EQ(requests(), 1);
}

TEST_P(Once, it_holds_for_a_day) {
    using namespace std::chrono_literals;
    const auto key = house->add_key(owner, {"intake"});
    const auto first = intake(key, order, "17").text("id");
    const auto forget = [&] {
        house->store.write([](store::Tx& tx) { people::forget_old_idempotency_keys(tx); });
    };
    house->forward(23h);
    forget();
    EXPECT_EQ(intake(key, order, "17").text("id"), first);
    house->forward(2h);
    forget();
    EXPECT_NE(intake(key, order, "17").text("id"), first);
}

TEST_P(Once, every_post_that_makes_something_knows_it) {
    const auto path = house->request_in(agent, "reply");
    const Fields key{{"idempotency-key", "draft-1"}};
    const std::string reply = R"({"sent_by":"phone","note":"Told her."})";
    const auto first = house->call(agent, Method::post, path + "/reply", reply, key);
    const auto second = house->call(agent, Method::post, path + "/reply", reply, key);
    EXPECT_EQ(first.status, 202);
    EXPECT_EQ(first.body, second.body);
    const std::string invitation = R"({"email":"new@hafenroesterei.example","role":"agent"})";
    const Fields other{{"idempotency-key", "invite-1"}};
    const auto one = house->call(owner, Method::post, "/api/v1/invitations", invitation, other);
    const auto two = house->call(owner, Method::post, "/api/v1/invitations", invitation, other);
    EXPECT_EQ(one.status, 201);
    EXPECT_EQ(one.body, two.body);
}

}  // namespace
}  // namespace quittance::test
