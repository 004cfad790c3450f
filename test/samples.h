// Bodies and paths made from the contract, for tests that go through all of it.
#pragma once

#include <boost/json.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "test/contract.h"

namespace quittance::test {

// A body that the schema allows, with every member it may have. A nullable member has a value.
boost::json::value sample(const Contract& contract, const boost::json::value& schema);

// What {id} stands for in each resource; an id that nothing has where it is empty.
struct Ids {
    std::string request, template_, agent, invitation, api_key, session;
};
std::string with_ids(std::string path, const Ids& ids);

// A body with one thing wrong.
struct Flawed {
    std::string what;   // "is missing"
    std::string place;  // "/requester/email"
    std::string body;
};
// Every way to spoil `good` against the schema: a member missing, of a wrong type, unknown, too
// long, too short, out of range, not one of those that it may be.
std::vector<Flawed> spoil(
    const Contract& contract, const boost::json::value& schema, const boost::json::value& good
);

}  // namespace quittance::test
