#include "requests/history.h"

#include <algorithm>
#include <array>

#include "requests/row.h"

namespace quittance::requests {
namespace {

struct Words {
    std::string_view event;
    std::string_view words;
};
constexpr std::array events{
    Words{"received", "Request received"},
    Words{"verified", "Requester verified"},
    Words{"verification_mailed", "Verification mail queued"},
    Words{"code_mailed", "Mail with a fresh code queued"},
    Words{"identifier_attested", "Identifier added"},
    Words{"assigned", "Assigned"},
    Words{"approved", "Continued to Process"},
    Words{"rejected", "Rejected"},
    Words{"attested", "Attested"},
    Words{"completed", "Continued to Reply"},
    Words{"replied", "Reply written"},
    Words{"reply_resent", "Reply sent again"},
    Words{"letter_sent", "Mail sent"},
    Words{"letter_failed", "Mail could not be delivered"},
    Words{"closed", "Closed"},
    Words{"ended", "Ended"},
};

}  // namespace

HistoryPage history(
    store::Reader& reader, const Office& office, AccountId account, RequestId id,
    std::int64_t after, int limit
) {
    const auto row = look(reader, account, id);
    const auto key = office.keys.find(reader, row.key);
    HistoryPage page{ledger::entries(reader, account, id, key, after, limit + 1), {}};
    if (page.entries.size() > static_cast<std::size_t>(limit)) {
        page.entries.resize(static_cast<std::size_t>(limit));
        page.next = page.entries.back().sequence;
    }
    return page;
}

std::string words_for(const ledger::Entry& entry) {
    const auto found = std::ranges::find(events, entry.event, &Words::event);
    return std::string(found == events.end() ? std::string_view(entry.event) : found->words);
}

}  // namespace quittance::requests
