// A person: somebody with a password, in one account or several. Names and addresses stand with the
// agents, sealed; the person is found by a keyed hash of the address. For this room only.
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/act.h"
#include "base/id.h"
#include "keys/keys.h"
#include "people/password.h"
#include "people/roles.h"
#include "store/store.h"

namespace quittance::people {

// What is sealed of an agent, under the account's key.
struct Named {
    std::string name;
    std::string email;  // as written
};
BOOST_DESCRIBE_STRUCT(Named, (), (name, email))

std::string seal_named(const keys::DataKey& key, AccountId account, AgentId id, const Named& named);
Named open_named(const keys::DataKey& key, AccountId account, AgentId id, std::string_view sealed);

std::string email_hash(keys::KeyRing& keys, std::string_view normal_address);

struct Person {
    PersonId id;
    std::optional<PasswordHash> hash;
};
std::optional<Person> person_with(store::Reader& reader, std::string_view email_hash);
std::optional<PasswordHash> hash_of(store::Reader& reader, PersonId person);

// One membership that is alive.
struct Member {
    AccountId account;
    AgentId agent;
    Role role;
};
// Oldest first.
std::vector<Member> memberships(store::Reader& reader, PersonId person);
// As the given account knows the person; nullopt when it does not, or only archived.
struct Known {
    Member member;
    Named named;
};
std::optional<Known> known_as(
    store::Reader& reader, keys::KeyRing& keys, PersonId person, AccountId account
);

// Locks the person's row until the Tx ends, if the password is still that one. Whoever lets
// somebody in does so under this lock: a password changed at the same moment ends the session or
// forbids it.
bool still_has_password(store::Tx& tx, PersonId person, const PasswordHash& hash);

// One entry in every account of the person, by that account's agent.
void record_everywhere(
    store::Tx& tx, Door door, keys::KeyRing& keys, PersonId person, std::string_view event,
    const boost::json::object& detail
);

}  // namespace quittance::people
