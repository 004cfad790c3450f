// How a request comes in: from the public form, from an agent at the telephone, by API key. All of
// it is checked, sealed and written before the Tx; inside are only inserts, so that many requests
// share one commit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/act.h"
#include "base/clock.h"
#include "keys/keys.h"
#include "ledger/ledger.h"
#include "requests/address.h"
#include "requests/letters.h"
#include "requests/office.h"
#include "requests/row.h"
#include "store/store.h"

namespace quittance::requests {

struct Intake {
    std::string type;
    Channel channel = Channel::web;
    std::string country;                // ISO 3166-1 alpha-2
    std::optional<std::string> region;  // ISO 3166-2, of that country
    std::string language = "en";        // BCP 47, of the page or of the one who writes
    Day received_on;
    std::optional<Uuid> centre;
    Person person;
    // false: no verification mail now (for channel api; web and email always send one).
    bool verify = true;
};

// What is wrong with it, as JSON pointers of the API's body; empty when nothing is. `today` is the
// day in the account's time zone: received_on may be tomorrow at the latest and two years ago at
// the earliest. An e-mail address is needed for web, email and api.
std::vector<FieldError> flaws(const Intake& intake, Day today);

struct Prepared {
    Row row;
    std::string email_hash;  // empty without an address
    keys::DataKey key;
    std::optional<NewAddress> received_page;  // web: where the form leads to
    std::optional<NewProof> proof;
    std::optional<Ready> letter;
    ledger::Draft entry;
};
// Throws Refusal with flaws(). Reads what letters need: the company and its templates.
Prepared prepare(const Office& office, const Act& act, const Intake& intake);

// Writes it. SqlFault 23505 when the reference is taken: prepare again.
void receive(store::Tx& tx, const Act& act, const Office& office, const Prepared& prepared);

}  // namespace quittance::requests
