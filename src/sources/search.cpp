#include "sources/search.h"

#include <fmt/format.h>

#include <algorithm>

namespace quittance::sources {

RecordId id_of(const Table& table, const Database::Row& row) {
    RecordId id;
    for (std::size_t i = 0; i < table.key.size(); ++i) {
        if (!row.at(i)) {
            throw Trouble(
                Trouble::Kind::refused,
                "A row of " + table.name + " has a primary key that is null, so it cannot be named."
            );
        }
        id.push_back(*row[i]);
    }
    return id;
}

std::string words_of(const std::vector<FieldError>& errors) {
    if (errors.empty()) return {};
    std::string words = "The map does not fit the database";
    const char* between = ": ";
    for (const auto& error : errors) {
        words += between + error.at + " " + error.code;
        for (const auto& [name, value] : error.params) {
            words += fmt::format(" ({} {})", name, value);
        }
        between = ", ";
    }
    return words + ". Correct the map.";
}

Finding search(
    Database& database, const Schema& schema, const Map& map, const Subject& subject,
    const Limits& limits, const Watch& watch
) {
    const Statements statements(database, schema, map);
    std::vector<FrozenTable> tables;
    MissingIdentifier missing;
    std::size_t left = limits.records_max;
    for (const auto& rule : map.tables) {
        watch.look();
        const auto sql = statements.find(rule, subject, left + 1);
        if (!sql) {
            for (const auto& [kind, column] : rule.find) {
                if (std::ranges::find(missing.kinds, kind) == missing.kinds.end()) {
                    missing.kinds.push_back(kind);
                }
            }
            continue;
        }
        const auto rows = database.rows(*sql);
        if (rows.size() > left) {
            return Failed{fmt::format(
                "More than {} rows belong to this one person; that looks wrong. Look at the map "
                "near {}, or raise the limit.",
                limits.records_max, rule.table
            )};
        }
        left -= rows.size();
        const auto& table = statements.table_of(rule.table);
        auto& found = tables.emplace_back(FrozenTable{rule.table, rule.action, {}});
        for (const auto& row : rows) found.ids.push_back(id_of(table, row));
    }
    // Half a search is no plan.
    if (!missing.kinds.empty()) return missing;
    auto frozen = Frozen::of(map.digest(), std::move(tables));
    if (!frozen) return NothingFound{};
    return std::move(*frozen);
}

}  // namespace quittance::sources
