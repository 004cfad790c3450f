// "Request history" in its three forms, and the signs that browsers get.
#include "api/csv.h"
#include "test/house.h"

namespace quittance::test {
namespace {

class History : public InTheHouse {};
INSTANTIATE_TEST_SUITE_P(databases, History, both(), name_of);

TEST_P(History, names_every_step_with_who_when_and_through_which_door) {
    const auto path = house->request_in(agent, "closed");
    const auto page = house->get(auditor, path + "/history").json();
    const auto& entries = page.at("entries").as_array();
    EXPECT_TRUE(page.at("next").is_null());
    std::string last;
    for (const auto& entry : entries) {
        EXPECT_GE(std::string(entry.at("at").as_string()), last);
        last = std::string(entry.at("at").as_string());
        EXPECT_EQ(entry.at("commitment").as_string().size(), 64u);
        EXPECT_TRUE(entry.at("detail").is_object());
        const auto event = entry.at("event").as_string();
        if (event.starts_with("letter")) continue;
        EXPECT_EQ(entry.at("agent").at("name").as_string(), tomas.name) << event;
        EXPECT_EQ(entry.at("door"), "web") << event;
    }
}

TEST_P(History, comes_by_the_page) {
    const auto path = house->request_in(agent, "closed");
    const auto whole = house->get(agent, path + "/history").json().at("entries").as_array();
    std::size_t seen = 0;
    std::string cursor;
    do {
        const auto reply = house->get(
            agent, path + "/history?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor)
        );
        const auto entries = reply.json().at("entries").as_array();
        for (const auto& entry : entries) EXPECT_EQ(entry.at("id"), whole.at(seen++).at("id"));
        cursor = reply.text("next");
    } while (!cursor.empty());
    EXPECT_EQ(seen, whole.size());
    EXPECT_EQ(house->get(agent, path + "/history?cursor=x").places().at(0), "?cursor");
}

TEST_P(History, as_csv_is_safe_to_open_in_a_spreadsheet) {
    EXPECT_EQ(
        api::csv_line({"=1+1", "a,b", "say \"hi\""}), "\"'=1+1\",\"a,b\",\"say \"\"hi\"\"\"\r\n"
    );
    for (const auto* evil : {"=x", "+x", "-x", "@x", "\tx", "\rx", "  =x"}) {
        EXPECT_EQ(api::csv_line({evil}).substr(0, 2), "\"'") << evil;
    }
    const auto path = house->intake(agent, {"=cmd|' /C calc'!A0", "x@example.com"}, "erase");
    house->post(agent, path + "/verification", R"({"method":"document","reason":"=1+1"})");
    const auto csv = house->get(agent, path + "/history?format=csv");
    EXPECT_EQ(csv.headers.find("content-type"), "text/csv; charset=utf-8");
    EXPECT_TRUE(csv.headers.find("content-disposition")->starts_with("attachment"));
    EXPECT_TRUE(csv.body.starts_with("\"at\",\"event\""));
    EXPECT_NE(csv.body.find("Tomás Ó Briain"), std::string::npos);
    EXPECT_EQ(csv.body.find(",\"="), std::string::npos);
}

TEST_P(History, as_a_page_shows_words_as_words) {
    const auto path = house->intake(agent, mara, "erase");
    house->post(
        agent, path + "/verification",
        R"({"method":"document","reason":"<script>alert(1)</script> & more"})"
    );
    const auto page = house->get(agent, path + "/history?format=html");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.body.find("<script"), std::string::npos);
    EXPECT_NE(page.body.find("&lt;script&gt;alert(1)"), std::string::npos);
    EXPECT_NE(
        page.headers.find("content-security-policy")->find("default-src 'none'"), std::string::npos
    );
}

TEST_P(History, as_a_page_names_people_and_grounds_and_never_ids) {
    const auto path = house->request_in(agent, "process");
    ASSERT_EQ(
        house->put(agent, path + "/assignee", R"({"agent":")" + owner.agent.text() + "\"}").status,
        200
    );
    house->put(
        agent, path + "/attestation",
        R"({"statement":"all data was deleted","systems":["Shop","Till"],"exceptions":)"
        R"([{"system":"Till","ground":"tax_and_accounting"}]})"
    );
    const auto page = house->get(agent, path + "/history?format=html").body;
    for (const auto* words :
         {"Delete my data", "Shop; Till", "Ground: Tax and bookkeeping, System: Till",
          "known to agent", "Due on", "Systems"}) {
        EXPECT_NE(page.find(words), std::string::npos) << words << page;
    }
    for (const auto& raw :
         {owner.agent.text(), std::string("tax_and_accounting"), std::string("due_on"),
          std::string("null")}) {
        EXPECT_EQ(page.find(raw), std::string::npos) << raw << page;
    }
}

// A browser that listens.
class Ear : public http::Channel {
public:
    bool send(std::string text) override {
        if (!open) return false;
        heard += text;
        return true;
    }
    std::string heard;
    bool open = true;
};

class Signs : public InTheHouse {
protected:
    std::shared_ptr<Ear> listen(const Visitor& visitor) {
        auto ear = std::make_shared<Ear>();
        const auto reply = house->get(visitor, "/api/v1/events");
        EXPECT_EQ(reply.status, 200) << reply.body;
        EXPECT_TRUE(reply.stream);
        if (reply.stream) reply.stream(ear);
        return ear;
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Signs, both(), name_of);

TEST_P(Signs, reach_the_account_and_nobody_else_and_carry_ids_only) {
    const auto colleague = listen(owner);
    const auto other = listen(stranger);
    const auto path = house->intake(agent, mara, "erase");
    const auto id = path.substr(path.rfind('/') + 1);
    EXPECT_EQ(
        colleague->heard, "retry: 3000\n\nevent: request\ndata: {\"request\":\"" + id + "\"}\n\n"
    );
    EXPECT_EQ(other->heard, "retry: 3000\n\n");
}

TEST_P(Signs, a_refused_step_gives_none) {
    const auto path = house->intake(agent, mara, "erase");
    const auto ear = listen(owner);
    house->post(agent, path + "/approval");
    EXPECT_EQ(ear->heard, "retry: 3000\n\n");
}

TEST_P(Signs, an_open_page_keeps_no_session_alive) {
    using namespace std::chrono_literals;
    const auto ear = listen(owner);
    for (int hour = 0; hour < 13; ++hour) {
        house->forward(1h);
        house->inside.events().beat();
    }
    EXPECT_EQ(house->inside.events().listeners(), 0u);
    EXPECT_EQ(house->get(owner, "/api/v1/session").status, 401);
}

TEST_P(Signs, who_is_gone_or_signed_out_is_let_go) {
    const auto gone = listen(owner);
    const auto signed_out = listen(agent);
    const auto stays = listen(auditor);
    EXPECT_EQ(house->inside.events().listeners(), 3u);
    gone->open = false;
    house->call(agent, Method::delete_, "/api/v1/session");
    house->inside.events().beat();
    EXPECT_EQ(house->inside.events().listeners(), 1u);
    EXPECT_TRUE(stays->heard.ends_with(": still here\n\n"));
    EXPECT_FALSE(signed_out->heard.ends_with(": still here\n\n"));
}

}  // namespace
}  // namespace quittance::test
