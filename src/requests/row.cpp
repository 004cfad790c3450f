#include "requests/row.h"

#include "base/json.h"

namespace quittance::requests {
namespace {

constexpr std::string_view purpose = "request";

constexpr auto find_request =
    "SELECT " QUITTANCE_REQUEST_COLUMNS " FROM requests WHERE account_id = ? AND id = ?";

// An UPDATE that returns the row is the one way to lock a row that both databases have.
constexpr auto lock_request =
    "UPDATE requests SET version = version + 1, updated_at = ? "
    "WHERE account_id = ? AND id = ? RETURNING " QUITTANCE_REQUEST_COLUMNS;

constexpr auto hold_request =
    "UPDATE requests SET version = version "
    "WHERE account_id = ? AND id = ? RETURNING " QUITTANCE_REQUEST_COLUMNS;

}  // namespace

Row row_from(AccountId account, const store::Row& row) {
    return {
        .account = account,
        .id = row.id<RequestId>(0),
        .reference = row.string(1),
        .type = row.string(2),
        .channel = value_of<Channel>(row.text(3)),
        .country = row.string(4),
        .region = row.maybe<&store::Row::string>(5),
        .language = row.string(6),
        .centre = row.maybe_id<Uuid>(7),
        .received_on = row.day(8),
        .received_at = row.instant(9),
        .due_on = row.day(10),
        .due_law = row.maybe<&store::Row::string>(11),
        .due_rule = row.string(12),
        .stage = value_of<Stage>(row.text(13)),
        .proof = value_of<Proof>(row.text(14)),
        .parked = row.boolean(15),
        .decision = row.null(16) ? std::nullopt : find_value<Decision>(row.text(16)),
        .ground = row.maybe<&store::Row::string>(17),
        .assignee = row.maybe_id<AgentId>(18),
        .key = row.id<KeyId>(19),
        .sealed = row.bytes(20),
        .version = row.integer(21),
        .updated_at = row.instant(22),
        .closed_at = row.maybe<&store::Row::instant>(23),
    };
}

Row look(store::Reader& reader, AccountId account, RequestId id) {
    auto found = reader.one(find_request, {account, id}, [&](const store::Row& row) {
        return row_from(account, row);
    });
    if (!found) throw Refusal(No::unknown, "not_found");
    return std::move(*found);
}

Row in_hand(store::Tx& tx, const Act& act, RequestId id, std::optional<std::int64_t> if_match) {
    auto found = tx.one(lock_request, {tx.now(), act.account, id}, [&](const store::Row& row) {
        return row_from(act.account, row);
    });
    if (!found) throw Refusal(No::unknown, "not_found");
    if (if_match && found->version != *if_match + 1) throw Refusal(No::stale, "stale");
    return std::move(*found);
}

Row hold(store::Tx& tx, const Act& act, RequestId id) {
    auto found = tx.one(hold_request, {act.account, id}, [&](const store::Row& row) {
        return row_from(act.account, row);
    });
    if (!found) throw Refusal(No::unknown, "not_found");
    return std::move(*found);
}

keys::DataKey key_of(store::Reader& reader, keys::KeyRing& keys, const Row& row) {
    auto key = keys.find(reader, row.key);
    if (!key) throw Refusal(No::unknown, "not_found");
    return std::move(*key);
}

Person person_of(const keys::DataKey& key, const Row& row) {
    return read_json<Person>(keys::open(key, {row.account, purpose, row.id.blob()}, row.sealed));
}

std::string seal_person(
    const keys::DataKey& key, AccountId account, RequestId id, const Person& person
) {
    return keys::seal(key, {account, purpose, id.blob()}, write_json(person));
}

void require_stage(const Row& row, Stage stage) {
    if (row.stage == stage) return;
    throw Refusal(No::conflict, "not_in_stage", {{"stage", std::string(name_of(row.stage))}});
}

}  // namespace quittance::requests
