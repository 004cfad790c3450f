// PostgreSQL behind the store: a pool of connections, and the writers of the grouped lane.
#pragma once

#include "store/store.h"

namespace quittance::store {

// Throws std::runtime_error with one sentence for the operator.
std::unique_ptr<Store> open_postgres(const Options& options);

}  // namespace quittance::store
