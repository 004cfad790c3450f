// The list of requests, as agents see it: a page at a time, by a keyset and never by OFFSET, so the
// last page costs what the first did. Only the rows of the page are unsealed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "requests/office.h"
#include "requests/row.h"
#include "store/store.h"

namespace quittance::requests {

enum class Sort { due, received, updated };
BOOST_DESCRIBE_ENUM(Sort, due, received, updated)
enum class DueFilter { overdue, today, week };
BOOST_DESCRIBE_ENUM(DueFilter, overdue, today, week)

// Where the next page begins: after this value of the sort column and this id.
struct Position {
    std::int64_t value;
    RequestId id;
};

struct Filter {
    std::optional<Stage> stage;  // none: every open one
    // none: whatever is not parked. true: proof given. false: not given, parked ones included.
    std::optional<bool> verified;
    std::optional<Proof> proof;  // like verified: asked for, parked ones are included
    std::optional<AgentId> assignee;
    bool unassigned = false;
    std::optional<std::string> type;
    std::optional<DueFilter> due;
    Sort sort = Sort::due;  // due: soonest first; received and updated: newest first
    std::optional<Position> after;
    int limit = 50;  // 1 … 200
};

struct Line {
    Row row;
    Person person;
    bool trouble;  // a letter could not be delivered, and none has followed it
};
struct Page {
    std::vector<Line> lines;
    std::optional<Position> next;
};

// `today` is the day in the account's time zone.
Page list(
    store::Reader& reader, const Office& office, AccountId account, const Filter& filter, Day today
);

// Every request, in whatever stage, whose e-mail address is exactly `text` or whose reference it
// is; newest first, at most `limit`. The filter's stage, type and position count, if set.
Page search(
    store::Reader& reader, const Office& office, AccountId account, std::string_view text,
    const Filter& filter
);

}  // namespace quittance::requests
