// Set-up, sessions, passwords, invitations, keys and settings, by API.
#include "test/house.h"

namespace quittance::test {
namespace {

namespace json = boost::json;

std::string cookie_of(const Reply& reply) {
    const std::string cookie(reply.headers.find("set-cookie").value_or(""));
    const auto start = cookie.find('=') + 1;
    return cookie.substr(start, cookie.find(';') - start);
}

// The token behind the # of the link in the newest letter.
std::string token_in(const mail::Caught& caught) {
    const auto& text = caught.letter.text;
    const auto hash = text.find('#');
    return text.substr(hash + 1, text.find_first_of(" \n", hash) - hash - 1);
}

class EmptyHouse : public Databases {
protected:
    void SetUp() override {
        Databases::SetUp();
        if (!IsSkipped()) house = std::make_unique<House>(store());
    }
    void TearDown() override {
        house.reset();
        Databases::TearDown();
    }
    std::unique_ptr<House> house;
    const Visitor nobody{};
};
INSTANTIATE_TEST_SUITE_P(databases, EmptyHouse, both(), name_of);

TEST_P(EmptyHouse, is_set_up_once_and_the_owner_is_in) {
    const json::object order{
        {"account", {{"name", company}}},
        {"owner", {{"name", ingrid.name}, {"email", ingrid.email}, {"password", password}}}};
    const auto done = house->post(nobody, "/api/v1/setup", json::serialize(order));
    ASSERT_EQ(done.status, 201) << done.body;
    EXPECT_EQ(done.json().at("privacy_centre").at("slug"), "privacy");
    const std::string cookie(done.headers.find("set-cookie").value_or(""));
    EXPECT_TRUE(cookie.starts_with("session=")) << cookie;
    EXPECT_NE(cookie.find("HttpOnly; SameSite=Lax"), std::string::npos) << cookie;
    Visitor owner;
    owner.session = cookie_of(done);
    EXPECT_EQ(house->get(owner, "/api/v1/session").json().at("agent").at("role"), "owner");
    EXPECT_EQ(house->get(owner, "/api/v1/templates").status, 200);
    EXPECT_EQ(
        house->get(owner, "/api/v1/privacy-centres").json().at("privacy_centres").at(0).at("url"),
        "http://127.0.0.1:8080/privacy"
    );
    const auto again = house->post(nobody, "/api/v1/setup", json::serialize(order));
    EXPECT_EQ(again.code(), "already_set_up");
    EXPECT_FALSE(house->get(nobody, "/api/v1/setup").json().at("needed").as_bool());
}

TEST_P(EmptyHouse, needs_the_code_from_anywhere_but_this_machine) {
    http::Call call;
    call.method = Method::post;
    call.path = "/api/v1/setup";
    call.remote = "203.0.113.7";
    call.headers.set("content-type", "application/json");
    call.body = json::serialize(json::object{
        {"account", {{"name", company}}},
        {"owner", {{"name", ingrid.name}, {"email", ingrid.email}, {"password", password}}}});
    EXPECT_EQ(house->raw(call).status, 403);
    EXPECT_EQ(house->raw(call).code(), "set_up_code_needed");
    EXPECT_TRUE(house->get(nobody, "/api/v1/setup").json().at("needed").as_bool());
}

TEST_P(EmptyHouse, needs_the_code_where_a_proxy_may_stand_in_between) {
    const auto needs_code = [&](const Fields& headers) {
        return house->call(nobody, Method::get, "/api/v1/setup", "", headers)
            .json()
            .at("code_needed")
            .as_bool();
    };
    EXPECT_FALSE(needs_code({}));
    EXPECT_FALSE(needs_code({{"host", "localhost:8080"}}));
    EXPECT_FALSE(needs_code({{"host", "[::1]:8080"}}));
    EXPECT_TRUE(needs_code({{"host", "rebound.example:8080"}}));
    EXPECT_TRUE(needs_code({{"host", "127.rebound.example:8080"}}));
    EXPECT_TRUE(needs_code({{"x-forwarded-for", "203.0.113.7"}}));
    EXPECT_TRUE(needs_code({{"forwarded", "for=203.0.113.7"}}));
    house->inside.set_public_url("https://privacy.hafen.example");
    EXPECT_TRUE(needs_code({})) << "a proxy that says nothing of itself";
    const json::object order{
        {"account", {{"name", company}}},
        {"owner", {{"name", ingrid.name}, {"email", ingrid.email}, {"password", password}}}};
    EXPECT_EQ(
        house->post(nobody, "/api/v1/setup", json::serialize(order)).code(), "set_up_code_needed"
    );
}

TEST_P(EmptyHouse, behind_https_has_a_cookie_for_this_host_only) {
    house->inside.set_public_url("https://privacy.hafen.example");
    house->open_account(company, ingrid);
    const auto reply = house->post(
        nobody, "/api/v1/session",
        json::serialize(json::object{{"email", ingrid.email}, {"password", password}})
    );
    const std::string cookie(reply.headers.find("set-cookie").value_or(""));
    EXPECT_TRUE(cookie.starts_with("__Host-session=")) << cookie;
    EXPECT_TRUE(cookie.ends_with("; Secure")) << cookie;
    EXPECT_NE(cookie.find("Path=/;"), std::string::npos) << cookie;
}

TEST_P(EmptyHouse, tells_how_it_is) {
    EXPECT_EQ(house->get(nobody, "/health").text("status"), "ok");
    EXPECT_TRUE(house->get(nobody, "/ready").json().at("ready").as_bool());
    EXPECT_EQ(house->get(nobody, "/metrics").status, 200);
}

class Staff : public InTheHouse {
protected:
    Reply sign_in(std::string_view email, std::string_view secret) {
        return house->post(
            nobody, "/api/v1/session",
            json::serialize(json::object{{"email", email}, {"password", secret}})
        );
    }
    Visitor with_cookie(const Reply& reply) {
        Visitor visitor;
        visitor.session = cookie_of(reply);
        return visitor;
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Staff, both(), name_of);

TEST_P(Staff, wrong_sign_ins_look_the_same) {
    const auto wrong = sign_in(tomas.email, "not the password");
    const auto unknown = sign_in("nobody@hafenroesterei.example", "not the password");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(wrong.code(), "sign_in_failed");
    EXPECT_EQ(wrong.body, unknown.body);
    EXPECT_FALSE(wrong.headers.find("set-cookie"));
}

TEST_P(Staff, a_session_begins_and_ends) {
    const auto reply = sign_in(tomas.email, password);
    ASSERT_EQ(reply.status, 201) << reply.body;
    EXPECT_EQ(reply.json().at("account").at("name").as_string(), company);
    const auto second = with_cookie(reply);
    EXPECT_EQ(house->get(second, "/api/v1/sessions").json().at("sessions").as_array().size(), 2u);
    EXPECT_EQ(house->call(second, Method::delete_, "/api/v1/sessions").status, 204);
    EXPECT_EQ(house->get(agent, "/api/v1/session").status, 401);
    const auto out = house->call(second, Method::delete_, "/api/v1/session");
    EXPECT_EQ(out.status, 204);
    EXPECT_NE(out.headers.find("set-cookie")->find("Max-Age=0"), std::string::npos);
    EXPECT_EQ(house->get(second, "/api/v1/session").status, 401);
}

TEST_P(Staff, a_new_password_ends_the_other_sessions) {
    const auto other = with_cookie(sign_in(tomas.email, password));
    const json::object order{{"old_password", password}, {"password", "quieter boats go further"}};
    EXPECT_EQ(house->put(agent, "/api/v1/password", json::serialize(order)).status, 204);
    EXPECT_EQ(house->get(other, "/api/v1/session").status, 401);
    EXPECT_EQ(house->get(agent, "/api/v1/session").status, 200);
    EXPECT_EQ(sign_in(tomas.email, password).status, 401);
    EXPECT_EQ(sign_in(tomas.email, "quieter boats go further").status, 201);
}

TEST_P(Staff, a_forgotten_password_is_replaced_by_a_mailed_link) {
    const auto ask = [&](std::string_view email) {
        return house->post(
            nobody, "/api/v1/password-resets", json::serialize(json::object{{"email", email}})
        );
    };
    EXPECT_EQ(ask("nobody@hafenroesterei.example").status, 202);
    EXPECT_EQ(ask(tomas.email).status, 202);
    while (house->inside.reception().back_room.work_one()) {
    }
    house->deliver();
    ASSERT_EQ(house->caught.newest().size(), 1u);
    const json::object order{
        {"token", token_in(house->caught.newest().at(0))}, {"password", "quieter boats go far"}};
    const auto place = "/api/v1/password-resets/redemption";
    EXPECT_EQ(house->post(nobody, place, json::serialize(order)).status, 204);
    EXPECT_EQ(house->post(nobody, place, json::serialize(order)).code(), "reset_gone");
    EXPECT_EQ(house->get(agent, "/api/v1/session").status, 401);
    EXPECT_EQ(sign_in(tomas.email, "quieter boats go far").status, 201);
}

TEST_P(Staff, an_invited_person_becomes_an_agent) {
    const auto invitation = house->post(
        owner, "/api/v1/invitations", R"({"email":"new@hafenroesterei.example","role":"auditor"})"
    );
    ASSERT_EQ(invitation.status, 201) << invitation.body;
    house->deliver();
    const auto token = token_in(house->caught.newest().at(0));
    const auto look = house->post(
        nobody, "/api/v1/invitations/look", json::serialize(json::object{{"token", token}})
    );
    EXPECT_EQ(look.text("role"), "auditor") << look.body;
    json::object order{{"token", token}, {"name", "Ngozi Ọlá"}, {"password", "short"}};
    const auto place = "/api/v1/invitations/acceptance";
    EXPECT_EQ(house->post(nobody, place, json::serialize(order)).places().at(0), "/password");
    order["password"] = "a window over the harbour";
    const auto accepted = house->post(nobody, place, json::serialize(order));
    ASSERT_EQ(accepted.status, 201) << accepted.body;
    EXPECT_EQ(house->post(nobody, place, json::serialize(order)).code(), "invitation_gone");
    const auto newcomer = with_cookie(accepted);
    EXPECT_EQ(house->get(newcomer, "/api/v1/agents").json().at("agents").as_array().size(), 5u);
    EXPECT_EQ(house->put(newcomer, "/api/v1/settings/company", "{}").code(), "wrong_role");
    EXPECT_EQ(house->get(owner, "/api/v1/invitations").status, 200);
}

TEST_P(Staff, an_archived_agent_is_out_and_the_last_owner_stays) {
    const auto path = "/api/v1/agents/" + agent.agent.text();
    const auto stale =
        house->call(owner, Method::put, path, R"({"role":"auditor"})", {{"if-match", "\"99\""}});
    EXPECT_EQ(stale.code(), "stale");
    EXPECT_EQ(house->put(owner, path, R"({"role":"auditor"})").text("role"), "auditor");
    EXPECT_EQ(house->call(owner, Method::delete_, path).status, 204);
    EXPECT_EQ(house->get(agent, "/api/v1/session").status, 401);
    EXPECT_EQ(house->get(owner, "/api/v1/agents").json().at("agents").as_array().size(), 3u);
    EXPECT_EQ(
        house->get(owner, "/api/v1/agents?archived=true").json().at("agents").as_array().size(), 4u
    );
    const auto last = house->call(owner, Method::delete_, "/api/v1/agents/" + owner.agent.text());
    EXPECT_EQ(last.code(), "last_owner");
}

TEST_P(Staff, a_key_opens_until_it_is_archived) {
    const auto made =
        house->post(owner, "/api/v1/api-keys", R"({"name":"shop","scopes":["read"]})");
    ASSERT_EQ(made.status, 201) << made.body;
    const Visitor program{.key = made.text("key")};
    EXPECT_EQ(house->get(program, "/api/v1/requests").status, 200);
    const auto list = house->get(owner, "/api/v1/api-keys");
    EXPECT_EQ(list.body.find(made.text("key")), std::string::npos);
    EXPECT_EQ(
        house->call(owner, Method::delete_, "/api/v1/api-keys/" + made.text("id")).status, 204
    );
    EXPECT_EQ(house->get(program, "/api/v1/requests").code(), "unknown_key");
    EXPECT_EQ(house->get(owner, "/api/v1/api-keys").json().at("api_keys").as_array().size(), 0u);
}

TEST_P(Staff, settings_keep_the_password_and_refuse_what_is_stale) {
    EXPECT_FALSE(house->get(owner, "/api/v1/settings/mail").json().at("configured").as_bool());
    const std::string order =
        R"({"host":"mail.hafen.example","port":465,"security":"tls","sign_in":"hafen",)"
        R"("password":"hush hush","from":{"address":"p@hafen.example","name":"Hafen"}})";
    const auto saved = house->put(owner, "/api/v1/settings/mail", order);
    ASSERT_EQ(saved.status, 200) << saved.body;
    EXPECT_EQ(saved.body.find("hush"), std::string::npos);
    EXPECT_TRUE(saved.json().at("has_password").as_bool());
    const auto stale =
        house->call(owner, Method::put, "/api/v1/settings/mail", order, {{"if-match", "\"0\""}});
    EXPECT_EQ(stale.status, 412);
    EXPECT_TRUE(house->get(agent, "/api/v1/letters/backlog").json().at("configured").as_bool());
    const auto test =
        house->post(owner, "/api/v1/settings/mail/tests", R"({"to":"ingrid@hafen.example"})");
    EXPECT_EQ(test.status, 200) << test.body;
    EXPECT_TRUE(test.json().at("sent").as_bool()) << test.body;
    EXPECT_EQ(house->caught.newest().at(0).letter.to, "ingrid@hafen.example");

    const auto company_tag = house->get(agent, "/api/v1/settings/company").etag();
    const auto renamed = house->call(
        owner, Method::put, "/api/v1/settings/company",
        R"({"name":"Hafen","time_zone":"Pacific/Auckland"})", {{"if-match", company_tag}}
    );
    EXPECT_EQ(renamed.text("time_zone"), "Pacific/Auckland") << renamed.body;
}

TEST_P(Staff, templates_are_added_changed_and_archived) {
    const std::string text = R"({"type":"erase","occasion":"granted","language":"en",)"
                             R"("name":"Short","subject":"Done","body":"It is done."})";
    const auto made = house->post(agent, "/api/v1/templates", text);
    ASSERT_EQ(made.status, 201) << made.body;
    const auto path = "/api/v1/templates/" + made.text("id");
    auto unknown = text;
    unknown.replace(unknown.find("It is"), 5, "{{no_such}} is");
    EXPECT_EQ(house->put(agent, path, unknown).places().at(0), "/body");
    auto other = text;
    other.replace(other.find("granted"), 7, "refused");
    EXPECT_EQ(house->put(agent, path, other).places().at(0), "/occasion");
    const auto stale = house->call(agent, Method::put, path, text, {{"if-match", "\"7\""}});
    EXPECT_EQ(stale.status, 412);
    EXPECT_EQ(house->call(agent, Method::delete_, path).status, 204);
    const auto all = house->get(agent, "/api/v1/templates?type=erase");
    EXPECT_EQ(all.body.find(made.text("id")), std::string::npos);
}

TEST_P(Staff, the_catalogue_is_there) {
    const auto types = house->get(auditor, "/api/v1/request-types").json();
    EXPECT_EQ(types.at("request_types").as_array().size(), 4u);
    const auto grounds = house->get(auditor, "/api/v1/grounds?type=erase");
    EXPECT_NE(grounds.body.find("manifestly_unfounded"), std::string::npos);
    const auto countries = house->get(auditor, "/api/v1/countries");
    EXPECT_NE(countries.body.find("US-CA"), std::string::npos);
}

}  // namespace
}  // namespace quittance::test
