#include "store/postgres_store.h"
#include "store/sqlite_store.h"

namespace quittance::store {

std::unique_ptr<Store> open(const Options& options) {
    constexpr std::string_view sqlite = "sqlite:";
    const std::string_view url = options.url;
    if (url.starts_with(sqlite) && url.size() > sqlite.size()) {
        return open_sqlite(std::string(url.substr(sqlite.size())), options);
    }
    if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
        return open_postgres(options);
    }
    throw std::runtime_error(
        "The database must be given as sqlite:FILE or postgresql://…, and it is neither."
    );
}

}  // namespace quittance::store
