// The house with all its parts handed to each other: everything but the door. Made by serve, by the
// demo, by commands and by the tests.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/api.h"
#include "api/events.h"
#include "http/router.h"
#include "keys/keys.h"
#include "mail/post.h"
#include "people/reception.h"
#include "requests/office.h"
#include "rounds/rounds.h"
#include "site/site.h"
#include "store/store.h"

namespace quittance {

struct HouseOptions {
    std::string public_url;  // may be set later by set_public_url(), before the first call
    mail::PostOptions post;
    std::vector<http::Route> more_routes;  // the demo's
};

class House {
public:
    // `store` is migrated and outlives the house; `keys` is bound to it.
    House(store::Store& store, std::shared_ptr<keys::KeyRing> keys, HouseOptions options);
    ~House();
    House(const House&) = delete;
    House& operator=(const House&) = delete;

    // What links and mails are built from. Only before the first call.
    void set_public_url(const std::string& public_url);

    store::Store& store() { return store_; }
    keys::KeyRing& keys() { return *keys_; }
    requests::Office& office() { return office_; }
    people::Reception& reception() { return reception_; }
    rounds::Rounds& rounds() { return *rounds_; }
    mail::Post& post() { return post_; }
    api::Events& events() { return events_; }
    api::House& parts() { return parts_; }
    const http::Router& router() const { return *router_; }
    // What upper rooms put into a new account.
    people::Furnish furnish() const { return parts_.furnish; }

private:
    void add_rounds();
    void add_forgetting(const std::string& name, std::function<bool(store::Tx&)> forget);
    void build_router(std::vector<http::Route> more_routes);

    store::Store& store_;
    std::shared_ptr<keys::KeyRing> keys_;
    api::Events events_;
    std::unique_ptr<rounds::Rounds> rounds_;
    people::BackRoom back_room_;
    requests::Office office_;
    people::Reception reception_;
    mail::Post post_;
    api::House parts_;
    site::Site site_;
    std::unique_ptr<http::Router> router_;
};

// Opens and migrates the database and loads the key file, which is made when the database is new.
// Throws std::runtime_error with one sentence for the operator.
struct Opened {
    std::unique_ptr<store::Store> store;
    std::shared_ptr<keys::KeyRing> keys;
};
Opened open_house(const std::string& database, const std::string& key_file, int connections_max);

}  // namespace quittance
