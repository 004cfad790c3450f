#include "requests/history.h"

#include <algorithm>
#include <array>

#include "base/tables.h"
#include "requests/row.h"

namespace quittance::requests {
namespace {

struct Words {
    std::string_view id;
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
constexpr std::array methods{
    Words{"mail_code", "by mail"},
    Words{"oidc", "by signing in"},
    Words{"known_to_agent", "known to the agent"},
    Words{"document", "by a document"},
    Words{"representative", "through a representative"},
};
constexpr std::array ways{
    Words{"email", "by e-mail"},   Words{"letter", "by letter"},     Words{"phone", "by telephone"},
    Words{"counter", "in person"}, Words{"other", "by other means"},
};
constexpr std::array decisions{
    Words{"granted", "granted"},     Words{"partly", "granted in part"},
    Words{"refused", "refused"},     Words{"nothing_found", "nothing found"},
    Words{"withdrawn", "withdrawn"}, Words{"requester", "withdrawn by the requester"},
    Words{"spam", "spam"},           Words{"expired", "expired"},
};

// The words for an id; the id itself when an older or newer version wrote another one.
template <class Table>
std::string named(const Table& table, std::string_view id) {
    const auto found = std::ranges::find(table, id, &Words::id);
    return std::string(found == table.end() ? id : found->words);
}

// The member of an entry's detail that says the most about it, in words; "" when there is none or
// the detail is erased.
std::string particulars(const ledger::Entry& entry) {
    if (!entry.detail) return "";
    const auto text = [&](std::string_view member) -> std::string {
        const auto* found = entry.detail->if_contains(member);
        return found && found->is_string() ? std::string(found->get_string()) : "";
    };
    if (entry.event == "verified") return named(methods, text("method"));
    if (entry.event == "replied") return named(ways, text("sent_by"));
    if (entry.event == "rejected") {
        const auto* ground = laws::ground(text("ground"));
        return ground ? std::string(ground->name) : text("ground");
    }
    if (entry.event == "closed" || entry.event == "ended") {
        return named(decisions, text(text("by") == "requester" ? "by" : "decision"));
    }
    if (entry.event == "letter_sent" || entry.event == "letter_failed") return text("purpose");
    return "";
}

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
    auto words = named(events, entry.event);
    const auto more = particulars(entry);
    return more.empty() ? words : words + ": " + more;
}

}  // namespace quittance::requests
