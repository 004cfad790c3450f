#include <re2/re2.h>

#include <set>

#include "requests/address.h"
#include "test/site/browser.h"

namespace quittance::site {
namespace {

// A whole reference: "Q-" alone may stand in a random address.
bool names_a_request(const std::string& page) {
    return RE2::PartialMatch(page, R"(\bQ-[0-9A-Z]{4}-[0-9A-Z]{4}\b)");
}

class OwnPage : public PublicPages {
protected:
    std::string reference_at(const std::string& received) {
        return between(browser->get(received).body, "class=\"ref\">", "<");
    }
};
INSTANTIATE_TEST_SUITE_P(databases, OwnPage, test::both(), test::name_of);

TEST_P(OwnPage, opening_a_link_changes_nothing_and_pressing_the_button_does) {
    ask(filled());
    const auto link = link_in(letter(), "/confirm/");
    const auto before = house->rows();
    for (int i = 0; i < 3; ++i) {
        const auto page = browser->get(link);
        EXPECT_EQ(page.status, 200);
        EXPECT_FALSE(has(page.body, "Mara"));
        EXPECT_FALSE(names_a_request(page.body));
    }
    EXPECT_EQ(house->rows(), before);
    EXPECT_TRUE(browser->cookie.empty());

    const auto pressed = browser->post(link, {{"press", "1"}});
    EXPECT_EQ(pressed.status, 303);
    const auto cookie = std::string(pressed.headers.find("set-cookie").value_or(""));
    for (const auto* part : {"requester=", "Path=/r;", "HttpOnly", "SameSite=Lax"}) {
        EXPECT_TRUE(has(cookie, part)) << cookie;
    }
    EXPECT_FALSE(has(cookie, "Secure"));
    const auto own = browser->follow(pressed);
    EXPECT_EQ(own.status, 200);
    EXPECT_TRUE(has(own.body, "We are checking your request"));
    EXPECT_TRUE(names_a_request(own.body));
    EXPECT_TRUE(has(own.body, "Address confirmed"));
}

TEST_P(OwnPage, a_used_link_and_an_old_one_lead_to_the_same_page_with_a_fresh_mail) {
    ask(filled());
    const auto used = link_in(letter(), "/confirm/");
    EXPECT_EQ(browser->post(used, {{"press", "1"}}).status, 303);
    auto form = filled();
    set(form, "email", "somebody@example.com");
    ask(form);
    const auto old = link_in(letter(), "/confirm/");
    house->forward(requests::proof_lasts + std::chrono::seconds(1));
    auto used_page = browser->get(used);
    auto old_page = browser->get(old);
    EXPECT_EQ(used_page.status, old_page.status);
    const auto token = [](const std::string& link) { return link.substr(link.rfind('/') + 1); };
    used_page.body.replace(used_page.body.find(token(used)), 43, token(old));
    EXPECT_EQ(used_page.body, old_page.body);
    EXPECT_EQ(browser->post(old, {{"press", "1"}}).status, 410);

    EXPECT_EQ(browser->post(old, {{"again", "1"}}).status, 200);
    const auto fresh = link_in(letter(), "/confirm/");
    EXPECT_NE(fresh, old);
    EXPECT_EQ(browser->post(fresh, {{"press", "1"}}).status, 303);
}

TEST_P(OwnPage, the_code_confirms_as_well_where_the_form_led_to) {
    const auto received = ask(filled());
    const auto page = browser->get(received);
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(has(page.body, "confirm your address"));
    EXPECT_FALSE(has(page.body, "Mara"));
    EXPECT_FALSE(has(page.body, "mara.lindqvist"));
    const auto code = code_in(letter());
    const auto own = received.substr(0, received.rfind('/'));
    EXPECT_EQ(browser->post(own, {{"code", "0000 0000"}}).status, 422);
    const auto spaced = code.substr(0, 4) + " " + code.substr(4);
    const auto opened = browser->post(own, {{"code", spaced}});
    EXPECT_EQ(location(opened), own);
    EXPECT_TRUE(has(browser->follow(opened).body, "We are checking your request"));
    // Once.
    Browser other(*house);
    EXPECT_EQ(other.post(own, {{"code", code}}).status, 422);
    EXPECT_FALSE(names_a_request(other.get(own).body));
}

TEST_P(OwnPage, where_the_form_led_to_tells_nothing_of_what_became_of_it) {
    const auto received = ask(filled());
    const auto own = received.substr(0, received.rfind('/'));
    const auto before = browser->get(received).body;
    const auto wrong = browser->post(own, {{"code", "0000 0000"}}).body;
    Browser theirs(*house);
    EXPECT_EQ(theirs.post(link_in(letter(), "/confirm/"), {{"press", "1"}}).status, 303);
    EXPECT_EQ(browser->get(received).body, before);
    EXPECT_EQ(browser->post(own, {{"code", "0000 0000"}}).body, wrong);
}

TEST_P(OwnPage, a_code_may_be_guessed_at_five_times) {
    const auto received = ask(filled());
    const auto own = received.substr(0, received.rfind('/'));
    const auto code = code_in(letter());
    for (int i = 0; i < requests::code_tries; ++i) {
        const auto reply = browser->post(own, {{"code", code == "11111111" ? "2" : "11111111"}});
        EXPECT_EQ(reply.status, 422);
        EXPECT_TRUE(has(reply.body, "<a href=\"#code\">"));
    }
    EXPECT_EQ(browser->post(own, {{"code", code}}).status, 422);
}

TEST_P(OwnPage, shows_nothing_until_a_code_was_typed) {
    const auto path = ask_and_confirm();
    Browser stranger(*house, "203.0.113.99");
    const auto page = stranger.get(path);
    EXPECT_EQ(page.status, 200);
    EXPECT_FALSE(names_a_request(page.body));
    for (const auto* secret : {"Mara", "mara", "checking", "Delete my data", "We answer by"}) {
        EXPECT_FALSE(has(page.body, secret)) << secret;
    }
    house->deliver();  // the acknowledgement
    const auto letters = house->caught.newest().size();
    EXPECT_EQ(stranger.post(path, {{"again", "1"}}).status, 200);
    const auto code = code_in(letter());
    EXPECT_EQ(house->caught.newest().size(), letters + 1);
    EXPECT_EQ(stranger.post(path, {{"code", code}}).status, 303);
    EXPECT_TRUE(names_a_request(stranger.get(path).body));
    house->forward(requests::session_lasts + std::chrono::minutes(1));
    EXPECT_FALSE(names_a_request(stranger.get(path).body));
}

TEST_P(OwnPage, asking_for_more_mails_than_may_go_looks_the_same) {
    const auto path = ask_and_confirm();
    std::set<std::string> pages;
    for (int i = 0; i < 6; ++i) pages.insert(browser->post(path, {{"again", "1"}}).body);
    EXPECT_EQ(pages.size(), 1u);
}

TEST_P(OwnPage, the_cookie_of_one_request_opens_no_other) {
    const auto mine = ask_and_confirm();
    const auto cookie = browser->cookie;
    auto form = filled();
    set(form, "email", "somebody@example.com");
    browser->cookie.clear();
    ask(form);
    const auto theirs = location(browser->post(link_in(letter(), "/confirm/"), {{"press", "1"}}));
    browser->cookie = cookie;
    EXPECT_TRUE(names_a_request(browser->get(mine).body));
    EXPECT_FALSE(names_a_request(browser->get(theirs).body));
    EXPECT_EQ(location(browser->post(theirs + "/withdraw", {{"sure", "1"}})), theirs);
    browser->cookie = "session=" + owner.session;
    EXPECT_FALSE(names_a_request(browser->get(theirs).body));
}

TEST_P(OwnPage, a_request_is_taken_back_after_a_second_question_and_only_from_here) {
    const auto path = ask_and_confirm();
    EXPECT_TRUE(has(browser->get(path).body, path + "/withdraw"));
    const auto before = house->rows();
    const auto question = browser->get(path + "/withdraw");
    EXPECT_TRUE(has(question.body, "cannot be undone"));
    EXPECT_EQ(location(browser->post(path + "/withdraw", {})), path);
    for (const auto* origin : {"https://evil.example", "null", "http://127.0.0.1:8081"}) {
        const auto reply = browser->post(path + "/withdraw", {{"sure", "1"}}, {{"origin", origin}});
        EXPECT_EQ(reply.status, 403) << origin;
    }
    EXPECT_EQ(house->rows(), before);
    EXPECT_EQ(
        browser
            ->post(
                path + "/withdraw", {{"sure", "1"}},
                {{"origin", "null"}, {"sec-fetch-site", "same-origin"}}
            )
            .status,
        303
    );
    const auto page = browser->get(path);
    EXPECT_TRUE(has(page.body, "You took this request back"));
    EXPECT_FALSE(has(page.body, "/withdraw"));
    EXPECT_EQ(browser->post(path + "/withdraw", {{"sure", "1"}}).status, 303);
    const auto list = house->get(owner, "/api/v1/requests?stage=closed").json();
    EXPECT_EQ(list.at("requests").at(0).at("decision"), "withdrawn");
}

TEST_P(OwnPage, an_opt_out_needs_no_proof) {
    const auto received = ask(filled("opt_out_sale"));
    const auto page = browser->get(received);
    EXPECT_TRUE(has(page.body, "We have your request"));
    EXPECT_FALSE(has(page.body, "name=\"code\""));
    EXPECT_FALSE(has(letter(), "/confirm/"));
    const auto list = house->get(owner, "/api/v1/requests").json();
    EXPECT_EQ(list.at("requests").as_array().size(), 1u);
}

TEST_P(OwnPage, links_lead_to_our_own_address_whatever_the_call_says_about_hosts) {
    const auto received = location(browser->post(
        "/privacy", filled(),
        {{"host", "evil.example"},
         {"x-forwarded-host", "evil.example"},
         {"forwarded", "host=evil.example"}}
    ));
    EXPECT_TRUE(received.starts_with("/r/"));
    EXPECT_FALSE(has(letter(), "evil"));
    EXPECT_TRUE(has(letter(), "http://127.0.0.1:8080/confirm/"));
}

TEST_P(OwnPage, follows_the_request_through_every_stage_in_plain_words) {
    const auto path = ask_and_confirm();
    const auto list = house->get(owner, "/api/v1/requests").json();
    const auto request =
        "/api/v1/requests/" + std::string(list.at("requests").at(0).at("id").as_string());
    const auto step = [&](std::string_view name, std::string_view body = "") {
        const auto reply = house->post(agent, request + "/" + std::string(name), body);
        EXPECT_LT(reply.status, 300) << name << reply.body;
    };
    step("approval");
    EXPECT_TRUE(has(browser->get(path).body, "We are working on your request"));
    house->put(agent, request + "/attestation", R"({"statement":"all data was deleted"})");
    step("completion");
    EXPECT_TRUE(has(browser->get(path).body, "We are writing our answer"));
    step("reply", R"({"subject":"Your request","body":"It is done."})");
    step("closure", R"({"decision":"granted"})");
    const auto page = browser->get(path).body;
    EXPECT_TRUE(has(page, "Done: we did what you asked for"));
    EXPECT_FALSE(has(page, "/withdraw"));
    EXPECT_EQ(page.find("[["), std::string::npos);
}

TEST_P(OwnPage, says_so_when_we_are_late) {
    ask_and_confirm();
    const auto own = link_in(letter(), "/r/");
    house->forward(std::chrono::days(40));
    browser->post(own, {{"again", "1"}});
    browser->post(own, {{"code", code_in(letter())}});
    EXPECT_TRUE(has(browser->get(own).body, "We are late, and we are sorry"));
}

}  // namespace
}  // namespace quittance::site
