// Who may come in: every operation of the contract as nobody, as each role, with each scope, and as
// the owner of another account.
#include <set>

#include "test/contract.h"
#include "test/house.h"
#include "test/samples.h"

namespace quittance::test {
namespace {

Method method_of(const Contract::Operation& operation) {
    if (operation.method == "GET") return Method::get;
    if (operation.method == "POST") return Method::post;
    return operation.method == "PUT" ? Method::put : Method::delete_;
}

bool is_public(const Contract::Operation& operation) {
    return operation.texts("x-roles") == std::vector<std::string>{"public"};
}

// Ends the caller's own sessions: not to be tried in passing.
bool ends_sessions(const Contract::Operation& operation) {
    return operation.id == "sign_out" || operation.id == "end_other_sessions";
}

bool contains(const std::vector<std::string>& list, std::string_view text) {
    return std::ranges::find(list, text) != list.end();
}

class Doors : public InTheHouse {
protected:
    // A body that is no JSON: whoever complains about it has let the caller in.
    Reply knock(const Visitor& visitor, const Contract::Operation& operation) {
        const bool has_body = Contract::the().body_schema(operation) != nullptr;
        return house->call(
            visitor, method_of(operation), with_ids(operation.path, {}), has_body ? "{" : ""
        );
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Doors, both(), name_of);

TEST_P(Doors, nobody_comes_in_without_a_session_or_key) {
    for (const auto& operation : Contract::the().operations()) {
        if (is_public(operation)) continue;
        EXPECT_EQ(knock(nobody, operation).code(), "not_signed_in") << operation.id;
        EXPECT_EQ(knock({.key = "q_nothing"}, operation).code(), "unknown_key") << operation.id;
        EXPECT_EQ(knock({.session = "made-up"}, operation).code(), "not_signed_in");
    }
}

TEST_P(Doors, each_role_comes_in_where_the_contract_says_and_nowhere_else) {
    const std::map<std::string, Visitor> roles{
        {"owner", owner}, {"agent", agent}, {"technician", technician}, {"auditor", auditor}};
    const auto before = house->rows();
    for (const auto& operation : Contract::the().operations()) {
        if (is_public(operation) || ends_sessions(operation)) continue;
        const auto allowed = operation.texts("x-roles");
        for (const auto& [role, visitor] : roles) {
            const auto reply = knock(visitor, operation);
            if (contains(allowed, role)) {
                EXPECT_NE(reply.status, 401) << operation.id << " " << role;
                EXPECT_NE(reply.status, 403) << operation.id << " " << role << reply.body;
            } else {
                EXPECT_EQ(reply.code(), "wrong_role") << operation.id << " " << role;
            }
        }
    }
    EXPECT_EQ(house->rows(), before);
}

TEST_P(Doors, each_scope_opens_what_the_contract_says_and_nothing_else) {
    const auto before_keys = std::vector<std::string>{"read", "intake", "write", "delete"};
    for (const auto& scope : before_keys) {
        const auto key = house->add_key(owner, {scope});
        const auto before = house->rows();
        for (const auto& operation : Contract::the().operations()) {
            if (is_public(operation)) continue;
            const auto reply = knock(key, operation);
            if (contains(operation.texts("x-scopes"), scope)) {
                EXPECT_NE(reply.status, 401) << operation.id << " " << scope;
                EXPECT_NE(reply.status, 403) << operation.id << " " << scope;
            } else {
                EXPECT_EQ(reply.code(), "wrong_scope") << operation.id << " " << scope;
            }
        }
        EXPECT_EQ(house->rows(), before) << scope;
    }
}

TEST_P(Doors, another_accounts_things_are_unknown_things) {
    Ids ids;
    ids.request = house->request_in(agent, "reply").substr(std::string("/api/v1/requests/").size());
    const auto templates = house->get(agent, "/api/v1/templates").json();
    ids.template_ = std::string(templates.at("templates").at(0).at("id").as_string());
    ids.agent = agent.agent.text();
    ids.invitation = house
                         ->post(
                             owner, "/api/v1/invitations",
                             R"({"email":"new@hafenroesterei.example","role":"agent"})"
                         )
                         .text("id");
    const auto key = house->post(owner, "/api/v1/api-keys", R"({"name":"shop","scopes":["read"]})");
    ids.api_key = key.text("id");
    const auto sessions = house->get(agent, "/api/v1/sessions").json();
    ids.session = std::string(sessions.at("sessions").at(0).at("id").as_string());

    const auto before = house->rows();
    for (const auto& operation : Contract::the().operations()) {
        if (operation.path.find('{') == std::string::npos) continue;
        const auto* schema = Contract::the().body_schema(operation);
        auto path = with_ids(operation.path, ids);
        if (operation.id == "preview_reply") path += "?template=" + ids.template_;
        const auto reply = house->call(
            stranger, method_of(operation), path,
            schema ? boost::json::serialize(sample(Contract::the(), *schema)) : ""
        );
        EXPECT_EQ(reply.status, 404) << operation.id << " " << reply.body;
    }
    EXPECT_EQ(house->rows(), before);
}

TEST_P(Doors, another_accounts_lists_show_nothing_of_ours) {
    house->intake(agent, khai, "erase");
    const auto search =
        house->post(stranger, "/api/v1/requests/searches", R"({"q":"khai@example.net"})");
    EXPECT_EQ(search.json().at("requests").as_array().size(), 0u);
    for (const auto& operation : Contract::the().operations()) {
        if (operation.method != "GET" || operation.path.find('{') != std::string::npos) continue;
        const auto reply = house->get(stranger, operation.path);
        for (const auto& ours : {owner.agent.text(), agent.account.text(), agent.agent.text()}) {
            EXPECT_EQ(reply.body.find(ours), std::string::npos) << operation.id;
        }
        EXPECT_EQ(reply.body.find(khai.name), std::string::npos) << operation.id;
    }
}

TEST_P(Doors, a_call_with_a_cookie_must_come_from_our_own_pages) {
    const auto path = house->intake(agent, mara, "erase") + "/assignee";
    const std::string body = R"({"agent":null})";
    for (const auto* foreign :
         {"", "null", "https://evil.example", "http://127.0.0.1:8081", "https://127.0.0.1:8080",
          "http://127.0.0.1:8080.evil.example", "http://127.0.0.1"}) {
        auto visitor = agent;
        visitor.origin = foreign;
        EXPECT_EQ(house->put(visitor, path, body).code(), "wrong_origin") << foreign;
        EXPECT_EQ(house->get(visitor, "/api/v1/session").status, 200) << foreign;
    }
    for (const auto* own :
         {"http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"}) {
        auto visitor = agent;
        visitor.origin = own;
        EXPECT_EQ(house->put(visitor, path, body).status, 200) << own;
    }
    auto opaque = agent;
    opaque.origin = "null";
    const auto same =
        house->call(opaque, Method::put, path, body, {{"sec-fetch-site", "same-origin"}});
    EXPECT_EQ(same.status, 200);
    const auto cross =
        house->call(opaque, Method::put, path, body, {{"sec-fetch-site", "cross-site"}});
    EXPECT_EQ(cross.code(), "wrong_origin");
    const auto key = house->add_key(owner, {"write"});
    EXPECT_EQ(house->put(key, path, body).status, 200);
}

TEST_P(Doors, a_session_ends_twelve_hours_after_it_was_last_seen) {
    using namespace std::chrono_literals;
    EXPECT_EQ(house->get(agent, "/api/v1/session").status, 200);
    house->forward(11h);
    EXPECT_EQ(house->get(agent, "/api/v1/session").status, 200);
    house->forward(12h);
    EXPECT_EQ(house->get(agent, "/api/v1/session").code(), "not_signed_in");
}

TEST_P(Doors, making_a_key_needs_a_fresh_sign_in) {
    using namespace std::chrono_literals;
    house->forward(11min);
    const std::string order = R"({"name":"shop","scopes":["intake"]})";
    EXPECT_EQ(house->post(owner, "/api/v1/api-keys", order).code(), "fresh_sign_in_needed");
    EXPECT_EQ(
        house->post(owner, "/api/v1/session/proof", R"({"password":"not this one"})").code(),
        "wrong_password"
    );
    EXPECT_EQ(
        house->post(owner, "/api/v1/session/proof", R"({"password":"slow boats go far"})").status,
        204
    );
    EXPECT_EQ(house->post(owner, "/api/v1/api-keys", order).status, 201);
}

TEST_P(Doors, a_wrong_role_is_kept_in_the_ledger_ten_times_an_hour_at_most) {
    const auto refused = [&] {
        return house->store.read([](store::Reader& reader) {
            return reader
                .one(
                    "SELECT COUNT(*) FROM entries WHERE event = 'refused'", {},
                    [](const store::Row& row) { return row.integer(0); }
                )
                .value();
        });
    };
    const auto before = refused();
    for (int i = 0; i < 12; ++i) {
        EXPECT_EQ(house->put(auditor, "/api/v1/settings/company", "{}").code(), "wrong_role");
    }
    EXPECT_EQ(refused() - before, 10);
}

}  // namespace
}  // namespace quittance::test
