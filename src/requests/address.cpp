#include "requests/address.h"

#include "base/digest.h"
#include "ledger/ledger.h"
#include "requests/letters.h"
#include "requests/verification.h"

namespace quittance::requests {
namespace {

std::string eight_digits() {
    const auto bytes = random_bytes(8);
    std::uint64_t number = 0;
    for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
    auto digits = std::to_string(number % 100'000'000);
    return std::string(8 - digits.size(), '0') + digits;
}

std::string code_hash(const Office& office, AccountId account, Uuid proof, std::string_view code) {
    return office.keys.account_hash(account, "code", proof.text() + ":" + std::string(code));
}

constexpr auto add_address =
    "INSERT INTO addresses (token_hash, account_id, request_id, purpose, proof_id, created_at) "
    "VALUES (?, ?, ?, ?, ?, ?)";

constexpr auto add_proof =
    "INSERT INTO proofs "
    "(account_id, request_id, id, purpose, code_hash, created_at, expires_at, tries) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, 0)";

constexpr auto find_token =
    "SELECT account_id, request_id, purpose, proof_id FROM addresses WHERE token_hash = ?";

constexpr auto find_proof =
    "SELECT used_at, expires_at FROM proofs WHERE account_id = ? AND request_id = ? AND id = ?";

constexpr auto use_proof =
    "UPDATE proofs SET used_at = ? WHERE account_id = ? AND request_id = ? AND id = ? "
    "AND used_at IS NULL";

// Every code that could be meant counts the try.
constexpr auto count_try =
    "UPDATE proofs SET tries = tries + 1 WHERE account_id = ? AND request_id = ? "
    "AND used_at IS NULL AND expires_at > ? AND tries < 5 RETURNING id, code_hash";

constexpr auto open_session =
    "INSERT INTO requester_sessions (token_hash, account_id, request_id, ends_at) "
    "VALUES (?, ?, ?, ?)";

std::string enter(store::Tx& tx, const Row& row) {
    const auto session = random_token();
    tx.run(
        open_session, {store::Blob{sha256(session)}, row.account, row.id, tx.now() + session_lasts}
    );
    return session;
}

constexpr auto count_proofs =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM proofs "
    "WHERE account_id = ? AND request_id = ? AND created_at > ?";

bool may_mail(store::Tx& tx, const Row& row) {
    const auto since = tx.now() - std::chrono::hours(1);
    const auto made =
        tx.one(count_proofs, {row.account, row.id, since}, [](const store::Row& found) {
            return found.integer(0);
        });
    return made.value_or(0) < proofs_an_hour;
}

bool proof_is_open(const Row& row) {
    return row.proof == Proof::missing || row.proof == Proof::awaited;
}

constexpr auto await_proof =
    "UPDATE requests SET proof = 'awaited' WHERE account_id = ? AND id = ? AND proof = 'missing'";

void mail_proof(
    store::Tx& tx, const Act& act, const Office& office, const Row& row, const Person& person,
    const keys::DataKey& key, Uuid letter
) {
    const bool confirm = proof_is_open(row) && row.stage != Stage::closed;
    const auto proof =
        new_proof(office, row.account, confirm ? Purpose::confirm : Purpose::own_page);
    store_proof(tx, act, row.id, proof);
    if (confirm) tx.run(await_proof, {row.account, row.id});
    send(tx, act, office, prepare_code(tx, office, row, person, key, proof, letter));
    ledger::record(
        tx, act, key, confirm ? "verification_mailed" : "code_mailed", row.id,
        {{"letter", letter.text()}}
    );
}

constexpr auto find_session =
    "SELECT request_id FROM requester_sessions "
    "WHERE token_hash = ? AND account_id = ? AND ends_at > ?";

constexpr auto drop_sessions = "DELETE FROM requester_sessions WHERE ends_at < ?";

// A link whose proof is forgotten counts as expired: its page offers a fresh code.
constexpr auto drop_proofs = "DELETE FROM proofs WHERE created_at < ?";

}  // namespace

NewAddress own_page_address() { return {random_token(), Purpose::own_page, {}}; }

void store_address(store::Tx& tx, const Act& act, RequestId request, const NewAddress& address) {
    tx.run(
        add_address, {store::Blob{sha256(address.token)}, act.account, request,
                      name_of(address.purpose), address.proof, tx.now()}
    );
}

NewProof new_proof(const Office& office, AccountId account, Purpose purpose) {
    NewProof proof{Uuid::make(), purpose, eight_digits(), {}, {}};
    proof.code_hash = code_hash(office, account, proof.id, proof.code);
    if (purpose == Purpose::confirm) {
        proof.link = NewAddress{random_token(), Purpose::confirm, proof.id};
    }
    return proof;
}

void store_proof(store::Tx& tx, const Act& act, RequestId request, const NewProof& proof) {
    tx.run(
        add_proof, {act.account, request, proof.id, name_of(proof.purpose),
                    store::Blob{proof.code_hash}, tx.now(), tx.now() + proof_lasts}
    );
    if (proof.link) store_address(tx, act, request, *proof.link);
}

std::optional<Address> find_address(store::Reader& reader, std::string_view token) {
    return reader.one(find_token, {store::Blob{sha256(token)}}, [](const store::Row& row) {
        return Address{
            row.id<AccountId>(0), row.id<RequestId>(1), value_of<Purpose>(row.text(2)),
            row.maybe_id<Uuid>(3)};
    });
}

LinkState link_state(store::Reader& reader, const Address& address) {
    const auto now = reader.now();
    return reader
        .one(
            find_proof, {address.account, address.request, address.proof},
            [&](const store::Row& row) {
                if (!row.null(0)) return LinkState::used;
                return row.instant(1) > now ? LinkState::live : LinkState::expired;
            }
        )
        .value_or(LinkState::expired);
}

Entrance press_button(store::Tx& tx, const Act& act, const Office& office, const Address& address) {
    const auto row = hold(tx, act, address.request);
    switch (link_state(tx, address)) {
        case LinkState::used:
            return {Redeemed::used, {}, {}};
        case LinkState::expired:
            return {Redeemed::expired, {}, {}};
        case LinkState::live:
            break;
    }
    tx.run(use_proof, {tx.now(), row.account, row.id, address.proof});
    prove(tx, act, office, row, Method::mail_code);
    const auto own_page = own_page_address();
    store_address(tx, act, row.id, own_page);
    return {Redeemed::opened, enter(tx, row), own_page.token};
}

Entrance type_code(
    store::Tx& tx, const Act& act, const Office& office, const Address& address,
    std::string_view code
) {
    const auto row = hold(tx, act, address.request);
    std::string digits;
    for (const char c : code) {
        if (c >= '0' && c <= '9') digits += c;
    }
    bool live = false;
    std::optional<Uuid> right;
    tx.each(count_try, {row.account, row.id, tx.now()}, [&](const store::Row& proof) {
        live = true;
        const auto id = proof.id<Uuid>(0);
        if (equal_in_constant_time(code_hash(office, row.account, id, digits), proof.blob(1))) {
            right = id;
        }
    });
    if (!right) return {live ? Redeemed::wrong_code : Redeemed::expired, {}, {}};
    tx.run(use_proof, {tx.now(), row.account, row.id, *right});
    prove(tx, act, office, row, Method::mail_code);
    return {Redeemed::opened, enter(tx, row), {}};
}

bool mail_fresh_code(store::Tx& tx, const Act& act, const Office& office, const Address& address) {
    // Held first: a stranger's press that comes to nothing must not make an agent's ETag stale.
    const auto held = hold(tx, act, address.request);
    const auto key = key_of(tx, office.keys, held);
    const auto person = person_of(key, held);
    if (!person.email || !may_mail(tx, held)) return false;
    const auto row = in_hand(tx, act, address.request);
    mail_proof(tx, act, office, row, person, key, Uuid::make());
    tell(tx, office, row.account, row.id);
    return true;
}

std::optional<RequestId> session_request(
    store::Reader& reader, AccountId account, std::string_view session
) {
    return reader.one(
        find_session, {store::Blob{sha256(session)}, account, reader.now()},
        [](const store::Row& row) { return row.id<RequestId>(0); }
    );
}

bool forget_old_proofs(store::Tx& tx) {
    tx.run(drop_sessions, {tx.now()});
    tx.run(drop_proofs, {tx.now() - std::chrono::days(30)});
    return false;
}

Uuid send_verification_mail(
    store::Tx& tx, const Act& act, const Office& office, RequestId request
) {
    const auto row = in_hand(tx, act, request);
    if (row.stage == Stage::closed) {
        throw Refusal(No::conflict, "not_in_stage", {{"stage", "closed"}});
    }
    if (row.proof == Proof::not_needed) throw Refusal(No::conflict, "proof_not_needed");
    if (row.proof == Proof::given) throw Refusal(No::conflict, "already_verified");
    const auto key = key_of(tx, office.keys, row);
    const auto person = person_of(key, row);
    if (!person.email) throw Refusal(No::unacceptable, "no_email");
    if (!may_mail(tx, row)) throw Refusal(No::conflict, "too_many_mails");
    const auto letter = Uuid::make();
    mail_proof(tx, act, office, row, person, key, letter);
    tell(tx, office, row.account, row.id);
    return letter;
}

}  // namespace quittance::requests
