// Accounts: set-up of the first one from the browser, further ones by command, and how an account
// is found from its privacy centre.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/act.h"
#include "base/id.h"
#include "keys/keys.h"
#include "people/password.h"
#include "people/reception.h"
#include "people/session.h"
#include "store/store.h"

namespace quittance::people {

// What upper rooms add to a new account in the same Tx (default templates): main hands it over.
using Furnish = std::function<void(store::Tx&, const Act&)>;

struct NewAccount {
    std::string name;  // of the company
    std::string owner_name;
    std::string owner_email;
    std::string owner_password;
};
struct Opened {
    AccountId account;
    AgentId owner;
    std::string slug;  // "privacy", or "privacy-2" … where taken
};

// 422 with JSON pointers of the contract: /account/name, /owner/name, /owner/email,
// /owner/password.
std::vector<FieldError> flaws(const NewAccount& account);

// Opens an account: key, company, owner, default privacy centre. `act.account` and `act.agent` are
// fresh ids and become the account and its owner. The owner may be a person of another account:
// they keep their password. Check flaws() and hash the password before. Entries account_created,
// agent_joined.
Opened open_account(
    store::Tx& tx, const Act& act, keys::KeyRing& keys, const NewAccount& account,
    const PasswordHash& hash, const Furnish& furnish
);

bool set_up_needed(store::Reader& reader);
// The code that set-up from anywhere but loopback needs, e.g. "K7QM-2FJX-9PTD": made of the key
// file, so it is the same on every node and after every start. 60 bits, guessing is throttled.
std::string set_up_code(keys::KeyRing& keys);

struct SetUp {
    NewAccount account;
    std::optional<std::string> code;  // typed in any case, with or without hyphens
    bool from_loopback = false;
    std::string network;  // the client's address
};
struct SetUpDone {
    Opened opened;
    NewSession session;  // the owner is signed in
};
// The first account. 409 `already_set_up`, also for the second of two at the same moment; 403
// `set_up_code_needed`, `wrong_set_up_code`; 429; 422.
SetUpDone set_up(const Reception& reception, const SetUp& set_up, const Furnish& furnish);

struct Centre {
    AccountId account;
    Uuid id;
    std::string slug;
};
// The privacy centre at /{slug}, unless archived. Exact, lower case.
std::optional<Centre> centre_at(store::Reader& reader, std::string_view slug);
// The living ones of an account, oldest first.
std::vector<Centre> centres(store::Reader& reader, AccountId account);
// Whether a slug could ever be one: 1 to 63 of a–z, 0–9 and hyphens inside, and not reserved
// (DESIGN 4: app, api, health …).
bool slug_allowed(std::string_view slug);

// Every account, for rounds and commands.
std::vector<AccountId> accounts(store::Reader& reader);

}  // namespace quittance::people
