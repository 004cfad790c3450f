// A map held against the live schema: what is wrong with it, what somebody should look at, and in
// which order rows go so that no foreign key is hurt.
#pragma once

#include <string>
#include <vector>

#include "base/refusal.h"
#include "sources/map.h"
#include "sources/schema.h"

namespace quittance::sources {

// A foreign key that is set to null in the frozen rows before any of them goes, because the tables
// refer to each other in a circle.
struct Cut {
    const Table* table;
    std::vector<const Column*> columns;
};

// The order in which tables are erased from; points into the map and the schema it was made of.
struct EraseOrder {
    std::vector<Cut> cuts;
    // Whether deferrable foreign keys have to wait for the end of the transaction.
    bool defer = false;
    // Of the tables to delete from: those that refer to others before those.
    std::vector<const MapTable*> removals;
};

struct MapCheck {
    // "/map/tables/2/table" and a code: unknown_table, unknown_column, not_a_table (a view),
    // no_key, not_transactional, not_nullable, does_not_fit, too_long, holds_key, in_circle,
    // hangs_on_deleted.
    std::vector<FieldError> errors;
    // Sentences: tables that hang on deleted ones and are not in the map, triggers.
    std::vector<std::string> warnings;
    EraseOrder order;  // only when there are no errors
};

// `defers` is Database::defers().
MapCheck check_map(const Map& map, const Schema& schema, bool defers);

// The order alone; nullopt with the tables of a circle that cannot be opened in `circle`.
std::optional<EraseOrder> erase_order(
    const Map& map, const Schema& schema, bool defers, std::vector<std::string>& circle
);

}  // namespace quittance::sources
