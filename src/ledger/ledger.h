// The ledger: one entry for everything that happens to a request, and for what agents do to the
// account. Written in the same Tx as the change it tells of: no entry, no change (G6).
//
// Knows nothing of stages, letters or roles. An entry = clear fields + a commitment to the detail
// + the detail and its salt, sealed. The format is fixed in docs/ledger.md.
#pragma once

#include <boost/json.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/act.h"
#include "base/clock.h"
#include "base/id.h"
#include "keys/keys.h"
#include "store/store.h"

namespace quittance::ledger {

// RFC 8785 canonical JSON: members sorted by UTF-16, no white space. Integers only: throws
// std::logic_error for a double.
std::string canonical(const boost::json::value& value);

// Everything of an entry that can be made before the Tx: the detail's bytes, salt, commitment and
// seal. Cheap enough to make inside, too.
struct Draft {
    Uuid id;
    std::string event;
    std::optional<RequestId> request;
    std::string commitment;  // SHA-256(salt ‖ detail)
    std::string sealed;
};
Draft draft(
    const keys::DataKey& key, AccountId account, std::string_view event,
    std::optional<RequestId> request, const boost::json::object& detail
);

// Appends the entry. `key` is the request's data key, or the account's for what concerns no
// request.
void record(store::Tx& tx, const Act& act, const Draft& draft);
void record(
    store::Tx& tx, const Act& act, const keys::DataKey& key, std::string_view event,
    std::optional<RequestId> request, const boost::json::object& detail
);

struct Entry {
    std::int64_t sequence;
    Uuid id;
    std::string event;
    Instant at;
    std::optional<AgentId> agent;
    std::optional<Uuid> key;  // API key
    std::string door;
    std::string commitment;
    // nullopt once the data key is destroyed: the clear fields and the commitment remain.
    std::optional<boost::json::object> detail;
};

// The entries of one request after `after`, oldest first, at most `limit`. A detail that does not
// match its commitment is a fault and is named in the log.
std::vector<Entry> entries(
    store::Reader& reader, AccountId account, RequestId request,
    const std::optional<keys::DataKey>& key, std::int64_t after, int limit
);

}  // namespace quittance::ledger
