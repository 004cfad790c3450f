// A letter: any mail to a person. It is sealed before the Tx, queued as a row in the same Tx as
// whatever it tells of, and goes out in a round (mail/post.h). Its words stand nowhere unsealed.
//
// Knows nothing of requests: `owner` is opaque here, and main hands over the function that tells
// the upper rooms what became of a letter.
#pragma once

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/act.h"
#include "base/clock.h"
#include "base/id.h"
#include "keys/keys.h"
#include "store/store.h"

namespace quittance::mail {

struct Letter {
    std::string to;        // one address as written
    std::string to_name;   // may be empty
    std::string subject;   // one line; CR or LF is a fault
    std::string text;      // plain text, UTF-8, "\n" between lines
    std::string language;  // "en": becomes Content-Language
};
BOOST_DESCRIBE_STRUCT(Letter, (), (to, to_name, subject, text, language))

// How often an address may be written to without its owner having shown that it is theirs:
// `capped` letters (verification, acknowledgement) go to one address at most three times an hour
// per account; what is over the cap waits in the queue. Agents' letters are not counted.
enum class Cap { none, three_an_hour };

struct Prepared {
    LetterId id;
    std::optional<Uuid> owner;
    std::string purpose;  // "acknowledgement", "verification", "reply", "invitation" …
    std::string sealed;
    std::string cap_hash;  // empty: not capped
};

// Seals. A fault when `to` is no e-mail address, when a name or the subject holds a line break or
// another control character, or when a text is no UTF-8: upper rooms check what people type.
// `key` is the owner's data key (a request's) or the account's. `id` so that an entry can
// name the letter before it is queued.
Prepared prepare(
    keys::KeyRing& keys, const keys::DataKey& key, AccountId account, LetterId id,
    std::optional<Uuid> owner, std::string_view purpose, const Letter& letter, Cap cap
);
// Puts it in the queue: state queued, due now. Wake the round after the commit.
void queue(store::Tx& tx, const Act& act, const Prepared& prepared);

// The letter as it was written. Throws keys::Unsealable, and Refusal `erased` (404) once its key is
// destroyed.
Letter open(
    store::Reader& reader, keys::KeyRing& keys, AccountId account, LetterId id,
    std::string_view sealed
);

// Somebody asks for another try: a failed letter is queued again with its tries counted anew, a
// waiting one is due now. 404 when the account has no such letter, 409 `letter_not_waiting` once it
// is sent or while it is being sent. Wake the round after the commit.
void retry(store::Tx& tx, const Act& act, LetterId id);

// Settled or still waiting, as pages show it.
struct Standing {
    LetterId id;
    std::string purpose;
    std::string state;  // queued, sent, failed
    std::int64_t attempts;
    // "code: words for people", no personal data: "no_mail_server: No mail server is set up yet."
    std::optional<std::string> last_error;
    std::optional<Instant> next_at;
    std::optional<Instant> settled_at;
};
// The letters of one owner, oldest first, at most 200.
std::vector<Standing> letters_of(store::Reader& reader, AccountId account, Uuid owner);
// How many letters of the account wait and how many failed: for the settings page.
struct Backlog {
    std::int64_t queued = 0;
    std::int64_t failed = 0;
};
Backlog backlog(store::Reader& reader, AccountId account);

}  // namespace quittance::mail
