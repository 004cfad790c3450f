// The map of a database source: in which tables a person's rows are, how they hang together and
// what becomes of them. Written by a technician, kept as JSON (CONTRACT: POST /sources):
//
//   {"tables": [
//     {"table": "customer", "find": {"email": "email"}, "do": "delete"},
//     {"table": "invoice", "via": {"column": "customer_id", "table": "customer",
//      "references": "id"}, "do": "anonymise", "anonymise": [{"column": "city", "with": "null"}]},
//     {"table": "ledger", "via": {…}, "do": "keep", "ground": "tax law", "until": "2036-12-31"}]}
//
// "column" and "references" of a composite key are lists. A table stands in the map once; `via`
// names a table further up, so the tables form a tree whose roots are found by identifiers.
#pragma once

#include <boost/describe.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "sources/frozen.h"

namespace quittance::sources {

struct Via {
    std::vector<std::string> columns;
    std::string table;
    std::vector<std::string> references;
};

enum class With {
    null,
    text,        // a fixed one
    random,      // fits the column, differs from row to row, says nothing about what was there
    keyed_hash,  // of what was there: equal values stay equal. Pseudonymises, does not erase
};
BOOST_DESCRIBE_ENUM(With, null, text, random, keyed_hash)

struct Anonymise {
    std::string column;
    With with = With::null;
    std::optional<std::string> text{};
};
BOOST_DESCRIBE_STRUCT(Anonymise, (), (column, with, text))

struct MapTable {
    std::string table;
    std::map<std::string, std::string> find{};  // kind of identifier → column
    std::optional<Via> via{};
    Action action = Action::keep;
    std::vector<Anonymise> anonymise{};
    std::string ground{};  // of what is kept
    std::optional<Day> until{};
};

struct Map {
    std::vector<MapTable> tables;  // 1 to 200

    const MapTable* find(std::string_view table) const;
    // All kinds of identifiers that any table is found by.
    std::vector<std::string> kinds() const;
    // SHA-256 over the JSON in one spelling: what Frozen::definition() holds.
    std::string digest() const;
};

// Reads the member `map`, wrong fields at "/map/…". What can be known without the database is
// checked here, the rest in map_check.h. Throws Refusal `invalid_fields`.
Map read_map(const RawJson& json);
RawJson json_of(const Map& map);

}  // namespace quittance::sources
