// The words in which SQLite and PostgreSQL differ, and nothing else. Pure functions over one common
// text; strings, quoted names and comments pass through untouched.
//
//   common text                                SQLite                            PostgreSQL
//   ?                                          ?                                 $1, $2 …
//   ?::bigint                                  ?                                 $1::bigint
//   COLLATE "C"                                (nothing: it is the default)      COLLATE "C"
// and in a schema also
//   BIGINT, BYTEA                              INTEGER, BLOB                     as they are
//   BIGINT GENERATED ALWAYS AS IDENTITY
//     PRIMARY KEY                              INTEGER PRIMARY KEY AUTOINCREMENT as it is
//   CREATE TABLE … );                          … ) STRICT;                       as it is
//   CREATE TABLE … ); -- clustered             … ) STRICT, WITHOUT ROWID;        as it is
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace quittance::store {

// One statement of a read or a write, as the database wants it.
std::string query_for(Dialect dialect, std::string_view common);

// The statements of a migration, one string each, without comments and without their semicolons.
std::vector<std::string> schema_for(Dialect dialect, std::string_view common);

}  // namespace quittance::store
