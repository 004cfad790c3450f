// The live schema of MySQL and MariaDB out of information_schema: all databases of the server that
// the login can see, since foreign keys lead across them.
#pragma once

#include "sources/database.h"

namespace quittance::sources {

// Throws Trouble.
Schema read_mysql_schema(Database& database);

}  // namespace quittance::sources
