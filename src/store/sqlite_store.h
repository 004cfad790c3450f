// SQLite behind the store: one writer thread that commits whatever queued while the last fsync ran,
// and readers on connections of their own.
#pragma once

#include "store/store.h"

namespace quittance::store {

// Throws std::runtime_error with one sentence for the operator.
std::unique_ptr<Store> open_sqlite(const std::string& file, const Options& options);

}  // namespace quittance::store
