#include "requests/verification.h"

#include <array>

#include "base/email_address.h"
#include "base/json.h"
#include "ledger/ledger.h"
#include "requests/counts.h"
#include "requests/letters.h"
#include "requests/texts.h"

namespace quittance::requests {
namespace {

constexpr std::string_view verification_purpose = "verification";
constexpr std::string_view identifier_purpose = "identifier";
constexpr std::array<std::string_view, 5> kinds{
    "email", "phone", "customer_number", "account_name", "other"};

struct SealedReason {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(SealedReason, (), (reason))

struct SealedIdentifier {
    std::string value;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(SealedIdentifier, (), (value, reason))

constexpr auto add_verification =
    "INSERT INTO verifications (account_id, request_id, id, method, agent_id, sealed, at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)";

constexpr auto give_proof =
    "UPDATE requests SET proof = 'given', parked = 0 WHERE account_id = ? AND id = ?";

void give(store::Tx& tx, const Act& act, Row& row) {
    if (row.proof == Proof::given) return;
    if (row.parked) count(tx, act, Standing::of(row), -1);
    tx.run(give_proof, {row.account, row.id});
    const bool was_parked = row.parked;
    row.proof = Proof::given;
    row.parked = false;
    if (was_parked) count(tx, act, Standing::of(row), +1);
}

void verify(
    store::Tx& tx, const Act& act, const Office& office, Row& row, Uuid id, Method method,
    std::string_view reason
) {
    const auto key = key_of(tx, office.keys, row);
    tx.run(
        add_verification, {row.account, row.id, id, name_of(method), act.agent,
                           store::Blob{keys::seal(
                               key, {row.account, verification_purpose, id.blob()},
                               write_json(SealedReason{std::string(reason)})
                           )},
                           tx.now()}
    );
    // A request that was rejected before its proof is past "we have it".
    const bool acknowledgement_waited =
        (row.proof == Proof::missing || row.proof == Proof::awaited) && row.stage == Stage::review;
    give(tx, act, row);
    boost::json::object detail{{"method", name_of(method)}};
    if (!reason.empty()) detail["reason"] = reason;
    ledger::record(tx, act, key, "verified", row.id, detail);
    if (acknowledgement_waited) acknowledge(tx, act, office, row, key);
    tell(tx, office, row.account, row.id);
}

constexpr auto find_verification =
    "SELECT id, method, agent_id, sealed, at FROM verifications "
    "WHERE account_id = ? AND request_id = ? ORDER BY at DESC, id DESC LIMIT 1";

constexpr auto count_identifiers =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM identifiers WHERE account_id = ? AND request_id = ?";

constexpr auto add_identifier =
    "INSERT INTO identifiers (account_id, request_id, id, kind, proof, agent_id, sealed, at) "
    "VALUES (?, ?, ?, ?, 'attested', ?, ?, ?)";

constexpr auto find_identifiers =
    "SELECT id, kind, proof, agent_id, sealed, at FROM identifiers "
    "WHERE account_id = ? AND request_id = ? ORDER BY at, id";

void require_open(const Row& row) {
    if (row.stage != Stage::closed) return;
    throw Refusal(No::conflict, "not_in_stage", {{"stage", "closed"}});
}

void check_method(std::vector<FieldError>& errors, Method method) {
    if (method == Method::oidc || method == Method::mail_code) {
        errors.push_back({"/method", "method_not_yours"});
    }
}

}  // namespace

Uuid state_verified(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, Method method,
    std::string_view reason
) {
    std::vector<FieldError> errors;
    check_method(errors, method);
    check_text(errors, "/reason", reason, 1, reason_characters);
    if (!errors.empty()) throw Refusal(std::move(errors));
    auto row = in_hand(tx, act, id);
    require_open(row);
    const auto verification = Uuid::make();
    verify(tx, act, office, row, verification, method, trimmed(reason));
    return verification;
}

void prove(store::Tx& tx, const Act& act, const Office& office, const Row& held, Method method) {
    if (held.proof == Proof::given || held.proof == Proof::not_needed) return;
    if (held.stage == Stage::closed) return;
    auto row = in_hand(tx, act, held.id);
    verify(tx, act, office, row, Uuid::make(), method, "");
}

std::optional<Verification> verification_of(
    store::Reader& reader, const Row& row, const keys::DataKey& key
) {
    return reader.one(find_verification, {row.account, row.id}, [&](const store::Row& found) {
        Verification verification{
            found.id<Uuid>(0),
            value_of<Method>(found.text(1)),
            found.maybe_id<AgentId>(2),
            {},
            found.instant(4)};
        const auto sealed = read_json<SealedReason>(keys::open(
            key, {row.account, verification_purpose, verification.id.blob()}, found.blob(3)
        ));
        if (!sealed.reason.empty()) verification.reason = sealed.reason;
        return verification;
    });
}

Uuid attest_identifier(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, std::string_view kind,
    std::string_view value, Method method, std::string_view reason
) {
    std::vector<FieldError> errors;
    if (std::ranges::find(kinds, kind) == kinds.end()) {
        errors.push_back({"/kind", "not_one_of", {{"allowed", listed(kinds)}}});
    }
    check_text(errors, "/value", value, 1, 500);
    if (kind == "email" && !EmailAddress::parse(value)) {
        errors.push_back({"/value", "not_an_email"});
    }
    check_method(errors, method);
    check_text(errors, "/reason", reason, 1, reason_characters);
    if (!errors.empty()) throw Refusal(std::move(errors));
    const auto row = in_hand(tx, act, id);
    require_open(row);
    const auto there =
        tx.one(count_identifiers, {row.account, row.id}, [](const store::Row& found) {
            return found.integer(0);
        });
    if (there.value_or(0) >= 20) throw Refusal(No::conflict, "too_many_identifiers");
    const auto key = key_of(tx, office.keys, row);
    const auto identifier = Uuid::make();
    const SealedIdentifier sealed{std::string(trimmed(value)), std::string(trimmed(reason))};
    tx.run(
        add_identifier,
        {row.account, row.id, identifier, kind, act.agent,
         store::Blob{keys::seal(
             key, {row.account, identifier_purpose, identifier.blob()}, write_json(sealed)
         )},
         tx.now()}
    );
    ledger::record(
        tx, act, key, "identifier_attested", row.id,
        {{"kind", kind},
         {"value", sealed.value},
         {"method", name_of(method)},
         {"reason", sealed.reason}}
    );
    tell(tx, office, row.account, row.id);
    return identifier;
}

std::vector<Identifier> identifiers(
    store::Reader& reader, const Row& row, const keys::DataKey& key
) {
    return reader.all(find_identifiers, {row.account, row.id}, [&](const store::Row& found) {
        const auto id = found.id<Uuid>(0);
        const auto sealed = read_json<SealedIdentifier>(
            keys::open(key, {row.account, identifier_purpose, id.blob()}, found.blob(4))
        );
        return Identifier{
            id,
            found.string(1),
            sealed.value,
            value_of<IdentifierProof>(found.text(2)),
            found.maybe_id<AgentId>(3),
            sealed.reason,
            found.instant(5)};
    });
}

}  // namespace quittance::requests
