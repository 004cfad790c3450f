// Brings a database to the schema this program was built with. The steps are the numbered files of
// schema/migrations, embedded in the binary and written in the common text of store/dialect.h. Each
// is one transaction; the table `migrations` remembers it with a checksum. On PostgreSQL an
// advisory lock lets one node at a time do it.
#pragma once

#include <span>

#include "store/store.h"

namespace quittance::store {

struct Migration {
    int number;             // from 1, without gaps
    std::string_view name;  // "the_house"
    std::string_view sql;
};

// What this program knows, in order.
std::span<const Migration> migrations();

// Runs what is missing and returns how many that were. Throws std::runtime_error with one sentence
// for the operator when the database is newer than this program, or when a migration that it
// remembers is not the one we know.
int migrate(Store& store, std::span<const Migration> known = migrations());

// The number of the newest migration that the database has had; 0 for an empty one. Only reads.
int schema_version(Store& store);

}  // namespace quittance::store
