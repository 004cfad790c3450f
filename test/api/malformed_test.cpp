// Every body of the contract, spoilt in every way that its schema knows: refused with the place
// named, and nothing changed.
#include "test/contract.h"
#include "test/house.h"
#include "test/samples.h"

namespace quittance::test {
namespace {

namespace json = boost::json;

struct Case {
    std::string operation;
    Visitor visitor;
    std::string path;
    json::value good;
};

Method method_of(const Contract::Operation& operation) {
    return operation.method == "POST" ? Method::post : Method::put;
}

class Malformed : public InTheHouse {
protected:
    json::value sample_of(std::string_view operation) {
        const auto& contract = Contract::the();
        return sample(contract, *contract.body_schema(contract.operation(operation)));
    }
    Case with_sample(std::string_view operation, const Visitor& visitor, std::string path) {
        return {std::string(operation), visitor, std::move(path), sample_of(operation)};
    }
    std::string template_id() {
        const auto all = house->get(agent, "/api/v1/templates?type=erase").json();
        return std::string(all.at("templates").at(0).at("id").as_string());
    }

    void expect_place(const Case& one, const Flawed& flawed) {
        const auto& operation = Contract::the().operation(one.operation);
        const auto reply = house->call(one.visitor, method_of(operation), one.path, flawed.body);
        EXPECT_EQ(reply.status, 422)
            << one.operation << ": " << flawed.place << " " << flawed.what << " " << reply.body;
        if (reply.status != 422) return;
        const auto places = reply.places();
        // An item of a list may be named by the list.
        const bool named = std::ranges::any_of(places, [&](const std::string& place) {
            return place == flawed.place || flawed.place.starts_with(place + "/");
        });
        EXPECT_TRUE(named) << one.operation << ": " << flawed.place << " " << flawed.what << " "
                           << reply.body;
    }

    void expect_all_refused(const Case& one) {
        const auto& contract = Contract::the();
        const auto& schema = *contract.body_schema(contract.operation(one.operation));
        ASSERT_EQ(contract.flaw(schema, one.good, ""), "") << one.operation;
        const auto before = house->rows();
        for (const auto& flawed : spoil(contract, schema, one.good)) expect_place(one, flawed);
        EXPECT_EQ(house->rows(), before) << one.operation;
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Malformed, both(), name_of);

TEST_P(Malformed, bodies_about_a_request_are_refused) {
    const auto review = house->request_in(agent, "review");
    const auto process = house->request_in(agent, "process");
    const auto reply = house->request_in(agent, "reply");
    const json::value attested{
        {"statement", "all data was deleted"},
        {"systems", {"Shop"}},
        {"exceptions",
         {{{"system", "Ledger"}, {"ground", "tax_and_accounting"}, {"until", "2033"}}}}};
    const json::value rejection{
        {"ground", "manifestly_unfounded"}, {"note", "n"}, {"confirmed", {"we say why"}}};
    const json::value own_words{{"subject", "Your request"}, {"body", "It is done."}};
    const json::value by_letter{{"sent_by", "letter"}, {"note", "On Monday."}};
    const json::value from_template{{"template", template_id()}};
    const json::value search{
        {"q", "mara"}, {"stage", "review"}, {"type", "erase"}, {"cursor", "x"}, {"limit", 10}};
    for (const auto& one : std::vector<Case>{
             with_sample("add_request", agent, "/api/v1/requests"),
             {"search_requests", agent, "/api/v1/requests/searches", search},
             {"assign_request", agent, review + "/assignee", {{"agent", agent.agent.text()}}},
             with_sample("state_verified", agent, review + "/verification"),
             with_sample("add_identifier", agent, review + "/identifiers"),
             with_sample("approve", agent, review + "/approval"),
             with_sample("send_verification_mail", agent, review + "/verification-mails"),
             {"reject", agent, review + "/rejection", rejection},
             {"attest", agent, process + "/attestation", attested},
             with_sample("complete", agent, process + "/completion"),
             with_sample("save_draft", agent, reply + "/reply/draft"),
             {"reply", agent, reply + "/reply", own_words},
             {"reply", agent, reply + "/reply", by_letter},
             {"reply", agent, reply + "/reply", from_template},
             with_sample("close", agent, reply + "/closure"),
             with_sample("end", agent, review + "/end")}) {
        expect_all_refused(one);
    }
}

TEST_P(Malformed, bodies_about_the_account_are_refused) {
    const auto one = "/api/v1/templates/" + template_id();
    const json::value text{{"type", "erase"},   {"occasion", "granted"}, {"language", "en"},
                           {"name", "Granted"}, {"subject", "Done"},     {"body", "It is done."}};
    const auto before = house->get(agent, one).json();
    json::value same = text;
    same.as_object()["type"] = before.at("type");
    same.as_object()["occasion"] = before.at("occasion");
    const json::value company{
        {"name", "Hafen"},
        {"time_zone", "Europe/Berlin"},
        {"privacy_email", "p@hafen.example"},
        {"postal_address", "Kai 1"},
        {"privacy_officer", "Dr. Ä"},
        {"policy_url", "https://hafen.example/privacy"}};
    const json::value mail{{"host", "mail.hafen.example"},
                           {"port", 587},
                           {"security", "starttls"},
                           {"sign_in", "hafen"},
                           {"password", "secret"},
                           {"from", {{"address", "p@hafen.example"}, {"name", "Hafen"}}},
                           {"reply_to", "p@hafen.example"}};
    for (const auto& given : std::vector<Case>{
             {"add_template", agent, "/api/v1/templates", text},
             {"change_template", agent, one, same},
             {"save_company", owner, "/api/v1/settings/company", company},
             {"save_mail_settings", owner, "/api/v1/settings/mail", mail},
             {"send_test_mail", owner, "/api/v1/settings/mail/tests", {{"to", "a@hafen.example"}}},
             with_sample("invite", owner, "/api/v1/invitations"),
             with_sample("add_api_key", owner, "/api/v1/api-keys"),
             {"change_agent",
              owner,
              "/api/v1/agents/" + agent.agent.text(),
              {{"name", "Tomás"}, {"role", "agent"}}}}) {
        expect_all_refused(given);
    }
}

TEST_P(Malformed, bodies_about_sessions_and_passwords_are_refused) {
    const json::value change{{"old_password", password}, {"password", "a much better secret"}};
    for (const auto& given : std::vector<Case>{
             with_sample("sign_in", nobody, "/api/v1/session"),
             with_sample("prove_session", agent, "/api/v1/session/proof"),
             with_sample("switch_account", agent, "/api/v1/session/account"),
             {"change_password", agent, "/api/v1/password", change},
             with_sample("ask_for_password_reset", nobody, "/api/v1/password-resets"),
             with_sample("redeem_password_reset", nobody, "/api/v1/password-resets/redemption"),
             with_sample("look_at_invitation", nobody, "/api/v1/invitations/look")}) {
        if (given.operation == "redeem_password_reset") continue;  // needs a mailed token
        expect_all_refused(given);
    }
}

class BeforeSetUp : public Databases {
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
};
INSTANTIATE_TEST_SUITE_P(databases, BeforeSetUp, both(), name_of);

TEST_P(BeforeSetUp, malformed_set_ups_are_refused_and_set_up_nothing) {
    const auto& contract = Contract::the();
    const auto& schema = *contract.body_schema(contract.operation("set_up"));
    const auto before = house->rows();
    for (const auto& flawed : spoil(contract, schema, sample(contract, schema))) {
        const auto reply = house->post({}, "/api/v1/setup", flawed.body);
        EXPECT_EQ(reply.status, 422) << flawed.place << " " << flawed.what << " " << reply.body;
        const auto places = reply.places();
        EXPECT_NE(std::ranges::find(places, flawed.place), places.end()) << reply.body;
    }
    EXPECT_EQ(house->rows(), before);
    EXPECT_TRUE(house->get({}, "/api/v1/setup").json().at("needed").as_bool());
}

TEST_P(Malformed, what_is_no_json_is_refused_before_anything_else) {
    const auto before = house->rows();
    const std::map<std::string, int> bodies{
        {"{", 400},
        {"", 400},
        {R"({"type":"erase"} trailing)", 400},
        {"{\"type\":\"\xff\"}", 400},
        {std::string(100, '[') + std::string(100, ']'), 400},
        {"[]", 422},
        {"null", 422},
        {"\"text\"", 422}};
    for (const auto& [body, status] : bodies) {
        const auto reply = house->call(
            agent, Method::post, "/api/v1/requests", body, {{"content-type", "application/json"}}
        );
        EXPECT_EQ(reply.status, status) << body << " " << reply.body;
    }
    for (const auto* type :
         {"text/plain", "application/x-www-form-urlencoded", "application/jsonx"}) {
        const auto reply =
            house->call(agent, Method::post, "/api/v1/requests", "{}", {{"content-type", type}});
        EXPECT_EQ(reply.status, 415) << type;
    }
    const auto with_charset = house->call(
        agent, Method::post, "/api/v1/requests/searches", R"({"q":"x"})",
        {{"content-type", "Application/JSON; charset=utf-8"}}
    );
    EXPECT_EQ(with_charset.status, 200);
    EXPECT_EQ(house->rows(), before);
}

TEST_P(Malformed, a_thousand_flaws_are_answered_with_a_hundred) {
    json::object body{{"email", "a@hafen.example"}, {"password", "x"}};
    for (int i = 0; i < 1000; ++i) body["m" + std::to_string(i)] = i;
    const auto reply = house->post(nobody, "/api/v1/session", json::serialize(body));
    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(reply.places().size(), 100u);
    const auto process = house->request_in(agent, "process");
    json::array systems;
    for (int i = 0; i < 1000; ++i) systems.emplace_back("");
    const json::object attested{{"statement", "all data was deleted"}, {"systems", systems}};
    const auto second = house->put(agent, process + "/attestation", json::serialize(attested));
    EXPECT_EQ(second.places().size(), 100u);
}

TEST_P(Malformed, parameters_are_refused_by_name) {
    const auto path = house->request_in(agent, "reply");
    for (const auto* query :
         {"stage=open", "verified=yes", "proof=x", "assignee=me", "type=delete", "due=soon",
          "sort=name", "limit=0", "limit=201", "limit=ten", "limit=", "cursor=garbage",
          "flag=test"}) {
        const auto reply = house->get(agent, std::string("/api/v1/requests?") + query);
        EXPECT_EQ(reply.status, 422) << query;
        const auto name = "?" + std::string(query).substr(0, std::string(query).find('='));
        EXPECT_EQ(reply.places(), std::vector<std::string>{name}) << query << reply.body;
    }
    EXPECT_EQ(house->get(agent, path + "/reply/preview").places().at(0), "?template");
    EXPECT_EQ(house->get(agent, path + "/reply/preview?template=x").places().at(0), "?template");
    EXPECT_EQ(house->get(agent, path + "/history?format=pdf").places().at(0), "?format");
    EXPECT_EQ(house->get(agent, "/api/v1/grounds?type=x").places().at(0), "?type");
    EXPECT_EQ(house->get(agent, "/api/v1/agents?archived=1").places().at(0), "?archived");
}

TEST_P(Malformed, ids_that_are_none_are_unknown) {
    for (const auto* id : {"1", "x", "00000000-0000-0000-0000-00000000000", "..", "%00"}) {
        const auto call = std::string("/api/v1/requests/") + id;
        http::Call raw;
        raw.path = call;
        raw.headers.set("cookie", "session=" + agent.session);
        EXPECT_EQ(house->raw(raw).status, 404) << id;
    }
}

}  // namespace
}  // namespace quittance::test
