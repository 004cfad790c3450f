// The agents' and programs' door: JSON resources under /api/v1, as contract/openapi.yaml describes
// them. No SQL and no rules here: a handler maps the call to a struct, makes one call of the domain
// and maps what came of it to an answer.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "api/events.h"
#include "http/call.h"
#include "mail/post.h"
#include "people/accounts.h"
#include "people/reception.h"
#include "requests/office.h"
#include "rounds/rounds.h"

namespace quittance::api {

// The parts that main hands over; all of them outlive the routes.
struct House {
    requests::Office& office;
    people::Reception& reception;
    mail::Post& post;
    rounds::Rounds& rounds;
    Events& events;
    people::Furnish furnish;  // what a new account is furnished with

    store::Store& store() const { return office.store; }
    keys::KeyRing& keys() const { return office.keys; }
    // Whether the public URL is https: decides the cookie's name and attributes.
    bool secure() const { return office.public_url.starts_with("https://"); }
};

// Every route of the contract.
std::vector<http::Route> routes(House& house);

}  // namespace quittance::api
