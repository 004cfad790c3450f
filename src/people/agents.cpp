#include "people/agents.h"

#include "ledger/ledger.h"
#include "people/person.h"
#include "people/texts.h"

namespace quittance::people {
namespace {

constexpr std::int64_t agents_most = 1'000;

#define QUITTANCE_AGENT_COLUMNS "id, person_id, role, sealed, created_at, archived_at, version"

Agent agent_from(const keys::DataKey& key, AccountId account, const store::Row& row) {
    const auto id = row.id<AgentId>(0);
    auto named = open_named(key, account, id, row.blob(3));
    return {
        id,
        row.id<PersonId>(1),
        std::move(named.name),
        std::move(named.email),
        role_of(row.text(2)).value(),
        row.instant(4),
        row.maybe<&store::Row::instant>(5),
        row.integer(6)};
}

// Memberships of one account change one after the other: "the last owner" is a statement about
// several rows. Whoever only refers to the account is not held up (PostgreSQL: no key update).
constexpr auto lock_account = "UPDATE accounts SET created_at = created_at WHERE id = ?";

void lock_members(store::Tx& tx, AccountId account) {
    if (tx.change(lock_account, {account}) != 1) throw Refusal(No::unknown, "not_found");
}

Agent in_hand(
    store::Tx& tx, const Act& act, keys::KeyRing& keys, AgentId id,
    std::optional<std::int64_t> if_match
) {
    lock_members(tx, act.account);
    auto found = agent(tx, keys, act.account, id);
    if (if_match && *if_match != found.version) throw Refusal(No::stale, "stale");
    if (found.archived_at) throw Refusal(No::conflict, "archived");
    return found;
}

constexpr auto find_other_owner =
    "SELECT 1 FROM agents WHERE account_id = ? AND role = 'owner' AND archived_at IS NULL "
    "AND id <> ?";

void require_another_owner(store::Tx& tx, const Act& act, AgentId id) {
    if (!tx.any(find_other_owner, {act.account, id})) throw Refusal(No::conflict, "last_owner");
}

}  // namespace

constexpr auto list_agents =
    "SELECT " QUITTANCE_AGENT_COLUMNS " FROM agents WHERE account_id = ? ORDER BY id LIMIT 1000";

std::vector<Agent> agents(store::Reader& reader, keys::KeyRing& keys, AccountId account) {
    const auto key = keys.account_key(reader, account);
    return reader.all(list_agents, {account}, [&](const store::Row& row) {
        return agent_from(key, account, row);
    });
}

constexpr auto find_agent =
    "SELECT " QUITTANCE_AGENT_COLUMNS " FROM agents WHERE account_id = ? AND id = ?";

Agent agent(store::Reader& reader, keys::KeyRing& keys, AccountId account, AgentId id) {
    const auto key = keys.account_key(reader, account);
    auto found = reader.one(find_agent, {account, id}, [&](const store::Row& row) {
        return agent_from(key, account, row);
    });
    if (!found) throw Refusal(No::unknown, "not_found");
    return std::move(*found);
}

std::map<AgentId, std::string> agent_names(
    store::Reader& reader, keys::KeyRing& keys, AccountId account
) {
    std::map<AgentId, std::string> names;
    for (auto& one : agents(reader, keys, account)) names.emplace(one.id, std::move(one.name));
    return names;
}

constexpr auto update_named =
    "UPDATE agents SET sealed = ?, version = version + 1 WHERE account_id = ? AND id = ?";

void rename_agent(
    store::Tx& tx, const Act& act, keys::KeyRing& keys, AgentId id, const std::string& name,
    std::optional<std::int64_t> if_match
) {
    const auto found = in_hand(tx, act, keys, id, if_match);
    std::vector<FieldError> errors;
    check_name(errors, "/name", name);
    if (!errors.empty()) throw Refusal(std::move(errors));
    const std::string kept(trimmed(name));
    if (kept == found.name) return;
    const auto key = keys.account_key(tx, act.account);
    const auto sealed = seal_named(key, act.account, id, {kept, found.email});
    tx.run(update_named, {store::Blob{sealed}, act.account, id});
    ledger::record(
        tx, act, key, "agent_renamed", std::nullopt,
        {{"agent", id.text()}, {"from", found.name}, {"to", kept}}
    );
}

constexpr auto update_role =
    "UPDATE agents SET role = ?, version = version + 1 WHERE account_id = ? AND id = ?";

void change_role(
    store::Tx& tx, const Act& act, keys::KeyRing& keys, AgentId id, Role role,
    std::optional<std::int64_t> if_match
) {
    const auto found = in_hand(tx, act, keys, id, if_match);
    if (found.role == role) return;
    if (found.role == Role::owner) require_another_owner(tx, act, id);
    tx.run(update_role, {name_of(role), act.account, id});
    ledger::record(
        tx, act, keys.account_key(tx, act.account), "role_changed", std::nullopt,
        {{"agent", id.text()}, {"from", name_of(found.role)}, {"to", name_of(role)}}
    );
}

constexpr auto set_archived =
    "UPDATE agents SET archived_at = ?, version = version + 1 WHERE account_id = ? AND id = ?";
constexpr auto end_sessions_of_agent =
    "DELETE FROM sessions WHERE person_id = ? AND account_id = ? AND agent_id = ?";

void archive_agent(
    store::Tx& tx, const Act& act, keys::KeyRing& keys, AgentId id,
    std::optional<std::int64_t> if_match
) {
    const auto found = in_hand(tx, act, keys, id, if_match);
    if (found.role == Role::owner) require_another_owner(tx, act, id);
    tx.run(set_archived, {tx.now(), act.account, id});
    tx.run(end_sessions_of_agent, {found.person, act.account, id});
    ledger::record(
        tx, act, keys.account_key(tx, act.account), "agent_archived", std::nullopt,
        {{"agent", id.text()}, {"role", name_of(found.role)}}
    );
}

namespace {

constexpr auto insert_person =
    "INSERT INTO people (id, email_hash, password_hash, created_at) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (email_hash) DO NOTHING";
constexpr auto give_first_password =
    "UPDATE people SET password_hash = ? WHERE id = ? AND password_hash IS NULL";

PersonId person_for(store::Tx& tx, keys::KeyRing& keys, const NewAgent& agent) {
    const auto hash = email_hash(keys, agent.email.normal);
    const auto id = PersonId::make();
    const auto text = agent.hash ? std::optional(agent.hash->text) : std::nullopt;
    if (tx.change(insert_person, {id, store::Blob{hash}, text, tx.now()}) == 1) return id;
    const auto known = person_with(tx, hash).value();
    if (text) tx.run(give_first_password, {*text, known.id});
    return known.id;
}

constexpr auto count_agents = "SELECT count(*) FROM agents WHERE account_id = ?";
constexpr auto find_membership =
    "SELECT id, archived_at FROM agents WHERE account_id = ? AND person_id = ?";
constexpr auto insert_agent =
    "INSERT INTO agents (account_id, id, person_id, role, sealed, created_at, version) "
    "VALUES (?, ?, ?, ?, ?, ?, 1)";
constexpr auto bring_back =
    "UPDATE agents SET role = ?, sealed = ?, archived_at = NULL, version = version + 1 "
    "WHERE account_id = ? AND id = ?";

}  // namespace

Joined add_agent(store::Tx& tx, const Act& act, keys::KeyRing& keys, const NewAgent& agent) {
    lock_members(tx, act.account);
    const auto person = person_for(tx, keys, agent);
    struct Before {
        AgentId id;
        bool archived;
    };
    const auto before = tx.one(find_membership, {act.account, person}, [](const store::Row& row) {
        return Before{row.id<AgentId>(0), !row.null(1)};
    });
    if (before && !before->archived) throw Refusal(No::conflict, "already_agent");
    const auto id = before ? before->id : agent.id;
    const auto key = keys.account_key(tx, act.account);
    const auto sealed =
        seal_named(key, act.account, id, {std::string(trimmed(agent.name)), agent.email.written});
    const auto role = name_of(agent.role);
    if (before) {
        tx.run(bring_back, {role, store::Blob{sealed}, act.account, id});
    } else {
        const auto n = tx.one(count_agents, {act.account}, [](const store::Row& row) {
            return row.integer(0);
        });
        if (n.value_or(0) >= agents_most) throw Refusal(No::conflict, "too_many");
        tx.run(insert_agent, {act.account, id, person, role, store::Blob{sealed}, tx.now()});
    }
    // Whoever comes in by themselves is the one who acts; an account's first owner, too.
    auto by = act;
    if (!by.agent && act.door == Door::web) by.agent = id;
    ledger::record(
        tx, by, key, "agent_joined", std::nullopt, {{"agent", id.text()}, {"role", role}}
    );
    return {id, person};
}

void check_name(std::vector<FieldError>& errors, std::string_view at, std::string_view name) {
    check_line(errors, at, name, 1, 200);
}

}  // namespace quittance::people
