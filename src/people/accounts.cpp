#include "people/accounts.h"

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "ledger/ledger.h"
#include "people/company.h"
#include "people/texts.h"
#include "people/tries.h"

namespace quittance::people {

std::vector<FieldError> flaws(const NewAccount& account) {
    std::vector<FieldError> errors;
    check_line(errors, "/account/name", account.name, 1, 200);
    check_name(errors, "/owner/name", account.owner_name);
    check_email(errors, "/owner/email", account.owner_email);
    auto password = password_flaws(
        "/owner/password", account.owner_password,
        {account.owner_name, account.owner_email, account.name}
    );
    errors.insert(errors.end(), password.begin(), password.end());
    return errors;
}

namespace {

constexpr auto insert_account = "INSERT INTO accounts (id, key_id, created_at) VALUES (?, ?, ?)";
constexpr auto insert_centre =
    "INSERT INTO privacy_centres (account_id, id, created_at) VALUES (?, ?, ?)";
constexpr auto take_slug =
    "INSERT INTO slugs (slug, account_id, centre_id) VALUES (?, ?, ?) "
    "ON CONFLICT (slug) DO NOTHING";

std::string open_default_centre(store::Tx& tx, AccountId account) {
    const auto id = Uuid::make();
    tx.run(insert_centre, {account, id, tx.now()});
    std::string slug = "privacy";
    for (int next = 2; tx.change(take_slug, {slug, account, id}) == 0; ++next) {
        slug = "privacy-" + std::to_string(next);
    }
    return slug;
}

}  // namespace

Opened open_account(
    store::Tx& tx, const Act& act, keys::KeyRing& keys, const NewAccount& account,
    const PasswordHash& hash, const Furnish& furnish
) {
    const auto key = keys.make_account_key(tx, act.account);
    tx.run(insert_account, {act.account, key.id, tx.now()});
    ledger::record(
        tx, act, key, "account_created", std::nullopt, {{"name", trimmed(account.name)}}
    );
    Company company;
    company.name = account.name;
    save_company(tx, act, keys, company, std::nullopt);
    const auto joined = add_agent(
        tx, act, keys,
        {.id = act.agent.value(),
         .name = account.owner_name,
         .email = EmailAddress::parse(account.owner_email).value(),
         .role = Role::owner,
         .hash = hash}
    );
    const auto slug = open_default_centre(tx, act.account);
    if (furnish) furnish(tx, act);
    return {act.account, joined.agent, slug};
}

constexpr auto find_any_account = "SELECT 1 FROM accounts LIMIT 1";

bool set_up_needed(store::Reader& reader) { return !reader.any(find_any_account, {}); }

namespace {

// 32 letters, five bits each; without I, O, 0 and 1, so that it can be typed from a terminal.
constexpr std::string_view code_letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
static_assert(code_letters.size() == 32);

std::string without_hyphens(std::string_view typed) {
    std::string code;
    for (const char c : typed) {
        if (c == '-' || c == ' ') continue;
        code += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    return code;
}

void require_code(const Reception& reception, const SetUp& set_up) {
    if (set_up.from_loopback) return;
    if (!set_up.code || without_hyphens(*set_up.code).empty()) {
        throw Refusal(No::forbidden, "set_up_code_needed");
    }
    reception.store.write([&](store::Tx& tx) {
        require_try(tx, reception.keys, set_up_by_network, network_of(set_up.network));
    });
    const auto code = without_hyphens(set_up_code(reception.keys));
    if (!equal_in_constant_time(code, without_hyphens(*set_up.code))) {
        throw Refusal(No::forbidden, "wrong_set_up_code");
    }
}

// The row that there is one of: whoever sets up holds it until the end.
constexpr auto lock_installation = "UPDATE installation SET one = 1 WHERE one = 1";

}  // namespace

std::string set_up_code(keys::KeyRing& keys) {
    const auto bytes = keys.installation_hash("set-up code", "");
    std::string code;
    for (std::size_t i = 0; i < 12; ++i) {
        if (i == 4 || i == 8) code += '-';
        code += code_letters[static_cast<unsigned char>(bytes[i]) % code_letters.size()];
    }
    return code;
}

SetUpDone set_up(const Reception& reception, const SetUp& set_up, const Furnish& furnish) {
    const auto require_needed = [](store::Reader& reader) {
        if (!set_up_needed(reader)) throw Refusal(No::conflict, "already_set_up");
    };
    reception.store.read(require_needed);
    require_code(reception, set_up);
    if (auto errors = flaws(set_up.account); !errors.empty()) throw Refusal(std::move(errors));
    const auto hash = hash_password(set_up.account.owner_password);
    return reception.store.write([&](store::Tx& tx) {
        tx.run(lock_installation, {});
        require_needed(tx);
        const Act act{AccountId::make(), AgentId::make(), std::nullopt, Door::web};
        auto opened = open_account(tx, act, reception.keys, set_up.account, hash, furnish);
        const auto owner = agent(tx, reception.keys, opened.account, opened.owner);
        auto session = begin_session(tx, opened.account, opened.owner, owner.person, Role::owner);
        return SetUpDone{std::move(opened), std::move(session)};
    });
}

constexpr auto find_centre =
    "SELECT s.account_id, s.centre_id, s.slug FROM slugs s JOIN privacy_centres c "
    "ON c.account_id = s.account_id AND c.id = s.centre_id "
    "WHERE s.slug = ? AND c.archived_at IS NULL";

namespace {
Centre centre_from(const store::Row& row) {
    return {row.id<AccountId>(0), row.id<Uuid>(1), row.string(2)};
}
}  // namespace

std::optional<Centre> centre_at(store::Reader& reader, std::string_view slug) {
    if (!slug_allowed(slug)) return std::nullopt;
    return reader.one(find_centre, {slug}, centre_from);
}

constexpr auto list_centres =
    "SELECT c.account_id, c.id, s.slug FROM privacy_centres c JOIN slugs s "
    "ON s.account_id = c.account_id AND s.centre_id = c.id "
    "WHERE c.account_id = ? AND c.archived_at IS NULL ORDER BY c.id, s.slug";

std::vector<Centre> centres(store::Reader& reader, AccountId account) {
    return reader.all(list_centres, {account}, centre_from);
}

bool slug_allowed(std::string_view slug) {
    constexpr std::array reserved{"app",     "api",  "health", "ready", "metrics", "demo",
                                  "confirm", "oidc", "r",      "p",     "ledger",  "assets"};
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    };
    return !slug.empty() && slug.size() <= 63 && std::ranges::all_of(slug, allowed) &&
           slug.front() != '-' && slug.back() != '-' &&
           std::ranges::find(reserved, slug) == reserved.end();
}

constexpr auto list_accounts = "SELECT id FROM accounts ORDER BY id";

std::vector<AccountId> accounts(store::Reader& reader) {
    return reader.all(list_accounts, {}, [](const store::Row& row) {
        return row.id<AccountId>(0);
    });
}

}  // namespace quittance::people
