#include "house.h"

#include <utility>

#include "api/guard.h"
#include "api/origin.h"
#include "api/words.h"
#include "base/log.h"
#include "people/accounts.h"
#include "people/idempotency.h"
#include "people/invitations.h"
#include "people/password_change.h"
#include "people/session.h"
#include "people/tries.h"
#include "requests/address.h"
#include "requests/counts.h"
#include "requests/letters.h"
#include "requests/templates.h"
#include "store/migrate.h"
#include "ui.h"

namespace quittance {
namespace {

using namespace std::chrono_literals;

constexpr auto find_installation = "SELECT 1 FROM installation";

// A letter's owner is a request; letters without one (invitations) are nobody's news.
mail::Settled tell_requests(requests::Office& office) {
    return [&office](
               store::Tx& tx, const Act& act, std::optional<Uuid> owner, LetterId letter,
               std::string_view purpose, bool sent, std::string_view words
           ) {
        if (!owner) return;
        requests::letter_settled(tx, act, office, RequestId{*owner}, letter, purpose, sent, words);
    };
}

}  // namespace

House::House(store::Store& store, std::shared_ptr<keys::KeyRing> keys, HouseOptions options)
    : store_(store),
      keys_(std::move(keys)),
      rounds_(rounds::Rounds::make()),
      back_room_([this] { rounds_->nudge("back room"); }),
      office_{
          .store = store_,
          .keys = *keys_,
          .public_url = options.public_url,
          .changed =
              [this](AccountId account, RequestId request) { events_.changed(account, request); },
          .letter_waits = [this] { rounds_->nudge("letters"); }},
      reception_{
          .store = store_,
          .keys = *keys_,
          .back_room = back_room_,
          .public_url = options.public_url,
          .letter_waits = [this] { rounds_->nudge("letters"); }},
      post_(store_, *keys_, tell_requests(office_), std::move(options.post)),
      parts_{
          .office = office_,
          .reception = reception_,
          .post = post_,
          .rounds = *rounds_,
          .events = events_,
          .furnish = requests::copy_default_templates},
      site_{.office = office_, .from_our_pages = [this](const http::Call& call) {
                return api::OwnOrigins(office_.public_url).welcome(call);
            }} {
    add_rounds();
    build_router(std::move(options.more_routes));
}

House::~House() { rounds_->stop(); }

void House::set_public_url(const std::string& public_url) {
    office_.public_url = public_url;
    reception_.public_url = public_url;
}

void House::add_forgetting(const std::string& name, std::function<bool(store::Tx&)> forget) {
    rounds_->add({name, 10min, [this, forget = std::move(forget)] {
                      return store_.write([&](store::Tx& tx) { return forget(tx); });
                  }});
}

void House::add_rounds() {
    rounds_->add({"letters", 5s, [this] { return post_.round(); }});
    rounds_->add({"back room", 5s, [this] { return back_room_.work_one(); }});
    rounds_->add({"counts", 2s, [this] {
                      return store_.write([](store::Tx& tx) { return requests::fold_counts(tx); });
                  }});
    rounds_->add({"events", 20s, [this] {
                      events_.beat();
                      return false;
                  }});
    add_forgetting("old proofs", requests::forget_old_proofs);
    add_forgetting("ended sessions", people::forget_ended_sessions);
    add_forgetting("old tries", people::forget_old_tries);
    add_forgetting("old password resets", people::forget_old_resets);
    add_forgetting("old invitations", people::forget_old_invitations);
    add_forgetting("old idempotency keys", people::forget_old_idempotency_keys);
}

void House::build_router(std::vector<http::Route> more_routes) {
    auto routes = api::routes(parts_);
    for (auto& route : site::routes(site_)) routes.push_back(std::move(route));
    for (auto& route : ui_routes()) routes.push_back(std::move(route));
    for (auto& route : more_routes) routes.push_back(std::move(route));
    router_ = std::make_unique<http::Router>(
        std::move(routes), api::guard(parts_), api::words, api::refused(parts_)
    );
}

Opened open_house(const std::string& database, const std::string& key_file, int connections_max) {
    Opened opened;
    opened.store = store::open({.url = database, .connections_max = connections_max});
    const auto ran = store::migrate(*opened.store);
    if (ran > 0) log::info("migrated", {{"migrations", static_cast<std::int64_t>(ran)}});
    const bool is_new = !opened.store->read([](store::Reader& reader) {
        return reader.any(find_installation, {});
    });
    opened.keys = keys::KeyRing::load(key_file, is_new);
    opened.keys->bind(*opened.store);
    return opened;
}

}  // namespace quittance
