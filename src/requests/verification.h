// Whether the requester is who they say: the proof by mail and the word of an agent, and the other
// identifiers under which they may be known.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/act.h"
#include "requests/office.h"
#include "requests/row.h"
#include "requests/values.h"
#include "store/store.h"

namespace quittance::requests {

struct Verification {
    Uuid id;
    Method method;
    std::optional<AgentId> agent;
    std::optional<std::string> reason;  // an agent's; none for a proof by mail
    Instant at;
};

// An agent states that they know the requester, and how. `reason`: 1 to 2,000 characters. Methods
// that only the product can use are refused (422 `method_not_yours`), closed requests with 409
// `not_in_stage`. The acknowledgement goes out now if it has waited for the proof.
Uuid state_verified(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, Method method,
    std::string_view reason
);

// The same by a proof that the product saw itself, for a row that is held. Does nothing when no
// proof is open: it is given already or was never needed, or the request is closed.
void prove(store::Tx& tx, const Act& act, const Office& office, const Row& held, Method method);

// The newest verification, if there is one.
std::optional<Verification> verification_of(
    store::Reader& reader, const Row& row, const keys::DataKey& key
);

struct Identifier {
    Uuid id;
    std::string kind;  // email, phone, customer_number, account_name, other
    std::string value;
    IdentifierProof proof;
    std::optional<AgentId> agent;
    std::optional<std::string> reason;
    Instant at;
};

// An agent adds what else the requester is known by, says how they know (`method` known_to_agent,
// document or representative) and why. At most 20 per request (409 `too_many_identifiers`).
Uuid attest_identifier(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, std::string_view kind,
    std::string_view value, Method method, std::string_view reason
);
// Those that agents added, oldest first. The answer address is the request's own.
std::vector<Identifier> identifiers(
    store::Reader& reader, const Row& row, const keys::DataKey& key
);

}  // namespace quittance::requests
