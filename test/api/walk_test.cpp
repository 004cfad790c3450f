// One request from its arrival to its end, by API: the four stages, the refusal, the early end.
#include "test/house.h"

namespace quittance::test {
namespace {

class Walk : public InTheHouse {
protected:
    std::string events_of(const std::string& path) {
        std::string events;
        const auto page = house->get(agent, path + "/history").json();
        for (const auto& entry : page.at("entries").as_array()) {
            events += (events.empty() ? "" : " ") + std::string(entry.at("event").as_string());
        }
        return events;
    }
    std::string stage_of(const std::string& path) { return house->get(agent, path).text("stage"); }
};
INSTANTIATE_TEST_SUITE_P(databases, Walk, both(), name_of);

TEST_P(Walk, a_request_goes_from_the_telephone_to_closure) {
    const auto path = house->intake(agent, khai, "erase");
    auto view = house->get(agent, path).json();
    EXPECT_EQ(view.at("proof"), "missing");
    EXPECT_EQ(view.at("attestation_statement"), "all data was deleted");
    EXPECT_EQ(view.at("requester").at("name").as_string(), khai.name);

    const auto verification = house->post(
        agent, path + "/verification", R"({"method":"document","reason":"She showed her card."})"
    );
    ASSERT_EQ(verification.status, 201) << verification.body;
    ASSERT_EQ(house->post(agent, path + "/approval").status, 201);
    const auto attestation = house->put(
        agent, path + "/attestation",
        R"({"statement":" ALL data was deleted ","systems":["Shop","Newsletter"]})"
    );
    ASSERT_EQ(attestation.status, 200) << attestation.body;
    ASSERT_EQ(house->post(agent, path + "/completion").status, 201);

    const auto templates = house->get(agent, "/api/v1/templates?type=erase").json();
    std::string granted;
    for (const auto& one : templates.at("templates").as_array()) {
        if (one.at("occasion") == "granted") granted = std::string(one.at("id").as_string());
    }
    const auto preview = house->get(agent, path + "/reply/preview?template=" + granted);
    ASSERT_EQ(preview.status, 200) << preview.body;
    EXPECT_NE(preview.text("body").find("Newsletter"), std::string::npos) << preview.text("body");
    ASSERT_EQ(
        house->post(agent, path + "/reply", R"({"template":")" + granted + R"("})").status, 202
    );
    house->deliver();
    EXPECT_EQ(house->get(agent, path + "/reply").text("state"), "sent");
    EXPECT_EQ(house->caught.newest().at(0).letter.to, khai.email);
    EXPECT_EQ(house->caught.newest().at(0).letter.text, preview.text("body"));

    const auto closure = house->post(agent, path + "/closure", R"({"decision":"granted"})");
    ASSERT_EQ(closure.status, 201) << closure.body;
    EXPECT_EQ(closure.json().at("agent").at("name").as_string(), tomas.name);
    view = house->get(agent, path).json();
    EXPECT_EQ(view.at("stage"), "closed");
    EXPECT_EQ(view.at("decision"), "granted");
    EXPECT_EQ(view.at("steps").as_array().size(), 3u);
    EXPECT_EQ(
        events_of(path),
        "received verified approved attested completed replied letter_sent letter_sent closed"
    );
}

TEST_P(Walk, a_rejection_skips_process) {
    const auto path = house->intake(agent, obrien, "erase");
    const auto rejection =
        house->post(agent, path + "/rejection", R"({"ground":"manifestly_unfounded"})");
    ASSERT_EQ(rejection.status, 201) << rejection.body;
    EXPECT_EQ(stage_of(path), "reply");
    EXPECT_EQ(house->get(agent, path + "/rejection").status, 200);
    EXPECT_EQ(house->get(agent, path + "/approval").status, 404);
    const auto granted = house->post(agent, path + "/closure", R"({"decision":"granted"})");
    EXPECT_GE(granted.status, 409);
    ASSERT_EQ(
        house->post(agent, path + "/reply", R"({"sent_by":"phone","note":"Told her."})").status, 202
    );
    EXPECT_EQ(house->post(agent, path + "/closure", R"({"decision":"granted"})").status, 422);
    EXPECT_EQ(house->post(agent, path + "/closure", R"({"decision":"refused"})").status, 201);
    EXPECT_EQ(stage_of(path), "closed");
}

TEST_P(Walk, a_request_can_be_ended_in_every_open_stage_and_only_there) {
    const std::string end = R"({"decision":"spam","note":"An advertisement."})";
    for (const auto* stage : {"review", "process", "reply"}) {
        const auto path = house->request_in(agent, stage);
        EXPECT_EQ(house->post(agent, path + "/end", end).status, 201) << stage;
        EXPECT_EQ(house->get(agent, path + "/end").text("stage"), stage);
        EXPECT_EQ(house->post(agent, path + "/end", end).code(), "not_in_stage");
    }
}

TEST_P(Walk, every_step_out_of_turn_is_refused_and_changes_nothing) {
    const std::map<std::string, std::string> bodies{
        {"approval", ""},
        {"rejection", R"({"ground":"manifestly_unfounded"})"},
        {"completion", ""},
        {"closure", R"({"decision":"granted"})"},
        {"end", R"({"decision":"spam","note":"x"})"}};
    const std::map<std::string, std::string> allowed{
        {"review", "approval rejection end"},
        {"process", "completion end"},
        {"reply", "closure end"},
        {"closed", ""}};
    for (const auto& [stage, possible] : allowed) {
        const auto path = house->request_in(agent, stage);
        const auto before = house->rows();
        for (const auto& [step, body] : bodies) {
            if (possible.find(step) != std::string::npos) continue;
            const auto reply = house->post(agent, path + "/" + step, body);
            EXPECT_EQ(reply.status, 409) << stage << " " << step << " " << reply.body;
            EXPECT_EQ(reply.code(), "not_in_stage") << stage << " " << step;
        }
        if (stage != "process") {
            const auto reply =
                house->put(agent, path + "/attestation", R"({"statement":"all data was deleted"})");
            EXPECT_EQ(reply.code(), "not_in_stage") << stage;
        }
        EXPECT_EQ(house->rows(), before) << stage;
    }
}

TEST_P(Walk, an_unverified_erasure_is_not_approved_and_an_opt_out_is) {
    const auto erase = house->intake(agent, mara, "erase");
    EXPECT_EQ(house->post(agent, erase + "/approval").code(), "unverified");
    const auto opt_out = house->intake(agent, mara, "opt_out_sale");
    EXPECT_EQ(house->get(agent, opt_out).text("proof"), "not_needed");
    EXPECT_EQ(house->post(agent, opt_out + "/approval").status, 201);
}

TEST_P(Walk, completion_needs_an_attestation_and_closure_a_reply) {
    const auto process = house->request_in(agent, "process");
    EXPECT_EQ(house->post(agent, process + "/completion").code(), "unfinished");
    const auto reply = house->request_in(agent, "reply");
    const auto closure = house->post(agent, reply + "/closure", R"({"decision":"granted"})");
    EXPECT_EQ(closure.code(), "no_reply");
}

TEST_P(Walk, a_request_is_handed_only_to_somebody_who_may_work_on_it) {
    const auto path = house->request_in(agent, "review") + "/assignee";
    const auto hand_to = [&](const AgentId& to) {
        return house->put(agent, path, R"({"agent":")" + to.text() + "\"}");
    };
    for (const auto& visitor : {auditor, technician, stranger}) {
        EXPECT_EQ(hand_to(visitor.agent).places(), std::vector<std::string>{"/agent"});
    }
    EXPECT_EQ(hand_to(owner.agent).status, 200);
}

TEST_P(Walk, a_stale_etag_is_refused_and_a_fresh_one_is_not) {
    const auto path = house->request_in(agent, "review");
    const auto seen = house->get(agent, path).etag();
    ASSERT_EQ(house->put(agent, path + "/assignee", R"({"agent":null})").status, 200);
    const auto stale =
        house->call(agent, Method::post, path + "/approval", "", {{"if-match", seen}});
    EXPECT_EQ(stale.status, 412);
    EXPECT_EQ(stale.code(), "stale");
    const auto weak =
        house->call(agent, Method::post, path + "/approval", "", {{"if-match", "W/\"3\""}});
    EXPECT_EQ(weak.status, 412);
    const auto fresh = house->get(agent, path).etag();
    EXPECT_EQ(
        house->call(agent, Method::post, path + "/approval", "", {{"if-match", fresh}}).status, 201
    );
}

TEST_P(Walk, a_draft_that_somebody_else_has_changed_is_not_overwritten) {
    const auto path = house->request_in(agent, "reply") + "/reply/draft";
    const auto save = [&](const std::string& etag) {
        return house->call(
            agent, Method::put, path, R"({"subject":"S","body":"B"})", {{"if-match", etag}}
        );
    };
    const auto first = house->put(owner, path, R"({"subject":"S","body":"A"})").etag();
    EXPECT_EQ(house->get(agent, path).etag(), first);
    const auto second = save(first);
    EXPECT_EQ(second.status, 200);
    EXPECT_NE(second.etag(), first);
    EXPECT_EQ(save(first).status, 412);
}

}  // namespace
}  // namespace quittance::test
