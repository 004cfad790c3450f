#include "people/api_keys.h"

#include "people/idempotency.h"
#include "people/tries.h"
#include "test/people/house.h"

namespace quittance::people {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

class ApiKeys : public House {
protected:
    void SetUp() override {
        House::SetUp();
        if (IsSkipped()) return;
        opened = open_ada();
        act = {opened.account, opened.owner, std::nullopt, Door::web};
    }
    ApiKeyMade make(const std::vector<std::string>& scopes, const std::string& name = "Web shop") {
        return write([&](store::Tx& tx) { return add_api_key(tx, act, *ring, {name, scopes}); });
    }
    ApiKey look(Uuid id) {
        return read([&](store::Reader& reader) { return api_key(reader, opened.account, id); });
    }

    Opened opened;
    Act act;
};
INSTANTIATE_TEST_SUITE_P(databases, ApiKeys, test::both(), test::name_of);

TEST_P(ApiKeys, need_a_name_and_known_scopes) {
    EXPECT_EQ(
        field_errors_of([&] { make({}, ""); }),
        (std::set<std::string>{"/name required", "/scopes required"})
    );
    EXPECT_EQ(
        field_errors_of([&] {
            make({"read", "own"});
        }),
        std::set<std::string>{"/scopes/1 not_one_of"}
    );
}

TEST_P(ApiKeys, of_nobody_open_nothing) {
    const auto made = make({"read"});
    auto wrong = made.token;
    wrong.back() = wrong.back() == 'A' ? 'B' : 'A';
    for (const auto& token : {std::string(), std::string("q_"), wrong, made.token.substr(2)}) {
        EXPECT_FALSE(holder_of(reception, token)) << token;
    }
}

TEST_P(ApiKeys, work_no_more_once_archived) {
    const auto made = make({"read"});
    EXPECT_TRUE(holder_of(reception, made.token));
    const auto archive = [&](const Act& by, Uuid id) {
        return refusal_of([&] { write([&](store::Tx& tx) { archive_api_key(tx, by, *ring, id); }); }
        );
    };
    const auto other = open_ada("Babbage Ltd", "charles@babbage.example");
    EXPECT_EQ(archive({other.account, other.owner, std::nullopt, Door::web}, made.id), "not_found");
    EXPECT_EQ(archive(act, made.id), "");
    EXPECT_EQ(archive(act, made.id), "archived");
    EXPECT_FALSE(holder_of(reception, made.token));
    EXPECT_EQ(events(opened.account).back(), "api_key_archived");
}

TEST_P(ApiKeys, say_who_calls_and_when_they_were_last_used) {
    const auto made = make({"delete", "read", "read"});
    EXPECT_TRUE(made.token.starts_with("q_"));
    EXPECT_EQ(made.token.size(), 45U);
    EXPECT_FALSE(look(made.id).last_used_at);
    const auto holder = holder_of(reception, made.token);
    ASSERT_TRUE(holder);
    EXPECT_EQ(holder->act.account, opened.account);
    EXPECT_EQ(holder->act.key, made.id);
    EXPECT_FALSE(holder->act.agent);
    EXPECT_EQ(holder->scopes, (std::vector<Scope>{Scope::read, Scope::delete_}));
    const auto first = look(made.id).last_used_at.value();
    pass(seconds(30));
    holder_of(reception, made.token);
    EXPECT_EQ(look(made.id).last_used_at, first);
    pass(seconds(40));
    holder_of(reception, made.token);
    EXPECT_GT(look(made.id).last_used_at, first);
    EXPECT_EQ(look(made.id).scopes, (std::vector<std::string>{"read", "delete"}));
}

class IdempotencyKeys : public ApiKeys {};
INSTANTIATE_TEST_SUITE_P(databases, IdempotencyKeys, test::both(), test::name_of);

TEST_P(IdempotencyKeys, with_another_body_or_route_are_refused) {
    const Once once{"order-7", "POST /api/v1/requests", std::string(32, 'a')};
    const auto resource = Uuid::make();
    write([&](store::Tx& tx) {
        EXPECT_FALSE(claim(tx, act, once));
        settle(tx, act, once, 201, resource);
    });
    const auto again = [&](const Once& second) {
        return refusal_of([&] { write([&](store::Tx& tx) { claim(tx, act, second); }); });
    };
    EXPECT_EQ(again({"order-7", once.route, std::string(32, 'b')}), "idempotency_key_reused");
    EXPECT_EQ(again({"order-7", "POST /x", once.body_digest}), "idempotency_key_reused");
    EXPECT_EQ(again({"", once.route, once.body_digest}), "invalid_fields");
    EXPECT_EQ(again({"a b", once.route, once.body_digest}), "invalid_fields");
    const auto done = write([&](store::Tx& tx) { return claim(tx, act, once); });
    ASSERT_TRUE(done);
    EXPECT_EQ(done->status, 201);
    EXPECT_EQ(done->resource, resource);
}

TEST_P(IdempotencyKeys, of_a_call_that_failed_are_free_again) {
    const Once once{"order-7", "POST /api/v1/requests", std::string(32, 'a')};
    EXPECT_THROW(
        write([&](store::Tx& tx) {
            claim(tx, act, once);
            throw Refusal(No::conflict, "not_in_stage");
        }),
        Refusal
    );
    EXPECT_FALSE(write([&](store::Tx& tx) { return claim(tx, act, once); }));
    EXPECT_EQ(
        refusal_of([&] { write([&](store::Tx& tx) { claim(tx, act, once); }); }), "in_progress"
    );
}

TEST_P(IdempotencyKeys, are_kept_for_a_day_and_belong_to_whoever_calls) {
    const Once once{"order-7", "POST /api/v1/requests", std::string(32, 'a')};
    const auto take = [&](const Act& by) {
        return write([&](store::Tx& tx) {
            const auto done = claim(tx, by, once);
            if (!done) settle(tx, by, once, 201, std::nullopt);
            return done.has_value();
        });
    };
    EXPECT_FALSE(take(act));
    EXPECT_FALSE(take({opened.account, std::nullopt, Uuid::make(), Door::api}));
    EXPECT_TRUE(take(act));
    pass(hours(24) + seconds(1));
    EXPECT_FALSE(take(act));
    pass(hours(25));
    EXPECT_FALSE(write(forget_old_idempotency_keys));
    EXPECT_FALSE(write(forget_old_tries));
    EXPECT_FALSE(take(act));
}

}  // namespace
}  // namespace quittance::people
