#include "sources/schema.h"

#include <algorithm>

namespace quittance::sources {

const Column* Table::find(std::string_view column) const {
    const auto found = std::ranges::find(columns, column, &Column::name);
    return found == columns.end() ? nullptr : &*found;
}

bool Table::is_key(std::string_view column) const {
    return std::ranges::find(key, column) != key.end();
}

const Table* Schema::find(std::string_view table) const {
    const auto found = std::ranges::find(tables, table, &Table::name);
    return found == tables.end() ? nullptr : &*found;
}

bool is_our_own(const Schema& schema) {
    // Of another database schema of the same server, too: its name then stands in front.
    const auto has = [&](std::string_view name) {
        return std::ranges::any_of(schema.tables, [&](const Table& table) {
            return table.name == name || table.name.ends_with("." + std::string(name));
        });
    };
    return has("key_wraps") && has("stage_exits") && has("count_deltas");
}

}  // namespace quittance::sources
