#include "requests/attestation.h"

#include "base/email_address.h"
#include "base/json.h"
#include "base/tables.h"
#include "ledger/ledger.h"
#include "requests/stage.h"
#include "requests/texts.h"

namespace quittance::requests {
namespace {

constexpr std::string_view purpose = "attestation";

bool same_words(std::string_view a, std::string_view b) {
    return lower_case(trimmed(a)) == lower_case(trimmed(b));
}

void check_exception(
    std::vector<FieldError>& errors, std::string_view type, const Exception& exception,
    const std::string& at
) {
    check_text(errors, at + "/system", exception.system, 1, name_characters);
    const auto* ground = laws::ground(exception.ground);
    if (!ground) {
        errors.push_back({at + "/ground", "unknown_ground"});
    } else if (ground->kind != "keep" && ground->kind != "wait") {
        errors.push_back({at + "/ground", "ground_not_for_keeping"});
    } else if (!ground->is_for(type)) {
        errors.push_back({at + "/ground", "ground_not_for_type", {{"type", std::string(type)}}});
    }
    if (exception.until) check_text(errors, at + "/until", *exception.until, 1, name_characters);
}

void check(std::string_view type, const Attested& attested) {
    std::vector<FieldError> errors;
    if (!same_words(attested.statement, statement_for(type))) {
        errors.push_back(
            {"/statement", "not_the_statement", {{"statement", std::string(statement_for(type))}}}
        );
    }
    if (attested.systems) {
        if (attested.systems->size() > 100) {
            errors.push_back({"/systems", "too_many", {{"most", "100"}}});
        }
        for (std::size_t i = 0; i < attested.systems->size(); ++i) {
            const auto at = "/systems/" + std::to_string(i);
            check_text(errors, at, (*attested.systems)[i], 1, name_characters);
        }
    }
    if (attested.exceptions) {
        if (attested.exceptions->size() > 100) {
            errors.push_back({"/exceptions", "too_many", {{"most", "100"}}});
        }
        for (std::size_t i = 0; i < attested.exceptions->size(); ++i) {
            const auto at = "/exceptions/" + std::to_string(i);
            check_exception(errors, type, (*attested.exceptions)[i], at);
        }
    }
    if (!errors.empty()) throw Refusal(std::move(errors));
}

constexpr auto put_attestation =
    "INSERT INTO attestations "
    "(account_id, request_id, agent_id, statement, sealed, exceptions, at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account_id, request_id) DO UPDATE SET "
    "agent_id = excluded.agent_id, statement = excluded.statement, sealed = excluded.sealed, "
    "exceptions = excluded.exceptions, at = excluded.at";

constexpr auto find_attestation =
    "SELECT agent_id, sealed, at FROM attestations WHERE account_id = ? AND request_id = ?";

constexpr auto is_attested = "SELECT 1 FROM attestations WHERE account_id = ? AND request_id = ?";

}  // namespace

std::string_view statement_for(std::string_view type) {
    const auto* found = laws::request_type(type);
    return found ? found->statement : std::string_view{};
}

void attest(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, const Attested& attested,
    std::optional<std::int64_t> if_match
) {
    const auto row = in_hand(tx, act, id, if_match);
    require_stage(row, Stage::process);
    check(row.type, attested);
    const auto key = key_of(tx, office.keys, row);
    const auto text = write_json(attested);
    const auto exceptions = attested.exceptions ? attested.exceptions->size() : 0;
    tx.run(
        put_attestation, {row.account, id, act.agent, statement_for(row.type),
                          store::Blob{keys::seal(key, {row.account, purpose, id.blob()}, text)},
                          exceptions, tx.now()}
    );
    ledger::record(tx, act, key, "attested", id, parse_json(text).as_object());
    tell(tx, office, row.account, id);
}

std::optional<Attestation> attestation_of(
    store::Reader& reader, const Row& row, const keys::DataKey& key
) {
    return reader.one(find_attestation, {row.account, row.id}, [&](const store::Row& found) {
        const auto text = keys::open(key, {row.account, purpose, row.id.blob()}, found.blob(1));
        return Attestation{read_json<Attested>(text), found.maybe_id<AgentId>(0), found.instant(2)};
    });
}

void complete(
    store::Tx& tx, const Act& act, const Office& office, RequestId id,
    std::optional<std::int64_t> if_match
) {
    auto row = in_hand(tx, act, id, if_match);
    require_stage(row, Stage::process);
    if (!tx.any(is_attested, {row.account, id})) throw Refusal(No::conflict, "unfinished");
    take(tx, act, row, "complete");
    ledger::record(tx, act, key_of(tx, office.keys, row), "completed", id, {});
    tell(tx, office, row.account, id);
}

}  // namespace quittance::requests
