// The other side of an invitation (people/invitations.h): whoever holds the link.
#include "base/digest.h"
#include "ledger/ledger.h"
#include "people/company.h"
#include "people/credentials.h"
#include "people/invitations.h"
#include "people/tries.h"

namespace quittance::people {
namespace {

struct Open {
    AccountId account;
    Uuid id;
    std::string email_hash;
    std::string email;
    Role role;
    Instant expires_at;
    std::string company;
    std::optional<Person> person;
    bool member_elsewhere = false;

    bool known() const { return person && person->hash && member_elsewhere; }
};

constexpr auto find_open =
    "SELECT account_id, id, email_hash, role, sealed, expires_at FROM invitations "
    "WHERE token_hash = ? AND accepted_at IS NULL AND archived_at IS NULL AND expires_at > ?";

Open open_invitation(store::Reader& reader, keys::KeyRing& keys, std::string_view token) {
    const auto digest = sha256(token);
    auto found =
        reader.one(find_open, {store::Blob{digest}, reader.now()}, [&](const store::Row& row) {
            // The sealed address waits in `email` until the key is at hand.
            return Open{row.id<AccountId>(0),         row.id<Uuid>(1), row.bytes(2), row.bytes(4),
                        role_of(row.text(3)).value(), row.instant(5),  {},           {}};
        });
    if (!found) throw Refusal(No::unknown, "invitation_gone");
    const auto key = keys.account_key(reader, found->account);
    found->email = keys::open(key, {found->account, "invitation", found->id.blob()}, found->email);
    found->company = company(reader, keys, found->account).name;
    found->person = person_with(reader, found->email_hash);
    found->member_elsewhere = found->person && !memberships(reader, found->person->id).empty();
    return std::move(*found);
}

// The name another account knows the person by; "" when none does.
std::string name_elsewhere(store::Reader& reader, keys::KeyRing& keys, PersonId person) {
    for (const auto& member : memberships(reader, person)) {
        return known_as(reader, keys, person, member.account).value().named.name;
    }
    return "";
}

void check(const Open& open, const Acceptance& acceptance) {
    std::vector<FieldError> errors;
    if (!open.known() || !trimmed(acceptance.name).empty()) {
        check_name(errors, "/name", acceptance.name);
    }
    if (!open.known()) {
        auto flaws = password_flaws(
            "/password", acceptance.password, {acceptance.name, open.email, open.company}
        );
        errors.insert(errors.end(), flaws.begin(), flaws.end());
    }
    if (!errors.empty()) throw Refusal(std::move(errors));
}

constexpr auto set_accepted =
    "UPDATE invitations SET accepted_at = ? WHERE account_id = ? AND id = ? "
    "AND accepted_at IS NULL AND archived_at IS NULL AND expires_at > ?";

// Somebody who is a member nowhere could not have an old password reset: whoever holds the mailed
// link chooses a new one, as with a reset.
constexpr auto forget_password_of_nobody =
    "UPDATE people SET password_hash = NULL WHERE email_hash = ? AND NOT EXISTS "
    "(SELECT 1 FROM agents a WHERE a.person_id = people.id AND a.archived_at IS NULL)";

NewSession join(
    store::Tx& tx, keys::KeyRing& keys, const Open& open, const NewAgent& agent,
    const PasswordHash& hash
) {
    const auto now = tx.now();
    if (tx.change(set_accepted, {now, open.account, open.id, now}) != 1) {
        throw Refusal(No::unknown, "invitation_gone");
    }
    if (!open.known()) tx.run(forget_password_of_nobody, {store::Blob{open.email_hash}});
    const Act act{open.account, std::nullopt, std::nullopt, Door::web};
    const auto joined = add_agent(tx, act, keys, agent);
    // The person got another password while this one was looked at: then this one proves nothing.
    if (!still_has_password(tx, joined.person, hash)) {
        throw Refusal(No::unauthenticated, "sign_in_failed");
    }
    forgive_tries(tx, keys, sign_in_by_address, agent.email.normal);
    return begin_session(tx, open.account, joined.agent, joined.person, open.role);
}

}  // namespace

InvitationPage look_at_invitation(
    store::Reader& reader, keys::KeyRing& keys, std::string_view token
) {
    const auto open = open_invitation(reader, keys, token);
    return {open.company, open.email, open.role, open.expires_at, open.known()};
}

NewSession accept_invitation(const Reception& reception, const Acceptance& acceptance) {
    auto& keys = reception.keys;
    const auto open = reception.store.read([&](store::Reader& reader) {
        return open_invitation(reader, keys, acceptance.token);
    });
    check(open, acceptance);
    auto email = EmailAddress::parse(open.email).value();
    NewAgent agent{AgentId::make(), acceptance.name, std::move(email), open.role, std::nullopt};
    PasswordHash hash;
    if (open.known()) {
        hash = check_at_the_door(
                   reception, agent.email.normal, acceptance.password, acceptance.network
        )
                   .hash;
    } else {
        hash = hash_password(acceptance.password);
        agent.hash = hash;
    }
    return reception.store.write([&](store::Tx& tx) {
        if (trimmed(agent.name).empty()) {
            agent.name = name_elsewhere(tx, keys, open.person.value().id);
        }
        if (trimmed(agent.name).empty()) agent.name = agent.email.written;
        return join(tx, keys, open, agent, hash);
    });
}

}  // namespace quittance::people
