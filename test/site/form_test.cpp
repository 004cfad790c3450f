#include <set>

#include "test/site/browser.h"

namespace quittance::site {
namespace {

using test::Reply;

class TheForm : public PublicPages {};
INSTANTIATE_TEST_SUITE_P(databases, TheForm, test::both(), test::name_of);

TEST_P(TheForm, says_what_is_missing_beside_the_field_and_on_top) {
    const auto before = house->rows();
    const auto reply = browser->post("/privacy", {});
    EXPECT_EQ(reply.status, 422);
    for (const std::string field : {"type", "email", "country"}) {
        EXPECT_TRUE(has(reply.body, "<a href=\"#" + field + "\">")) << field;
        EXPECT_TRUE(has(reply.body, "id=\"" + field + "\"")) << field;
        EXPECT_TRUE(has(reply.body, "id=\"" + field + "-e\"")) << field;
    }
    EXPECT_FALSE(has(reply.body, "<a href=\"#name\">")) << "a name is not asked for";
    EXPECT_TRUE(has(reply.body, "<title>Error: "));
    EXPECT_TRUE(has(reply.body, "role=\"alert\""));
    EXPECT_EQ(house->rows(), before);
}

TEST_P(TheForm, loses_nothing_that_was_typed_and_runs_none_of_it) {
    auto form = filled();
    const std::string evil = "\"><script>alert('1')</script>{{company}}&amp; שלום\r\nsecond line";
    set(form, "message", evil);
    set(form, "name", "Ada \"A\" <Löwe>");
    set(form, "email", "not an address");
    const auto reply = browser->post("/privacy", form);
    EXPECT_EQ(reply.status, 422);
    EXPECT_FALSE(has(reply.body, "<script"));
    EXPECT_TRUE(has(reply.body, "&lt;script&gt;"));
    EXPECT_TRUE(has(reply.body, "{{company}}&amp;amp; שלום\r\nsecond line</textarea>"));
    EXPECT_TRUE(has(reply.body, "value=\"Ada &quot;A&quot; &lt;Löwe&gt;\""));
    EXPECT_TRUE(has(reply.body, "value=\"not an address\""));
    EXPECT_TRUE(has(reply.body, "<option value=\"DE\" selected>"));
    EXPECT_TRUE(has(reply.body, "value=\"erase\" id=\"type\" checked"));
}

TEST_P(TheForm, refuses_wrong_values_by_field) {
    const std::map<std::string, std::vector<std::string>> wrong{
        {"type", {"", "access", "ERASE"}},
        {"email", {"", "a@b", "a b@example.com", "a@example.com\r\nBcc: b@example.com"}},
        {"country", {"", "XX", "de"}},
        {"name", {std::string(201, 'x'), "two\nlines"}},
        {"message", {std::string(100'001, 'x'), "a\x01 b"}}};
    for (const auto& [field, values] : wrong) {
        for (const auto& value : values) {
            auto form = filled();
            set(form, field, value);
            const auto reply = browser->post("/privacy", form);
            EXPECT_EQ(reply.status, 422) << field << " " << value.substr(0, 30);
            EXPECT_TRUE(has(reply.body, "<a href=\"#" + field + "\">")) << field;
        }
    }
}

TEST_P(TheForm, asks_for_the_region_where_it_matters_and_keeps_everything) {
    auto form = filled();
    set(form, "country", "US");
    const auto before = house->rows();
    auto reply = browser->post("/privacy", form);
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(house->rows(), before);
    EXPECT_TRUE(has(reply.body, "<option value=\"US-CA\">California"));
    EXPECT_FALSE(has(reply.body, "CA-ON"));
    for (const auto* field : {"type", "email", "name", "country", "message"}) {
        EXPECT_TRUE(has(reply.body, "<input type=\"hidden\" name=\"" + std::string(field) + "\""));
    }
    set(form, "step", "region");
    reply = browser->post("/privacy", form);
    EXPECT_EQ(reply.status, 422);
    EXPECT_TRUE(has(reply.body, "<a href=\"#region\">"));
    set(form, "region", "CA-ON");
    EXPECT_EQ(browser->post("/privacy", form).status, 422);

    auto back = form;
    set(back, "back", "1");
    reply = browser->post("/privacy", back);
    EXPECT_EQ(reply.status, 200);
    EXPECT_TRUE(has(reply.body, "value=\"Mara Lindqvist\""));

    set(form, "region", "US-CA");
    EXPECT_EQ(browser->post("/privacy", form).status, 303);
    set(form, "region", "none");
    EXPECT_EQ(browser->post("/privacy", form).status, 303);
    const auto list = house->get(owner, "/api/v1/requests?proof=awaited").json();
    std::set<std::string> regions;
    for (const auto& request : list.at("requests").as_array()) {
        const auto* region = request.as_object().if_contains("region");
        regions.insert(region && region->is_string() ? region->as_string().c_str() : "none");
    }
    EXPECT_EQ(regions, (std::set<std::string>{"US-CA", "none"})) << boost::json::serialize(list);
}

TEST_P(TheForm, asks_who_filled_a_field_that_nobody_sees_to_send_it_again) {
    auto form = filled();
    set(form, "website", "https://example.com");
    const auto before = house->rows();
    const auto reply = browser->post("/privacy", form);
    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(house->rows(), before);
    EXPECT_TRUE(has(reply.body, "value=\"Mara Lindqvist\""));
    EXPECT_FALSE(has(reply.body, "https://example.com"));
}

// The page, with what is random in it taken out.
std::string without_secrets(std::string text, std::initializer_list<std::string> secrets) {
    for (const auto& secret : secrets) {
        for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret)) {
            text.replace(at, secret.size(), "…");
        }
    }
    return text;
}

TEST_P(TheForm, says_the_same_for_a_known_an_unknown_and_a_capped_address) {
    house->request_in(agent, "closed");  // of mara.lindqvist@example.com
    std::set<std::string> pages;
    std::set<std::size_t> sizes;
    auto form = filled();
    for (int i = 0; i < 6; ++i) {  // the fourth letter of the hour waits
        const auto path = ask(form);
        house->deliver();
        const auto page = browser->get(path);
        sizes.insert(page.body.size());
        pages.insert(without_secrets(
            page.body, {between(path, "/r/", "/"), between(page.body, "class=\"ref\">", "<")}
        ));
    }
    set(form, "email", "nobody.ever@example.net");
    const auto path = ask(form);
    const auto page = browser->get(path);
    sizes.insert(page.body.size());
    pages.insert(without_secrets(
        page.body, {between(path, "/r/", "/"), between(page.body, "class=\"ref\">", "<")}
    ));
    EXPECT_EQ(pages.size(), 1u);
    EXPECT_EQ(sizes.size(), 1u);
}

TEST_P(TheForm, has_a_limit_by_network_that_says_when_to_go_on) {
    auto form = filled();
    Reply reply;
    for (int i = 0; i < forms_by_network.tries; ++i) {
        set(form, "email", "person" + std::to_string(i) + "@example.com");
        reply = browser->post("/privacy", form);
        ASSERT_EQ(reply.status, 303) << i;
    }
    reply = browser->post("/privacy", form);
    EXPECT_EQ(reply.status, 429);
    const auto seconds = std::stoi(std::string(reply.headers.find("retry-after").value_or("0")));
    EXPECT_GT(seconds, 3000);
    EXPECT_TRUE(has(reply.body, "in 60 minutes") || has(reply.body, "in 59 minutes"));
    EXPECT_TRUE(has(reply.body, "value=\"Mara Lindqvist\""));
    Browser other(*house, "203.0.113.8");
    EXPECT_EQ(other.post("/privacy", form).status, 303);
    house->forward(std::chrono::minutes(61));
    EXPECT_EQ(browser->post("/privacy", form).status, 303);
}

TEST_P(TheForm, has_a_limit_by_address_whoever_sends_it) {
    for (int i = 0; i < forms_by_address.tries; ++i) {
        Browser one(*house, "203.0.113." + std::to_string(i + 20));
        ASSERT_EQ(one.post("/privacy", filled()).status, 303) << i;
    }
    auto form = filled();
    set(form, "email", "MARA.lindqvist@EXAMPLE.com");
    EXPECT_EQ(browser->post("/privacy", form).status, 429);
    set(form, "email", "somebody@example.com");
    EXPECT_EQ(browser->post("/privacy", form).status, 303);
}

TEST_P(TheForm, that_is_unknown_is_a_page_and_not_a_document_for_programs) {
    for (const auto* path : {"/nowhere", "/r/abc", "/confirm/abc", "/r/abc/received"}) {
        const auto reply = browser->get(path);
        EXPECT_EQ(reply.status, 404) << path;
        EXPECT_TRUE(has(reply.headers.find("content-type").value_or(""), "text/html")) << path;
        EXPECT_TRUE(has(reply.body, "This page does not exist")) << path;
    }
}

TEST_P(TheForm, is_small_without_script_and_closed_to_everything_foreign) {
    const auto page = browser->get("/privacy");
    EXPECT_EQ(page.status, 200);
    EXPECT_LT(page.body.size(), 15u * 1024);
    for (const auto* bad : {"<script", "style=", "<style", "onclick", "http://", "https://"}) {
        EXPECT_FALSE(has(page.body, bad)) << bad;
    }
    EXPECT_EQ(
        page.headers.find("content-security-policy"),
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'self'"
    );
    EXPECT_EQ(page.headers.find("cache-control"), "no-store");
    EXPECT_FALSE(page.headers.find("set-cookie"));
    EXPECT_TRUE(has(page.body, test::company));
    EXPECT_EQ(page.body.find("[["), std::string::npos);
    EXPECT_EQ(page.body.find("{{"), std::string::npos);
    const auto sheet = browser->get("/assets/pages/pages.css");
    EXPECT_EQ(sheet.status, 200);
    EXPECT_LT(sheet.body.size(), 10u * 1024);
}

}  // namespace
}  // namespace quittance::site
