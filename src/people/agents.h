// Agents: the members of an account. A person can be an agent of several accounts; the person has
// the password, each agent has a name and address, sealed under the account's key.
#pragma once

#include <boost/describe.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/act.h"
#include "base/clock.h"
#include "base/email_address.h"
#include "base/id.h"
#include "keys/keys.h"
#include "people/password.h"
#include "people/roles.h"
#include "people/texts.h"
#include "store/store.h"

namespace quittance::people {

struct Agent {
    AgentId id;
    PersonId person;
    std::string name;
    std::string email;  // as written
    Role role;
    Instant created_at;
    std::optional<Instant> archived_at;
    std::int64_t version;
};

// Everybody, the archived too, oldest first; at most 1,000.
std::vector<Agent> agents(store::Reader& reader, keys::KeyRing& keys, AccountId account);
// 404.
Agent agent(store::Reader& reader, keys::KeyRing& keys, AccountId account, AgentId id);
// Names for lists and history, the archived too.
std::map<AgentId, std::string> agent_names(
    store::Reader& reader, keys::KeyRing& keys, AccountId account
);

// Changes. 404; 409 `archived`; 412 `stale`; 422. The last living owner can be neither demoted nor
// archived: 409 `last_owner`, also when two owners archive each other at the same moment.
// Entries role_changed, agent_renamed, agent_archived.
void rename_agent(
    store::Tx& tx, const Act& act, keys::KeyRing& keys, AgentId id, const std::string& name,
    std::optional<std::int64_t> if_match
);
void change_role(
    store::Tx& tx, const Act& act, keys::KeyRing& keys, AgentId id, Role role,
    std::optional<std::int64_t> if_match
);
// Ends the agent's sessions. Names stay in history. An invitation brings the agent back.
void archive_agent(
    store::Tx& tx, const Act& act, keys::KeyRing& keys, AgentId id,
    std::optional<std::int64_t> if_match
);

// A new member, for set-up, invitations and the command line. A person who is known keeps their
// password and `hash` is ignored; an archived agent comes back under the old id. 409
// `already_agent`; 409 `too_many` over 1,000. Entry `agent_joined`.
struct NewAgent {
    AgentId id;  // ignored when an archived agent comes back
    std::string name;
    EmailAddress email;
    Role role;
    std::optional<PasswordHash> hash;
};
struct Joined {
    AgentId agent;
    PersonId person;
};
Joined add_agent(store::Tx& tx, const Act& act, keys::KeyRing& keys, const NewAgent& agent);

// Field errors of a person's name: 1 to 200 characters, one line.
void check_name(std::vector<FieldError>& errors, std::string_view at, std::string_view name);

}  // namespace quittance::people
