#include "ledger/ledger.h"

#include "base/digest.h"
#include "base/json.h"
#include "base/log.h"

namespace quittance::ledger {
namespace {

constexpr std::string_view purpose = "entry";
constexpr std::size_t salt_bytes = 32;

constexpr auto insert_entry =
    "INSERT INTO entries "
    "(account_id, id, request_id, event, at, agent_id, key_id, door, commitment, sealed) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

}  // namespace

Draft draft(
    const keys::DataKey& key, AccountId account, std::string_view event,
    std::optional<RequestId> request, const boost::json::object& detail
) {
    const auto id = Uuid::make();
    const auto salted = random_bytes(salt_bytes) + canonical(detail);
    return {
        .id = id,
        .event = std::string(event),
        .request = request,
        .commitment = sha256(salted),
        .sealed = keys::seal(key, {account, purpose, id.blob()}, salted),
    };
}

void record(store::Tx& tx, const Act& act, const Draft& draft) {
    tx.run(
        insert_entry,
        {act.account, draft.id, draft.request, draft.event, tx.now(), act.agent, act.key,
         name_of(act.door), store::Blob{draft.commitment}, store::Blob{draft.sealed}}
    );
}

void record(
    store::Tx& tx, const Act& act, const keys::DataKey& key, std::string_view event,
    std::optional<RequestId> request, const boost::json::object& detail
) {
    record(tx, act, draft(key, act.account, event, request, detail));
}

namespace {

constexpr auto list_entries =
    "SELECT sequence, id, event, at, agent_id, key_id, door, commitment, sealed FROM entries "
    "WHERE account_id = ? AND request_id = ? AND sequence > ? ORDER BY sequence LIMIT ?";

boost::json::object open_detail(
    const keys::DataKey& key, AccountId account, const Entry& entry, std::string_view sealed
) {
    const auto salted = keys::open(key, {account, purpose, entry.id.blob()}, sealed);
    if (salted.size() < salt_bytes || sha256(salted) != entry.commitment) {
        throw std::runtime_error("an entry's detail does not match its commitment");
    }
    return parse_json(std::string_view(salted).substr(salt_bytes)).as_object();
}

Entry entry_from(
    const store::Row& row, AccountId account, const std::optional<keys::DataKey>& key
) {
    Entry entry{
        .sequence = row.integer(0),
        .id = row.id<Uuid>(1),
        .event = row.string(2),
        .at = row.instant(3),
        .agent = row.maybe_id<AgentId>(4),
        .key = row.maybe_id<Uuid>(5),
        .door = row.string(6),
        .commitment = row.bytes(7),
        .detail = std::nullopt,
    };
    if (!key) return entry;
    try {
        entry.detail = open_detail(*key, account, entry, row.blob(8));
    } catch (const std::exception& fault) {
        log::error(
            "a ledger entry was changed after it was written",
            {{"entry", entry.id.text()}, {"sequence", entry.sequence}, {"cause", fault.what()}}
        );
        throw;
    }
    return entry;
}

}  // namespace

std::vector<Entry> entries(
    store::Reader& reader, AccountId account, RequestId request,
    const std::optional<keys::DataKey>& key, std::int64_t after, int limit
) {
    return reader.all(list_entries, {account, request, after, limit}, [&](const store::Row& row) {
        return entry_from(row, account, key);
    });
}

}  // namespace quittance::ledger
