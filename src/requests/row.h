// One row of `requests`, and the two ways to get it: look() reads it, in_hand() locks it for a
// change. Every change of a request begins with in_hand(), so changes to one request happen one
// after the other and its ledger entries rise in that order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/act.h"
#include "base/clock.h"
#include "base/id.h"
#include "keys/keys.h"
#include "requests/values.h"
#include "store/store.h"

namespace quittance::requests {

struct Row {
    AccountId account;
    RequestId id;
    std::string reference;
    std::string type;
    Channel channel;
    std::string country;
    std::optional<std::string> region;
    std::string language;
    std::optional<Uuid> centre;
    Day received_on;
    Instant received_at;
    Day due_on;
    std::optional<std::string> due_law;
    std::string due_rule;
    Stage stage;
    Proof proof;
    bool parked;
    std::optional<Decision> decision;
    std::optional<std::string> ground;
    std::optional<AgentId> assignee;
    KeyId key;
    std::string sealed;
    std::int64_t version;
    Instant updated_at;
    std::optional<Instant> closed_at;
};

// What the requester said, sealed as one record under the request's data key.
struct Detail {
    std::string key;
    std::string label;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(Detail, (), (key, label, value))

struct Person {
    std::optional<std::string> name;
    std::optional<std::string> email;  // as written
    std::vector<Detail> details;
};
BOOST_DESCRIBE_STRUCT(Person, (), (name, email, details))

// 404 `not_found` when the account has no such request.
Row look(store::Reader& reader, AccountId account, RequestId id);

// Locks the row until the Tx ends and raises its version. With `if_match`, refuses with 412 `stale`
// unless that was the version. 404 as look().
Row in_hand(store::Tx& tx, const Act& act, RequestId id, std::optional<std::int64_t> if_match = {});

// Locks the row like in_hand(), but leaves it as it is, version included: for what is written about
// a request without changing it (a counted try, what became of a letter).
Row hold(store::Tx& tx, const Act& act, RequestId id);

// The request's data key. 404 once it has been destroyed: the request is erased.
keys::DataKey key_of(store::Reader& reader, keys::KeyRing& keys, const Row& row);
Person person_of(const keys::DataKey& key, const Row& row);
std::string seal_person(
    const keys::DataKey& key, AccountId account, RequestId id, const Person& person
);

// 409 `not_in_stage` unless the request stands in `stage`.
void require_stage(const Row& row, Stage stage);

// The columns of a Row in the order in which row_from() reads them, for SQL constants. No
// alias: SQLite knows only the name of the table in a RETURNING.
#define QUITTANCE_REQUEST_COLUMNS                                                 \
    "requests.id, requests.reference, requests.type, requests.channel, "          \
    "requests.country, requests.region, requests.language, requests.centre_id, "  \
    "requests.received_on, requests.received_at, requests.due_on, "               \
    "requests.due_law, requests.due_rule, requests.stage, requests.proof, "       \
    "requests.parked, requests.decision, requests.ground, requests.assignee_id, " \
    "requests.key_id, requests.sealed, requests.version, requests.updated_at, "   \
    "requests.closed_at"
inline constexpr int request_columns = 24;
Row row_from(AccountId account, const store::Row& row);

}  // namespace quittance::requests
