#include "mail/letter.h"

#include <stdexcept>

#include "base/email_address.h"
#include "base/json.h"

namespace quittance::mail {
namespace {

constexpr std::string_view seal_purpose = "letter";

void require_one_line(std::string_view text) {
    const bool control =
        std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
    if (control) throw std::logic_error("a letter's name or subject is not one line");
}

// What stands in a header must not be able to begin another one.
void require_sendable(const Letter& letter) {
    if (!EmailAddress::parse(letter.to)) {
        throw std::logic_error("a letter goes to something that is no e-mail address");
    }
    require_one_line(letter.to_name);
    require_one_line(letter.subject);
    require_one_line(letter.language);
    for (const auto* text : {&letter.to_name, &letter.subject, &letter.text}) {
        if (!normal_form_c(*text)) throw std::logic_error("a letter's text is no UTF-8");
    }
}

constexpr auto add_letter =
    "INSERT INTO letters (account_id, id, owner_id, purpose, sealed, cap_hash, state, attempts, "
    "next_at, created_at) VALUES (?, ?, ?, ?, ?, ?, 'queued', 0, ?, ?)";

constexpr auto queue_again =
    "UPDATE letters SET state = 'queued', attempts = 0, next_at = ?, leased_until = NULL, "
    "settled_at = NULL WHERE account_id = ? AND id = ? AND state <> 'sent' "
    "AND (leased_until IS NULL OR leased_until <= ?)";

constexpr auto find_letter = "SELECT 1 FROM letters WHERE account_id = ? AND id = ?";

constexpr auto of_owner =
    "SELECT id, purpose, state, attempts, last_error, next_at, settled_at FROM letters "
    "WHERE account_id = ? AND owner_id = ? ORDER BY id LIMIT 200";

constexpr auto count_troubled =
    "SELECT state, CAST(COUNT(*) AS BIGINT) FROM letters "
    "WHERE account_id = ? AND state <> 'sent' GROUP BY state";

}  // namespace

Prepared prepare(
    keys::KeyRing& keys, const keys::DataKey& key, AccountId account, LetterId id,
    std::optional<Uuid> owner, std::string_view purpose, const Letter& letter, Cap cap
) {
    require_sendable(letter);
    Prepared prepared{
        .id = id,
        .owner = owner,
        .purpose = std::string(purpose),
        .sealed = keys::seal(key, {account, seal_purpose, id.blob()}, write_json(letter)),
        .cap_hash = {}};
    if (cap == Cap::three_an_hour) {
        const auto to = EmailAddress::parse(letter.to);
        prepared.cap_hash = keys.account_hash(account, "cap", to->normal);
    }
    return prepared;
}

void queue(store::Tx& tx, const Act& act, const Prepared& prepared) {
    const auto cap = prepared.cap_hash.empty() ? store::Value(nullptr)
                                               : store::Value(store::Blob{prepared.cap_hash});
    tx.run(
        add_letter, {act.account, prepared.id, prepared.owner, prepared.purpose,
                     store::Blob{prepared.sealed}, cap, tx.now(), tx.now()}
    );
}

Letter open(
    store::Reader& reader, keys::KeyRing& keys, AccountId account, LetterId id,
    std::string_view sealed
) {
    const auto key = keys.find(reader, keys::key_of(sealed));
    if (!key) throw Refusal(No::unknown, "erased");
    return read_json<Letter>(keys::open(*key, {account, seal_purpose, id.blob()}, sealed));
}

void retry(store::Tx& tx, const Act& act, LetterId id) {
    if (tx.change(queue_again, {tx.now(), act.account, id, tx.now()}) == 1) return;
    if (!tx.any(find_letter, {act.account, id})) throw Refusal(No::unknown, "not_found");
    throw Refusal(No::conflict, "letter_not_waiting");
}

std::vector<Standing> letters_of(store::Reader& reader, AccountId account, Uuid owner) {
    return reader.all(of_owner, {account, owner}, [](const store::Row& row) {
        return Standing{
            .id = row.id<LetterId>(0),
            .purpose = row.string(1),
            .state = row.string(2),
            .attempts = row.integer(3),
            .last_error = row.maybe<&store::Row::string>(4),
            .next_at = row.maybe<&store::Row::instant>(5),
            .settled_at = row.maybe<&store::Row::instant>(6)};
    });
}

Backlog backlog(store::Reader& reader, AccountId account) {
    Backlog backlog;
    reader.each(count_troubled, {account}, [&](const store::Row& row) {
        (row.text(0) == "queued" ? backlog.queued : backlog.failed) = row.integer(1);
    });
    return backlog;
}

}  // namespace quittance::mail
