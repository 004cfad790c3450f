// The third stage: the answer to the requester. By e-mail from a template or in the agent's own
// words, or by other means (a letter, the telephone), which is only written down.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/act.h"
#include "base/clock.h"
#include "base/id.h"
#include "requests/letters.h"
#include "requests/office.h"
#include "requests/row.h"
#include "store/store.h"

namespace quittance::requests {

// What an agent has written so far. Saved as often as they like; one per request.
struct Draft {
    std::optional<Uuid> template_;
    std::string subject;
    std::string body;
};
BOOST_DESCRIBE_STRUCT(Draft, (), (template_, subject, body))

struct SavedDraft {
    Draft draft;
    std::optional<AgentId> agent;
    Instant at;
    std::int64_t version;  // of the draft alone, for ETag and If-Match
};

// 409 `not_in_stage` outside Reply, `already_replied` once a reply is on its way; 412 `stale` when
// the draft is not the one of that version (0: there is none yet); 422 for texts that are too long.
// Empty texts are welcome in a draft.
void save_draft(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, const Draft& draft,
    std::optional<std::int64_t> if_match = {}
);
std::optional<SavedDraft> draft_of(store::Reader& reader, const Row& row, const keys::DataKey& key);

enum class SentBy { email, letter, phone, counter, other };
BOOST_DESCRIBE_ENUM(SentBy, email, letter, phone, counter, other)

// One of three: a template as it is; a text; or the statement that it went by other means.
struct ReplyOrder {
    std::optional<Uuid> template_;
    std::optional<std::string> subject;
    std::optional<std::string> body;
    std::optional<SentBy> sent_by;
    std::optional<std::string> note;  // with sent_by other than email: what, when, to whom
};
BOOST_DESCRIBE_STRUCT(ReplyOrder, (), (template_, subject, body, sent_by, note))

// Answers the requester. 409 `not_in_stage` outside Reply, `already_replied` while one is queued or
// sent; 409 `unverified` when findings would go to an address that nobody has proven; 422
// `no_email` at /sent_by, `required`, `too_long`, `not_one_of`, and those of fill_reply().
Uuid reply(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, const ReplyOrder& order
);

// Sends a reply whose letter failed once more, unchanged: to the same address, or to one of the
// request's identifiers of kind e-mail (attested or proven). Allowed after closing, too. 404; 409
// `not_failed`; 422 `address_not_proven` at /to.
Uuid send_again(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, Uuid reply,
    const std::optional<std::string>& to
);

struct Reply {
    Uuid id;
    SentBy sent_by;
    std::optional<LetterId> letter;
    std::optional<Uuid> template_;
    std::optional<AgentId> agent;
    std::string subject;
    std::string body;
    std::string note;
    Instant at;
    // queued, sent, failed (by e-mail), by_other_means.
    std::string state;
    std::optional<std::string> last_error;
};
// Oldest first.
std::vector<Reply> replies(store::Reader& reader, const Row& row, const keys::DataKey& key);

// Whether the request has been answered: a reply that is queued, sent or went by other means.
bool has_reply(store::Reader& reader, AccountId account, RequestId id);

}  // namespace quittance::requests
