// One company with two agents and an open office, on both databases: what the tests of this room
// stand on. Everything goes through the room's own functions; only the account and its agents are
// put straight into their tables.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "keys/keys.h"
#include "mail/letter.h"
#include "requests/intake.h"
#include "requests/office.h"
#include "requests/view.h"
#include "test/databases.h"

namespace quittance::requests {

class OfficeTest : public test::Databases {
protected:
    void SetUp() override;

    Office& office() { return *office_; }
    keys::KeyRing& keys() { return *keys_; }

    // What Jane Roe asks for, at the public form, from France, today.
    Intake intake(std::string type = "erase", Channel channel = Channel::web);
    Prepared prepare(const Intake& intake);
    // Received; with its prepared parts, whose code and link a test may use.
    Prepared receive(const Intake& intake);
    RequestId receive(std::string type = "erase") { return receive(intake(type)).row.id; }
    // The same, proven and brought as far as `stage` (closed: with the decision granted).
    RequestId request_in(Stage stage, const std::string& type = "erase");

    void verify(RequestId id);
    void approve(RequestId id);
    void attest(RequestId id);
    void complete(RequestId id);
    void reply(RequestId id);
    void close(RequestId id, Decision decision);

    void write(const std::function<void(store::Tx&)>& f) { store().write(f); }
    Row row(RequestId id);
    View view(RequestId id);
    Day today() { return day_at(store().clock(), "UTC"); }
    std::vector<std::string> events(RequestId id);
    // The letters of a request as they were written, oldest first.
    std::vector<mail::Letter> letters(RequestId id);
    std::int64_t number(std::string_view sql, store::Values values = {});
    // Everything that could have changed by a refused step, in one text.
    std::string everything_about(RequestId id);

    // The code of the Refusal that `f` throws inside a write; "" when it throws none. Of a 422 the
    // first field follows: "invalid_fields /ground unknown_ground".
    std::string refusal(const std::function<void(store::Tx&)>& f);

    AccountId account;
    Act ada;       // an agent at the screen
    Act bob;       // another one
    Act jane;      // the requester at the site
    AgentId gone;  // an agent who has left

private:
    void open_account();
    AgentId add_agent(store::Tx& tx, bool archived);

    std::shared_ptr<keys::KeyRing> keys_;
    std::unique_ptr<Office> office_;
};

}  // namespace quittance::requests
