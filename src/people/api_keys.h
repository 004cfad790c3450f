// API keys: `q_` and 43 random characters, shown once; the database holds the SHA-256. A key
// belongs to its account and outlives whoever made it.
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/act.h"
#include "base/clock.h"
#include "base/id.h"
#include "people/reception.h"
#include "people/roles.h"
#include "store/store.h"

namespace quittance::people {

struct NewApiKey {
    std::string name;                 // 1 to 200 characters
    std::vector<std::string> scopes;  // at least one of read, intake, write, delete
};
BOOST_DESCRIBE_STRUCT(NewApiKey, (), (name, scopes))

struct ApiKeyMade {
    Uuid id;
    std::string token;
};

struct ApiKey {
    Uuid id;
    std::string name;
    std::vector<std::string> scopes;
    std::optional<AgentId> created_by;
    Instant created_at;
    std::optional<Instant> last_used_at;  // to the minute
    std::optional<Instant> archived_at;
};

// 422 at /name and /scopes; 409 `too_many` over 100 living ones. Entry `api_key_added`.
ApiKeyMade add_api_key(store::Tx& tx, const Act& act, keys::KeyRing& keys, const NewApiKey& key);
// The archived too, newest first, at most 1,000.
std::vector<ApiKey> api_keys(store::Reader& reader, AccountId account);
ApiKey api_key(store::Reader& reader, AccountId account, Uuid id);
// Works no more from this commit on. 404; 409 `archived`. Entry `api_key_archived`.
void archive_api_key(store::Tx& tx, const Act& act, keys::KeyRing& keys, Uuid id);

// Who calls with an API key.
struct KeyHolder {
    Act act;  // account and key; door api
    std::vector<Scope> scopes;
};
// nullopt: unknown or archived. Writes last_used_at at most once a minute, in a Tx of its own.
std::optional<KeyHolder> holder_of(const Reception& reception, std::string_view token);

}  // namespace quittance::people
