// "Request history": every entry of a request, oldest first, with who, when and through which door.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "ledger/ledger.h"
#include "requests/office.h"
#include "store/store.h"

namespace quittance::requests {

struct HistoryPage {
    std::vector<ledger::Entry> entries;
    std::optional<std::int64_t> next;  // the last sequence of this page, when more follow
};
// The entries after sequence `after`, at most `limit` (1 … 200). 404 for an unknown request.
HistoryPage history(
    store::Reader& reader, const Office& office, AccountId account, RequestId id,
    std::int64_t after, int limit
);

// What happened, in words: "Requester verified: by mail". For people, never for programs; holds no
// word that anybody typed. Of an erased request only the first half remains.
std::string words_for(const ledger::Entry& entry);

}  // namespace quittance::requests
