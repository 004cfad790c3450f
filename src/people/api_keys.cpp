#include "people/api_keys.h"

#include <algorithm>
#include <chrono>

#include "base/digest.h"
#include "ledger/ledger.h"
#include "people/texts.h"

namespace quittance::people {
namespace {

constexpr std::int64_t living_most = 100;
constexpr std::string_view prefix = "q_";
constexpr std::size_t token_characters = 45;

// In the order of the enumeration, each once.
std::vector<std::string> in_order(const std::vector<std::string>& scopes) {
    std::vector<std::string> ordered;
    for (const auto scope : {Scope::read, Scope::intake, Scope::write, Scope::delete_}) {
        if (std::ranges::find(scopes, name_of(scope)) != scopes.end()) {
            ordered.emplace_back(name_of(scope));
        }
    }
    return ordered;
}

std::string joined(const std::vector<std::string>& scopes) {
    std::string text;
    for (const auto& scope : scopes) text += (text.empty() ? "" : " ") + scope;
    return text;
}

std::vector<std::string> apart(std::string_view text) {
    std::vector<std::string> scopes;
    while (!text.empty()) {
        const auto word = text.substr(0, text.find(' '));
        scopes.emplace_back(word);
        text.remove_prefix(std::min(text.size(), word.size() + 1));
    }
    return scopes;
}

void check(const NewApiKey& key) {
    std::vector<FieldError> errors;
    check_line(errors, "/name", key.name, 1, 200);
    if (key.scopes.empty()) errors.push_back({"/scopes", "required"});
    for (std::size_t i = 0; i < key.scopes.size(); ++i) {
        if (scope_of(key.scopes[i])) continue;
        errors.push_back(
            {"/scopes/" + std::to_string(i),
             "not_one_of",
             {{"allowed", "read, intake, write, delete"}}}
        );
    }
    if (!errors.empty()) throw Refusal(std::move(errors));
}

constexpr auto count_living =
    "SELECT count(*) FROM api_keys WHERE account_id = ? AND archived_at IS NULL";
constexpr auto insert_key =
    "INSERT INTO api_keys (account_id, id, name, token_hash, scopes, created_by, created_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)";

}  // namespace

ApiKeyMade add_api_key(store::Tx& tx, const Act& act, keys::KeyRing& keys, const NewApiKey& key) {
    check(key);
    const auto living =
        tx.one(count_living, {act.account}, [](const store::Row& row) { return row.integer(0); });
    if (living.value_or(0) >= living_most) throw Refusal(No::conflict, "too_many");
    ApiKeyMade made{Uuid::make(), std::string(prefix) + random_token()};
    const auto digest = sha256(made.token);
    const std::string name(trimmed(key.name));
    const auto scopes = joined(in_order(key.scopes));
    tx.run(
        insert_key, {act.account, made.id, name, store::Blob{digest}, scopes, act.agent, tx.now()}
    );
    ledger::record(
        tx, act, keys.account_key(tx, act.account), "api_key_added", std::nullopt,
        {{"api_key", made.id.text()}, {"name", name}, {"scopes", scopes}}
    );
    return made;
}

#define QUITTANCE_API_KEY_COLUMNS \
    "id, name, scopes, created_by, created_at, last_used_at, archived_at"

namespace {
ApiKey key_from(const store::Row& row) {
    return {
        row.id<Uuid>(0),
        row.string(1),
        apart(row.text(2)),
        row.maybe_id<AgentId>(3),
        row.instant(4),
        row.maybe<&store::Row::instant>(5),
        row.maybe<&store::Row::instant>(6)};
}
}  // namespace

constexpr auto list_keys = "SELECT " QUITTANCE_API_KEY_COLUMNS
                           " FROM api_keys WHERE account_id = ? ORDER BY id DESC LIMIT 1000";

std::vector<ApiKey> api_keys(store::Reader& reader, AccountId account) {
    return reader.all(list_keys, {account}, key_from);
}

constexpr auto find_key =
    "SELECT " QUITTANCE_API_KEY_COLUMNS " FROM api_keys WHERE account_id = ? AND id = ?";

ApiKey api_key(store::Reader& reader, AccountId account, Uuid id) {
    auto found = reader.one(find_key, {account, id}, key_from);
    if (!found) throw Refusal(No::unknown, "not_found");
    return std::move(*found);
}

constexpr auto set_archived =
    "UPDATE api_keys SET archived_at = ? WHERE account_id = ? AND id = ? AND archived_at IS NULL";

void archive_api_key(store::Tx& tx, const Act& act, keys::KeyRing& keys, Uuid id) {
    const auto found = api_key(tx, act.account, id);
    if (tx.change(set_archived, {tx.now(), act.account, id}) != 1) {
        throw Refusal(No::conflict, "archived");
    }
    ledger::record(
        tx, act, keys.account_key(tx, act.account), "api_key_archived", std::nullopt,
        {{"api_key", id.text()}, {"name", found.name}}
    );
}

constexpr auto find_holder =
    "SELECT account_id, id, scopes, last_used_at FROM api_keys "
    "WHERE token_hash = ? AND archived_at IS NULL";
// Twice the same condition on time: of many calls in one minute one writes.
constexpr auto set_used =
    "UPDATE api_keys SET last_used_at = ? "
    "WHERE account_id = ? AND id = ? AND (last_used_at IS NULL OR last_used_at < ?)";

std::optional<KeyHolder> holder_of(const Reception& reception, std::string_view token) {
    if (token.size() != token_characters || !token.starts_with(prefix)) return std::nullopt;
    const auto digest = sha256(token);
    bool stale = false;
    Instant now;
    const auto holder = reception.store.read([&](store::Reader& reader) {
        now = reader.now();
        return reader.one(find_holder, {store::Blob{digest}}, [&](const store::Row& row) {
            KeyHolder found{{row.id<AccountId>(0), std::nullopt, row.id<Uuid>(1), Door::api}, {}};
            for (const auto& scope : apart(row.text(2))) {
                found.scopes.push_back(scope_of(scope).value());
            }
            stale = row.null(3) || now - row.instant(3) >= std::chrono::minutes(1);
            return found;
        });
    });
    if (holder && stale) {
        reception.store.write([&](store::Tx& tx) {
            tx.run(
                set_used,
                {now, holder->act.account, holder->act.key, now - std::chrono::seconds(59)}
            );
        });
    }
    return holder;
}

}  // namespace quittance::people
