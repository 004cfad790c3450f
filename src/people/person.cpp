#include "people/person.h"

#include "base/json.h"
#include "ledger/ledger.h"

namespace quittance::people {

std::string seal_named(
    const keys::DataKey& key, AccountId account, AgentId id, const Named& named
) {
    return keys::seal(key, {account, "agent", id.blob()}, write_json(named));
}

Named open_named(const keys::DataKey& key, AccountId account, AgentId id, std::string_view sealed) {
    return read_json<Named>(keys::open(key, {account, "agent", id.blob()}, sealed));
}

std::string email_hash(keys::KeyRing& keys, std::string_view normal_address) {
    return keys.installation_hash("person by email", normal_address);
}

constexpr auto find_person = "SELECT id, password_hash FROM people WHERE email_hash = ?";

std::optional<Person> person_with(store::Reader& reader, std::string_view email_hash) {
    return reader.one(find_person, {store::Blob{email_hash}}, [](const store::Row& row) {
        Person person{row.id<PersonId>(0), std::nullopt};
        if (!row.null(1)) person.hash = PasswordHash{row.string(1)};
        return person;
    });
}

constexpr auto find_hash =
    "SELECT password_hash FROM people WHERE id = ? AND password_hash IS NOT NULL";

std::optional<PasswordHash> hash_of(store::Reader& reader, PersonId person) {
    return reader.one(find_hash, {person}, [](const store::Row& row) {
        return PasswordHash{row.string(0)};
    });
}

constexpr auto list_memberships =
    "SELECT account_id, id, role FROM agents WHERE person_id = ? AND archived_at IS NULL "
    "ORDER BY created_at, id";

std::vector<Member> memberships(store::Reader& reader, PersonId person) {
    return reader.all(list_memberships, {person}, [](const store::Row& row) {
        return Member{row.id<AccountId>(0), row.id<AgentId>(1), role_of(row.text(2)).value()};
    });
}

constexpr auto find_known =
    "SELECT id, role, sealed FROM agents "
    "WHERE account_id = ? AND person_id = ? AND archived_at IS NULL";

std::optional<Known> known_as(
    store::Reader& reader, keys::KeyRing& keys, PersonId person, AccountId account
) {
    struct Found {
        Member member;
        std::string sealed;
    };
    const auto found = reader.one(find_known, {account, person}, [&](const store::Row& row) {
        return Found{{account, row.id<AgentId>(0), role_of(row.text(1)).value()}, row.bytes(2)};
    });
    if (!found) return std::nullopt;
    const auto key = keys.account_key(reader, account);
    return Known{found->member, open_named(key, account, found->member.agent, found->sealed)};
}

constexpr auto lock_person =
    "UPDATE people SET password_hash = password_hash WHERE id = ? AND password_hash = ?";

bool still_has_password(store::Tx& tx, PersonId person, const PasswordHash& hash) {
    return tx.change(lock_person, {person, hash.text}) == 1;
}

void record_everywhere(
    store::Tx& tx, Door door, keys::KeyRing& keys, PersonId person, std::string_view event,
    const boost::json::object& detail
) {
    for (const auto& member : memberships(tx, person)) {
        const Act act{member.account, member.agent, std::nullopt, door};
        const auto key = keys.account_key(tx, member.account);
        ledger::record(tx, act, key, event, std::nullopt, detail);
    }
}

}  // namespace quittance::people
