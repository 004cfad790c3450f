// Process without connected sources: an agent puts their name under "all data was deleted", and the
// request goes on to Reply.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/act.h"
#include "base/clock.h"
#include "requests/office.h"
#include "requests/row.h"
#include "store/store.h"

namespace quittance::requests {

// Something that was not deleted, and why it may stay.
struct Exception {
    std::string system;
    std::string ground;
    std::optional<std::string> until;  // in words: "2033", "the end of the contract"
};
BOOST_DESCRIBE_STRUCT(Exception, (), (system, ground, until))

struct Attested {
    std::string statement;
    std::optional<std::vector<std::string>> systems;
    std::optional<std::vector<Exception>> exceptions;
};
BOOST_DESCRIBE_STRUCT(Attested, (), (statement, systems, exceptions))

struct Attestation {
    Attested attested;
    std::optional<AgentId> agent;
    Instant at;
};

// The sentence that must be attested for a type: "all data was deleted" for erase.
std::string_view statement_for(std::string_view type);

// Sets the attestation, or sets it anew. 409 `not_in_stage` outside Process; 422 at /statement
// `not_the_statement` (compared trimmed and without case), at /exceptions/N/ground
// `unknown_ground`, `ground_not_for_keeping`, `ground_not_for_type`. At most 100 systems and 100
// exceptions; names as long as any name.
void attest(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, const Attested& attested,
    std::optional<std::int64_t> if_match
);
std::optional<Attestation> attestation_of(
    store::Reader& reader, const Row& row, const keys::DataKey& key
);

// Process → Reply. 409 `not_in_stage`, `unfinished` without an attestation; 412 `stale`.
void complete(
    store::Tx& tx, const Act& act, const Office& office, RequestId id,
    std::optional<std::int64_t> if_match
);

}  // namespace quittance::requests
