#include "people/invitations.h"

#include "base/digest.h"
#include "base/json.h"
#include "ledger/ledger.h"
#include "people/company.h"
#include "people/letters.h"
#include "people/texts.h"

namespace quittance::people {
namespace {

constexpr std::int64_t open_most = 200;
constexpr std::chrono::hours shown_for{90 * 24};

keys::Place place_of(AccountId account, const Uuid& id) {
    return {account, "invitation", id.blob()};
}

// Open ones of one account change one after the other: the newest replaces the older.
constexpr auto lock_account = "UPDATE accounts SET created_at = created_at WHERE id = ?";
constexpr auto is_agent =
    "SELECT 1 FROM agents a JOIN people p ON p.id = a.person_id "
    "WHERE a.account_id = ? AND p.email_hash = ? AND a.archived_at IS NULL";
constexpr auto replace_older =
    "UPDATE invitations SET archived_at = ? WHERE account_id = ? AND email_hash = ? "
    "AND accepted_at IS NULL AND archived_at IS NULL";
constexpr auto count_open =
    "SELECT count(*) FROM invitations WHERE account_id = ? AND accepted_at IS NULL "
    "AND archived_at IS NULL AND expires_at > ?";
constexpr auto insert_invitation =
    "INSERT INTO invitations (account_id, id, token_hash, email_hash, role, sealed, invited_by, "
    "created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

void make_room(store::Tx& tx, const Act& act, std::string_view hash) {
    tx.run(lock_account, {act.account});
    if (tx.any(is_agent, {act.account, store::Blob{hash}})) {
        throw Refusal(No::conflict, "already_agent");
    }
    tx.run(replace_older, {tx.now(), act.account, store::Blob{hash}});
    const auto open = tx.one(count_open, {act.account, tx.now()}, [](const store::Row& row) {
        return row.integer(0);
    });
    if (open.value_or(0) >= open_most) throw Refusal(No::conflict, "too_many");
}

}  // namespace

Uuid invite(
    store::Tx& tx, const Act& act, const Reception& reception, const NewInvitation& invitation
) {
    auto& keys = reception.keys;
    std::vector<FieldError> errors;
    const auto email = check_email(errors, "/email", invitation.email);
    if (!email) throw Refusal(std::move(errors));
    const auto hash = email_hash(keys, email->normal);
    make_room(tx, act, hash);
    const auto id = Uuid::make();
    const auto token = random_token();
    const auto digest = sha256(token);
    const auto key = keys.account_key(tx, act.account);
    const auto sealed = keys::seal(key, place_of(act.account, id), email->written);
    const auto role = name_of(invitation.role);
    const auto now = tx.now();
    tx.run(
        insert_invitation, {act.account, id, store::Blob{digest}, store::Blob{hash}, role,
                            store::Blob{sealed}, act.agent, now, now + invitation_good_for}
    );
    const auto inviter = act.agent ? agent(tx, keys, act.account, *act.agent).name : "";
    post(
        tx, act, reception, "invitation",
        invitation_letter(
            {.to = email->written,
             .company = company(tx, keys, act.account).name,
             .inviter = inviter,
             .role = invitation.role,
             .link = reception.public_url + "/app/invitation#" + token}
        )
    );
    ledger::record(
        tx, act, key, "agent_invited", std::nullopt,
        {{"invitation", id.text()}, {"email", email->written}, {"role", role}}
    );
    return id;
}

#define QUITTANCE_INVITATION_COLUMNS \
    "id, sealed, role, invited_by, created_at, expires_at, accepted_at, archived_at"

namespace {
Invitation invitation_from(const keys::DataKey& key, AccountId account, const store::Row& row) {
    const auto id = row.id<Uuid>(0);
    return {
        id,
        keys::open(key, place_of(account, id), row.blob(1)),
        role_of(row.text(2)).value(),
        row.maybe_id<AgentId>(3),
        row.instant(4),
        row.instant(5),
        row.maybe<&store::Row::instant>(6),
        row.maybe<&store::Row::instant>(7)};
}
}  // namespace

constexpr auto list_invitations =
    "SELECT " QUITTANCE_INVITATION_COLUMNS
    " FROM invitations WHERE account_id = ? "
    "AND ((accepted_at IS NULL AND archived_at IS NULL AND expires_at > ?) OR created_at > ?) "
    "ORDER BY id DESC LIMIT 200";

std::vector<Invitation> invitations(store::Reader& reader, keys::KeyRing& keys, AccountId account) {
    const auto key = keys.account_key(reader, account);
    const auto now = reader.now();
    return reader.all(
        list_invitations, {account, now, now - shown_for},
        [&](const store::Row& row) { return invitation_from(key, account, row); }
    );
}

constexpr auto find_invitation =
    "SELECT " QUITTANCE_INVITATION_COLUMNS " FROM invitations WHERE account_id = ? AND id = ?";

Invitation invitation(store::Reader& reader, keys::KeyRing& keys, AccountId account, Uuid id) {
    const auto key = keys.account_key(reader, account);
    auto found = reader.one(find_invitation, {account, id}, [&](const store::Row& row) {
        return invitation_from(key, account, row);
    });
    if (!found) throw Refusal(No::unknown, "not_found");
    return std::move(*found);
}

constexpr auto set_archived =
    "UPDATE invitations SET archived_at = ? WHERE account_id = ? AND id = ? "
    "AND accepted_at IS NULL AND archived_at IS NULL";

void archive_invitation(store::Tx& tx, const Act& act, keys::KeyRing& keys, Uuid id) {
    if (tx.change(set_archived, {tx.now(), act.account, id}) != 1) {
        const auto found = invitation(tx, keys, act.account, id);
        throw Refusal(No::conflict, found.accepted_at ? "accepted" : "archived");
    }
    ledger::record(
        tx, act, keys.account_key(tx, act.account), "invitation_archived", std::nullopt,
        {{"invitation", id.text()}}
    );
}

constexpr auto forget_invitations =
    "DELETE FROM invitations WHERE token_hash IN "
    "(SELECT token_hash FROM invitations WHERE expires_at <= ? LIMIT 1000)";

bool forget_old_invitations(store::Tx& tx) {
    return tx.change(forget_invitations, {tx.now() - shown_for}) == 1'000;
}

}  // namespace quittance::people
