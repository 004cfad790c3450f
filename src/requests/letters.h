// The letters of a request: which template, filled with what, to whom. mail/ seals and sends them.
#pragma once

#include <boost/json.hpp>

#include <optional>
#include <string>

#include "base/act.h"
#include "mail/letter.h"
#include "requests/address.h"
#include "requests/office.h"
#include "requests/row.h"
#include "store/store.h"

namespace quittance::requests {

// A letter ready to be queued, with the addresses that stand in it.
struct Ready {
    mail::Prepared letter;
    RequestId request;
    std::optional<NewAddress> own_page;
};

// The letter that says "we have it", with the way to the requester's own page. The person's e-mail
// address must be there.
Ready prepare_acknowledgement(
    store::Reader& reader, const Office& office, const Row& row, const Person& person,
    const keys::DataKey& key
);
// The letter with the code, and the link when the proof has one.
Ready prepare_code(
    store::Reader& reader, const Office& office, const Row& row, const Person& person,
    const keys::DataKey& key, const NewProof& proof, Uuid letter
);
// Queues it in this Tx and tells the mail round after the commit.
void send(store::Tx& tx, const Act& act, const Office& office, const Ready& ready);

// Sends the acknowledgement now, unless the request has no e-mail address.
void acknowledge(
    store::Tx& tx, const Act& act, const Office& office, const Row& row, const keys::DataKey& key
);

struct Filled {
    std::string subject;
    std::string body;
};
// A reply's template filled with the request's own values: what would be sent. 404 when the account
// has no such living template, 422 at /template `template_not_for_type`, or
// `template_not_for_outcome` for a decision with which the request cannot be closed any more.
Filled fill_reply(
    store::Reader& reader, const Office& office, const Row& row, const Person& person,
    const keys::DataKey& key, Uuid template_id
);

// The reply, ready to be queued. To the name only once the address is proven.
mail::Prepared prepare_reply(
    const Office& office, const Row& row, const keys::DataKey& key, const std::string& to,
    const Filled& filled, LetterId letter
);

// What becomes of a request's letter, as mail tells it: an entry, and a sign to the browsers.
// Nothing for a request that has been erased meanwhile.
void letter_settled(
    store::Tx& tx, const Act& act, const Office& office, RequestId request, LetterId letter,
    std::string_view purpose, bool sent, std::string_view words
);

}  // namespace quittance::requests
