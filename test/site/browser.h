// A stranger's browser with scripts off, in front of the house's public pages.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "http/target.h"
#include "test/house.h"

namespace quittance::site {

using Form = std::vector<std::pair<std::string, std::string>>;

class Browser {
public:
    explicit Browser(test::House& house, std::string remote = "203.0.113.7")
        : house_(house), remote_(std::move(remote)) {}

    test::Reply get(std::string_view path, const test::Fields& headers = {});
    // As a browser sends it: with the Origin of the page. `headers` may say otherwise.
    test::Reply post(std::string_view path, const Form& form, const test::Fields& headers = {});
    // Follows one 303.
    test::Reply follow(const test::Reply& reply);

    std::string cookie;  // "requester=…"

private:
    test::Reply send(http::Call call, const test::Fields& headers);

    test::House& house_;
    std::string remote_;
};

std::string location(const test::Reply& reply);
// What stands between `before` and the first of `end` after it; "" when it is not there.
std::string between(std::string_view text, std::string_view before, std::string_view end);
bool has(std::string_view text, std::string_view part);

class PublicPages : public test::InTheHouse {
protected:
    void SetUp() override {
        InTheHouse::SetUp();
        if (house) browser = std::make_unique<Browser>(*house);
    }

    Form filled(std::string type = "erase") const {
        return {
            {"type", std::move(type)},
            {"email", "mara.lindqvist@example.com"},
            {"name", "Mara Lindqvist"},
            {"country", "DE"},
            {"message", "Customer 40-118-277"},
            {"region", ""},
            {"website", ""}};
    }
    static void set(Form& form, std::string_view name, std::string value) {
        for (auto& [key, held] : form) {
            if (key == name) {
                held = std::move(value);
                return;
            }
        }
        form.emplace_back(name, std::move(value));
    }
    // Sends the form; the path of the page that it leads to.
    std::string ask(const Form& form) {
        const auto reply = browser->post("/privacy", form);
        EXPECT_EQ(reply.status, 303) << reply.body;
        return location(reply);
    }
    // The newest letter to the requester.
    std::string letter() {
        house->deliver();
        const auto letters = house->caught.newest();
        EXPECT_FALSE(letters.empty());
        return letters.empty() ? "" : letters[0].letter.text;
    }
    static std::string link_in(const std::string& letter, std::string_view path) {
        const auto token = between(letter, "http://127.0.0.1:8080" + std::string(path), "\n ).");
        EXPECT_EQ(token.size(), 43u) << letter;
        return std::string(path) + token;
    }
    // The eight digits.
    static std::string code_in(const std::string& letter);
    // Asks, confirms by the button, and has the own page's path and cookie.
    std::string ask_and_confirm() {
        ask(filled());
        const auto reply = browser->post(link_in(letter(), "/confirm/"), {{"press", "1"}});
        EXPECT_EQ(reply.status, 303) << reply.body;
        return location(reply);
    }

    std::unique_ptr<Browser> browser;
};

}  // namespace quittance::site
