// Everything the page of one request shows, read at once.
#pragma once

#include <optional>
#include <vector>

#include "requests/attestation.h"
#include "requests/office.h"
#include "requests/reply.h"
#include "requests/row.h"
#include "requests/stage.h"
#include "requests/verification.h"
#include "store/store.h"

namespace quittance::requests {

struct View {
    Row row;
    Person person;
    std::optional<Verification> verification;
    std::vector<Identifier> identifiers;
    std::vector<Exit> exits;
    std::optional<Attestation> attestation;
    std::optional<SavedDraft> draft;
    std::vector<Reply> replies;
    std::vector<Decision> possible_decisions;  // empty outside Reply
};

// 404 when the account has no such request or it has been erased.
View view(store::Reader& reader, const Office& office, AccountId account, RequestId id);

}  // namespace quittance::requests
