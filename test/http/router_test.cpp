#include "http/router.h"

#include <gtest/gtest.h>

#include <re2/re2.h>
#include <boost/json.hpp>
#include <stdexcept>

#include "http/target.h"

namespace quittance::http {
namespace {

Answer echo(const Call& call) {
    std::string text = call.route;
    for (const auto& [name, value] : call.in_path) text += " " + name + "=" + value;
    return Answer::text(200, text);
}

Answer refusing(const Call&) {
    throw Refusal({{"/requester/email", "not_an_address", {{"given", "x"}}}, {"?limit", "too_big"}}
    );
}

Answer busy(const Call&) {
    Refusal refusal(No::too_many, "too_many_tries");
    refusal.retry_after_s = 17;
    throw refusal;
}

Answer broken(const Call&) { throw std::runtime_error("table requests has no column secret"); }

class Routing : public testing::Test {
protected:
    Answer ask(Method method, std::string_view target) {
        Call call;
        call.method = method;
        set_target(call, target);
        return router.answer(call);
    }
    boost::json::value problem(const Answer& answer) {
        EXPECT_EQ(answer.headers.find("content-type"), "application/problem+json");
        return boost::json::parse(answer.body);
    }

    std::vector<std::string> refused;
    bool body_was_looked_at = false;
    Router router{
        {{Method::get, "/", "public", echo},
         {Method::get, "/requests", "read", echo},
         {Method::post, "/requests", "public", refusing, 4096},
         {Method::get, "/requests/{id}", "public", echo},
         {Method::get, "/requests/counts", "public", echo},
         {Method::put, "/requests/{id}/assignee", "public", echo},
         {Method::get, "/assets/{rest...}", "public", echo},
         {Method::post, "/{slug}", "public", busy},
         {Method::post, "/guarded", "owner",
          [this](const Call&) {
              body_was_looked_at = true;
              return Answer::empty();
          }},
         {Method::get, "/broken", "public", broken},
         {Method::get, "/thrown", "public", [](const Call&) -> Answer { throw 17; }},
         {Method::get, "/full", "public",
          [](const Call&) -> Answer { throw Refusal(No::unavailable, "try_later"); }},
         {Method::get, "/split", "public",
          [](const Call& call) { return Answer::see_other(call.query.at("to")); }}},
        [](Call&, const Route& route) {
            if (route.access == "owner") throw Refusal(No::forbidden, "wrong_role");
            if (route.access == "read") throw Refusal(No::unauthenticated, "sign_in_needed");
        },
        [](std::string_view code, const Params& params) {
            if (code == "not_an_address") return "“" + params.at("given") + "” is no address.";
            return std::string(code == "wrong_role" ? "Your role may not do this." : "");
        },
        [this](const Call&, const Refusal& refusal) { refused.push_back(refusal.code); }};
};

TEST_F(Routing, an_unknown_path_is_404) {
    for (const auto* target :
         {"/nothing/here", "/requests/", "/requests//assignee", "/requests/1/x"}) {
        EXPECT_EQ(ask(Method::get, target).status, 404) << target;
    }
    EXPECT_EQ(refused.front(), "not_found");
}

TEST_F(Routing, a_known_path_with_another_method_is_405_with_allow) {
    const auto answer = ask(Method::delete_, "/requests");
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.headers.find("allow"), "GET, HEAD, POST");
    EXPECT_EQ(problem(answer).at("code"), "method_not_allowed");
    EXPECT_EQ(ask(Method::get, "/requests/1/assignee").headers.find("allow"), "PUT");
}

TEST_F(Routing, the_guard_speaks_before_the_handler_sees_anything) {
    const auto answer = ask(Method::post, "/guarded");
    EXPECT_EQ(answer.status, 403);
    EXPECT_FALSE(body_was_looked_at);
    const auto document = problem(answer);
    EXPECT_EQ(document.at("type"), "about:blank");
    EXPECT_EQ(document.at("title"), "Forbidden");
    EXPECT_EQ(document.at("status"), 403);
    EXPECT_EQ(document.at("code"), "wrong_role");
    EXPECT_EQ(document.at("detail"), "Your role may not do this.");
    EXPECT_EQ(refused, std::vector<std::string>{"wrong_role"});
}

TEST_F(Routing, a_401_says_how_to_sign_in) {
    const auto answer = ask(Method::get, "/requests");
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.headers.find("www-authenticate"), "Bearer");
}

TEST_F(Routing, wrong_fields_are_listed_with_their_place_and_words) {
    const auto answer = ask(Method::post, "/requests");
    EXPECT_EQ(answer.status, 422);
    const auto document = problem(answer);
    EXPECT_EQ(document.at("code"), "invalid_fields");
    const auto& errors = document.at("errors").as_array();
    ASSERT_EQ(errors.size(), 2U);
    EXPECT_EQ(errors[0].at("at"), "/requester/email");
    EXPECT_EQ(errors[0].at("code"), "not_an_address");
    EXPECT_EQ(errors[0].at("detail"), "“x” is no address.");
    EXPECT_EQ(errors[0].at("params").at("given"), "x");
    EXPECT_EQ(errors[1].at("at"), "?limit");
}

TEST_F(Routing, who_is_too_early_is_told_when_to_come_back) {
    EXPECT_EQ(ask(Method::post, "/privacy").status, 429);
    EXPECT_EQ(ask(Method::post, "/privacy").headers.find("retry-after"), "17");
    const auto full = ask(Method::get, "/full");
    EXPECT_EQ(full.status, 503);
    EXPECT_TRUE(full.headers.find("retry-after"));
}

TEST_F(Routing, a_fault_shows_a_reference_and_never_its_cause) {
    for (const auto* target : {"/broken", "/thrown"}) {
        const auto answer = ask(Method::get, target);
        EXPECT_EQ(answer.status, 500);
        EXPECT_EQ(answer.body.find("secret"), std::string::npos);
        const auto document = problem(answer);
        EXPECT_EQ(document.at("code"), "fault");
        const std::string reference(document.at("params").at("reference").as_string());
        EXPECT_TRUE(RE2::FullMatch(reference, "f-[0-9A-F]{4}-[0-9A-F]{4}"));
    }
    EXPECT_TRUE(refused.empty());
}

TEST_F(Routing, a_handler_that_would_split_the_answer_is_a_fault) {
    const auto answer = ask(Method::get, "/split?to=/a%0d%0aset-cookie:x=1");
    EXPECT_EQ(answer.status, 500);
    EXPECT_FALSE(answer.headers.find("location"));
}

TEST_F(Routing, literal_parts_go_before_parameters) {
    EXPECT_EQ(ask(Method::get, "/requests/counts").body, "GET /requests/counts");
    EXPECT_EQ(ask(Method::get, "/requests/17").body, "GET /requests/{id} id=17");
    EXPECT_EQ(ask(Method::put, "/requests/1/assignee").body, "PUT /requests/{id}/assignee id=1");
    EXPECT_EQ(ask(Method::get, "/").body, "GET /");
}

TEST_F(Routing, the_rest_takes_the_rest) {
    EXPECT_EQ(ask(Method::get, "/assets/a/b.css").body, "GET /assets/{rest...} rest=a/b.css");
    EXPECT_EQ(ask(Method::get, "/assets/").body, "GET /assets/{rest...} rest=");
}

TEST_F(Routing, head_is_get_without_a_body) {
    const auto answer = ask(Method::head, "/requests/17");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "");
    EXPECT_EQ(answer.headers.find("content-length"), "24");
}

TEST_F(Routing, the_route_says_how_much_body_it_takes) {
    EXPECT_EQ(router.body_bytes_max(Method::post, "/requests"), 4096U);
    EXPECT_EQ(router.body_bytes_max(Method::get, "/requests/1"), 1'048'576U);
    EXPECT_EQ(router.body_bytes_max(Method::get, "/nothing/here"), std::nullopt);
}

TEST(Routes, that_are_wrong_stop_the_start) {
    const auto start = [](std::vector<std::string> patterns) {
        std::vector<Route> routes;
        for (auto& pattern : patterns) routes.push_back({Method::get, pattern, "public", echo});
        Router(std::move(routes), {}, {}, {});
    };
    EXPECT_THROW(start({"no/slash"}), std::logic_error);
    EXPECT_THROW(start({"/{}"}), std::logic_error);
    EXPECT_THROW(start({"/a{b}"}), std::logic_error);
    EXPECT_THROW(start({"/{rest...}/a"}), std::logic_error);
    EXPECT_THROW(start({"/{a}/{a}"}), std::logic_error);
    EXPECT_THROW(start({"/{a}", "/{b}"}), std::logic_error);
}

}  // namespace
}  // namespace quittance::http
