#include "people/session.h"

#include <algorithm>

#include "base/digest.h"
#include "ledger/ledger.h"
#include "people/company.h"
#include "people/person.h"

namespace quittance::people {
namespace {

// A session as it stands in the database, judged at `now`; nullopt when it is over.
std::optional<SignedIn> standing(SignedIn who, Instant now) {
    who.ends_at = std::min(who.seen_at + session_idle, who.created_at + session_longest);
    who.fresh = now - who.proof_at < proof_fresh;
    if (now >= who.ends_at) return std::nullopt;
    return who;
}

constexpr auto insert_session =
    "INSERT INTO sessions "
    "(token_hash, id, person_id, account_id, agent_id, created_at, seen_at, proof_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

NewSession insert(store::Tx& tx, SignedIn who) {
    const auto token = random_token();
    const auto digest = sha256(token);
    tx.run(
        insert_session, {store::Blob{digest}, who.session, who.person, who.act.account,
                         who.act.agent, who.created_at, who.seen_at, who.proof_at}
    );
    return {token, standing(who, tx.now()).value()};
}

}  // namespace

constexpr auto find_session =
    "SELECT s.account_id, s.agent_id, s.person_id, s.id, a.role, s.created_at, s.seen_at, "
    "s.proof_at FROM sessions s JOIN agents a ON a.account_id = s.account_id AND a.id = s.agent_id "
    "WHERE s.token_hash = ? AND a.archived_at IS NULL";
// The condition on time stands here again: of many calls in one minute one writes.
constexpr auto set_seen = "UPDATE sessions SET seen_at = ? WHERE id = ? AND seen_at < ?";

std::optional<SignedIn> glance(store::Reader& reader, std::string_view token) {
    const auto digest = sha256(token);
    const auto found = reader.one(find_session, {store::Blob{digest}}, [](const auto& row) {
        const Act act{
            row.template id<AccountId>(0), row.template id<AgentId>(1), std::nullopt, Door::web};
        return SignedIn{
            act,
            row.template id<PersonId>(2),
            row.template id<Uuid>(3),
            role_of(row.text(4)).value(),
            row.instant(5),
            row.instant(6),
            row.instant(7),
            {},
            false};
    });
    return found ? standing(*found, reader.now()) : std::nullopt;
}

std::optional<SignedIn> resume(const Reception& reception, std::string_view token) {
    Instant now;
    auto who = reception.store.read([&](store::Reader& reader) {
        now = reader.now();
        return glance(reader, token);
    });
    if (who && now - who->seen_at >= std::chrono::minutes(1)) {
        reception.store.write([&](store::Tx& tx) {
            tx.run(set_seen, {now, who->session, now - std::chrono::seconds(59)});
        });
        who->seen_at = now;
        who = standing(*who, now);
    }
    return who;
}

void require_fresh(const SignedIn& who) {
    if (!who.fresh) throw Refusal(No::forbidden, "fresh_sign_in_needed");
}

NewSession begin_session(
    store::Tx& tx, AccountId account, AgentId agent, PersonId person, Role role
) {
    const auto now = tx.now();
    const Act act{account, agent, std::nullopt, Door::web};
    return insert(tx, {act, person, Uuid::make(), role, now, now, now, {}, true});
}

constexpr auto delete_session = "DELETE FROM sessions WHERE person_id = ? AND id = ?";

NewSession switch_account(
    store::Tx& tx, const SignedIn& who, keys::KeyRing& keys, AccountId account
) {
    const auto known = known_as(tx, keys, who.person, account);
    if (!known) throw Refusal(No::unknown, "not_found");
    // The old session is what lets the person in: when it has just ended, so has this.
    if (tx.change(delete_session, {who.person, who.session}) != 1) {
        throw Refusal(No::unauthenticated, "not_signed_in");
    }
    auto next = who;
    next.act = {account, known->member.agent, std::nullopt, Door::web};
    next.role = known->member.role;
    next.session = Uuid::make();
    next.seen_at = tx.now();
    ledger::record(
        tx, next.act, keys.account_key(tx, account), "signed_in", std::nullopt,
        {{"how", "from another account"}}
    );
    return insert(tx, next);
}

void sign_out(store::Tx& tx, const SignedIn& who) {
    tx.run(delete_session, {who.person, who.session});
}

Me me(store::Reader& reader, keys::KeyRing& keys, const SignedIn& who) {
    Me me{agent(reader, keys, who.act.account, *who.act.agent), {}, {}};
    for (const auto& member : memberships(reader, who.person)) {
        auto name = company(reader, keys, member.account).name;
        if (member.account == who.act.account) me.account_name = name;
        me.accounts.push_back({member.account, std::move(name), member.role});
    }
    return me;
}

constexpr auto list_sessions =
    "SELECT id, account_id, created_at, seen_at FROM sessions "
    "WHERE person_id = ? AND seen_at > ? AND created_at > ? ORDER BY seen_at DESC, id LIMIT 200";

std::vector<Session> sessions(store::Reader& reader, const SignedIn& who) {
    const auto now = reader.now();
    return reader.all(
        list_sessions, {who.person, now - session_idle, now - session_longest},
        [&](const store::Row& row) {
            const auto id = row.id<Uuid>(0);
            return Session{
                id, row.id<AccountId>(1), row.instant(2), row.instant(3), id == who.session};
        }
    );
}

namespace {
void record_end(store::Tx& tx, const SignedIn& who, keys::KeyRing& keys, std::int64_t how_many) {
    ledger::record(
        tx, who.act, keys.account_key(tx, who.act.account), "sessions_ended", std::nullopt,
        {{"sessions", how_many}}
    );
}
}  // namespace

void end_session(store::Tx& tx, const SignedIn& who, keys::KeyRing& keys, Uuid id) {
    if (tx.change(delete_session, {who.person, id}) != 1) throw Refusal(No::unknown, "not_found");
    record_end(tx, who, keys, 1);
}

constexpr auto delete_others = "DELETE FROM sessions WHERE person_id = ? AND id <> ?";

std::int64_t end_other_sessions(store::Tx& tx, const SignedIn& who, keys::KeyRing& keys) {
    const auto ended = tx.change(delete_others, {who.person, who.session});
    if (ended > 0) record_end(tx, who, keys, ended);
    return ended;
}

constexpr auto forget_sessions =
    "DELETE FROM sessions WHERE token_hash IN (SELECT token_hash FROM sessions "
    "WHERE seen_at <= ? OR created_at <= ? LIMIT 1000)";

bool forget_ended_sessions(store::Tx& tx) {
    const auto now = tx.now();
    return tx.change(forget_sessions, {now - session_idle, now - session_longest}) == 1'000;
}

}  // namespace quittance::people
