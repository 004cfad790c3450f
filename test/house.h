// A whole Quittance in memory: the real store, keys, people, requests, post and routes; only mail
// servers and browsers are missing. Everything goes through the front door:
//
//   class Steps : public test::InTheHouse {};
//   INSTANTIATE_TEST_SUITE_P(databases, Steps, test::both(), test::name_of);
//   TEST_P(Steps, a_closed_request_takes_no_further_step) {
//       const auto request = house->request_in("closed");
//       const auto answer = house->call(house->agent, Method::post, request + "/approval");
//       EXPECT_EQ(answer.code(), "not_in_stage");
//   }
//
// Every call and answer that passes is held against contract/openapi.yaml.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "mail/caught.h"
#include "people/agents.h"
#include "people/password.h"
#include "src/house.h"
#include "test/cast.h"
#include "test/databases.h"

namespace quittance::test {

using http::Method;

// Who calls: a browser with a session, or a program with a key. Nobody by default.
struct Visitor {
    AccountId account{};
    AgentId agent{};
    std::string session{};
    std::string key{};
    // As the browser would send it; emptied or changed by tests of the guard.
    std::string origin = "http://127.0.0.1:8080";
};

// What came back, with what tests ask it for.
struct Reply : http::Answer {
    boost::json::value json() const;
    std::string text(std::string_view member) const;  // of the JSON object
    std::string code() const { return text("code"); }
    // The places that a problem names: "/requester/email".
    std::vector<std::string> places() const;
    std::string etag() const;
};

using Fields = std::map<std::string, std::string>;

class House {
public:
    explicit House(store::Store& store, std::string public_url = "http://127.0.0.1:8080");
    ~House();

    // Through the router, as a browser or program would. A body makes it application/json. `path`
    // may have a query. Fails the test when the call or the answer is not what the contract says.
    Reply call(
        const Visitor& visitor, Method method, std::string_view path, std::string_view body = {},
        const Fields& headers = {}
    );
    Reply get(const Visitor& visitor, std::string_view path) {
        return call(visitor, Method::get, path);
    }
    Reply post(const Visitor& visitor, std::string_view path, std::string_view body = {}) {
        return call(visitor, Method::post, path, body);
    }
    Reply put(const Visitor& visitor, std::string_view path, std::string_view body) {
        return call(visitor, Method::put, path, body);
    }
    // The same without being held against the contract: pages, and calls that are no calls.
    Reply raw(http::Call call);

    // An account with its owner signed in, and one more agent of it, signed in.
    Visitor open_account(std::string_view company, const Player& owner);
    Visitor add_agent(const Visitor& owner, const Player& player);
    Visitor add_key(const Visitor& owner, const std::vector<std::string>& scopes);

    // A new request of an erase type by telephone; its path, "/api/v1/requests/…".
    std::string intake(const Visitor& visitor, const Player& requester, std::string_view type);
    // The same, led to a stage ("review" means: verified) with the real steps.
    std::string request_in(const Visitor& visitor, std::string_view stage);

    void forward(std::chrono::milliseconds by);
    // Lets the post go round until nothing is due. Letters land in caught.
    void deliver();
    // All rows of all tables that a refused call must not touch, counted.
    std::string rows();

    store::Store& store;
    mail::CaughtMail caught;
    // The very one that `quittance serve` opens the door of; its rounds have not been started.
    quittance::House inside;

private:
    std::chrono::milliseconds offset_{0};
};

// A house on each database, with the company and its people in it.
class InTheHouse : public Databases {
protected:
    void SetUp() override;
    void TearDown() override;

    std::unique_ptr<House> house;
    Visitor owner, agent, technician, auditor, stranger;  // stranger: another account's owner
    const Visitor nobody{};
};

}  // namespace quittance::test
