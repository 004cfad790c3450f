#include "requests/list.h"

#include <algorithm>
#include <limits>

#include "base/email_address.h"
#include "requests/reference.h"

namespace quittance::requests {
namespace {

#define QUITTANCE_LINE_COLUMNS                                                               \
    QUITTANCE_REQUEST_COLUMNS                                                                \
    ", w.epoch, w.wrapped, EXISTS ("                                                         \
    "SELECT 1 FROM letters l WHERE l.account_id = requests.account_id "                      \
    "AND l.owner_id = requests.id AND l.state = 'failed' AND NOT EXISTS ("                   \
    "SELECT 1 FROM letters n WHERE n.account_id = l.account_id AND n.owner_id = l.owner_id " \
    "AND n.purpose = l.purpose AND n.id > l.id)) "                                           \
    "FROM requests JOIN key_wraps w ON w.id = key_id "
#define QUITTANCE_LINE_FILTER                                               \
    "WHERE requests.account_id = ? AND stage = ? AND parked = ? "           \
    "AND (?::text IS NULL OR type = ?) AND (?::text IS NULL OR proof = ?) " \
    "AND (?::text IS NULL OR proof <> ?) "                                  \
    "AND (?::bytea IS NULL OR assignee_id = ?) "                            \
    "AND (?::bigint = 0 OR assignee_id IS NULL) AND due_on >= ? AND due_on <= ? "
#define QUITTANCE_SEARCH_FILTER                                             \
    "AND (?::text IS NULL OR stage = ?) AND (?::text IS NULL OR type = ?) " \
    "AND requests.id < ? ORDER BY requests.id DESC LIMIT ?"

constexpr auto by_due = "SELECT " QUITTANCE_LINE_COLUMNS QUITTANCE_LINE_FILTER
                        "AND (due_on, requests.id) > (?, ?) ORDER BY due_on, requests.id LIMIT ?";

constexpr auto by_received =
    "SELECT " QUITTANCE_LINE_COLUMNS QUITTANCE_LINE_FILTER
    "AND (received_on, requests.id) < (?, ?) ORDER BY received_on DESC, requests.id DESC LIMIT ?";

constexpr auto by_updated =
    "SELECT " QUITTANCE_LINE_COLUMNS QUITTANCE_LINE_FILTER
    "AND (updated_at, requests.id) < (?, ?) ORDER BY updated_at DESC, requests.id DESC LIMIT ?";

constexpr auto by_email =
    "SELECT " QUITTANCE_LINE_COLUMNS
    "WHERE requests.account_id = ? AND email_hash = ? " QUITTANCE_SEARCH_FILTER;

constexpr auto by_reference =
    "SELECT " QUITTANCE_LINE_COLUMNS
    "WHERE requests.account_id = ? AND reference = ? " QUITTANCE_SEARCH_FILTER;

constexpr auto never = std::numeric_limits<std::int64_t>::max();

Uuid highest_id() {
    Uuid id;
    id.bytes.fill(0xff);
    return id;
}

std::string_view query_for(Sort sort) {
    switch (sort) {
        case Sort::received:
            return by_received;
        case Sort::updated:
            return by_updated;
        case Sort::due:
            break;
    }
    return by_due;
}

std::int64_t sort_value(const Row& row, Sort sort) {
    switch (sort) {
        case Sort::received:
            return day_number(row.received_on);
        case Sort::updated:
            return row.updated_at.ms;
        case Sort::due:
            break;
    }
    return day_number(row.due_on);
}

// A row as it was found, with what unseals it.
struct Found {
    Row row;
    std::int64_t epoch;
    std::string wrapped;
    bool trouble;
};

Found found_from(const store::Row& row, AccountId account) {
    return {
        row_from(account, row), row.integer(request_columns), row.bytes(request_columns + 1),
        row.boolean(request_columns + 2)};
}

bool comes_before(const Found& a, const Found& b, Sort sort) {
    const auto one = std::pair(sort_value(a.row, sort), a.row.id);
    const auto other = std::pair(sort_value(b.row, sort), b.row.id);
    return sort == Sort::due ? one < other : other < one;
}

Line unsealed(Found found, const Office& office) {
    const auto key =
        office.keys.unwrap(found.row.account, found.row.key, found.epoch, found.wrapped);
    auto person = person_of(key, found.row);
    return {std::move(found.row), std::move(person), found.trouble};
}

struct Days {
    std::int64_t first = 0;
    std::int64_t last = never;
};
Days days_of(std::optional<DueFilter> due, Day today) {
    if (!due) return {std::numeric_limits<std::int64_t>::min(), never};
    const auto now = day_number(today);
    switch (*due) {
        case DueFilter::overdue:
            return {std::numeric_limits<std::int64_t>::min(), now - 1};
        case DueFilter::today:
            return {now, now};
        case DueFilter::week:
            break;
    }
    return {now, now + 6};
}

// The index begins with stage and parked, so the list is one short query for each pair.
void read_part(
    store::Reader& reader, AccountId account, const Filter& filter, Day today, Stage stage,
    bool parked, std::vector<Found>& found
) {
    using Text = std::optional<std::string_view>;
    const Text type = filter.type ? Text(*filter.type) : Text();
    Text proof = filter.proof ? Text(name_of(*filter.proof)) : Text();
    if (filter.verified == true) proof = name_of(Proof::given);
    const Text not_proof = filter.verified == false ? Text(name_of(Proof::given)) : Text();
    const auto days = days_of(filter.due, today);
    const bool rising = filter.sort == Sort::due;
    const auto value = filter.after ? filter.after->value
                       : rising     ? std::numeric_limits<std::int64_t>::min()
                                    : never;
    const auto id = filter.after ? filter.after->id.uuid : rising ? Uuid{} : highest_id();
    reader.each(
        query_for(filter.sort),
        {account, name_of(stage), parked ? 1 : 0, type, type, proof, proof, not_proof, not_proof,
         filter.assignee, filter.assignee, filter.unassigned ? 1 : 0, days.first, days.last, value,
         id, filter.limit + 1},
        [&](const store::Row& row) { found.push_back(found_from(row, account)); }
    );
}

// Unseals what is on the page and nothing else.
Page page_of(std::vector<Found> found, const Office& office, Sort sort, int limit) {
    Page page;
    if (found.size() > static_cast<std::size_t>(limit)) {
        found.erase(found.begin() + limit, found.end());
        page.next = Position{sort_value(found.back().row, sort), found.back().row.id};
    }
    page.lines.reserve(found.size());
    for (auto& one : found) page.lines.push_back(unsealed(std::move(one), office));
    return page;
}

}  // namespace

Page list(
    store::Reader& reader, const Office& office, AccountId account, const Filter& filter, Day today
) {
    std::vector<Found> found;
    const bool parked_too = filter.verified == false || filter.proof.has_value();
    for (const auto stage : {Stage::review, Stage::process, Stage::reply, Stage::closed}) {
        if (filter.stage ? *filter.stage != stage : stage == Stage::closed) continue;
        read_part(reader, account, filter, today, stage, false, found);
        if (!parked_too || stage == Stage::closed) continue;
        read_part(reader, account, filter, today, stage, true, found);
    }
    std::ranges::sort(found, [&](const Found& a, const Found& b) {
        return comes_before(a, b, filter.sort);
    });
    return page_of(std::move(found), office, filter.sort, filter.limit);
}

Page search(
    store::Reader& reader, const Office& office, AccountId account, std::string_view text,
    const Filter& filter
) {
    using Text = std::optional<std::string_view>;
    const Text stage = filter.stage ? Text(name_of(*filter.stage)) : Text();
    const Text type = filter.type ? Text(*filter.type) : Text();
    const auto before = filter.after ? filter.after->id.uuid : highest_id();
    std::vector<Found> found;
    const auto add = [&](const store::Row& row) { found.push_back(found_from(row, account)); };
    if (const auto email = EmailAddress::parse(text)) {
        const auto hash = office.keys.account_hash(account, "email look-up", email->normal);
        reader.each(
            by_email,
            {account, store::Blob{hash}, stage, stage, type, type, before, filter.limit + 1}, add
        );
    } else if (const auto reference = parse_reference(text)) {
        reader.each(
            by_reference, {account, *reference, stage, stage, type, type, before, filter.limit + 1},
            add
        );
    }
    return page_of(std::move(found), office, Sort::received, filter.limit);
}

}  // namespace quittance::requests
