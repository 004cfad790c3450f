#include <cstdio>
#include <filesystem>

#include "commands.h"
#include "house.h"
#include "keys/keys.h"
#include "people/accounts.h"
#include "store/migrate.h"

namespace quittance {
namespace {

void say(const char* what, const std::string& value) {
    std::printf("%-12s %s\n", what, value.c_str());
}

// Whether there is a database to look at: opening a SQLite file would make it.
bool database_exists(const Configuration& configuration) {
    constexpr std::string_view sqlite = "sqlite:";
    return !configuration.database.starts_with(sqlite) ||
           std::filesystem::exists(configuration.database.substr(sqlite.size()));
}

}  // namespace

int check(const Configuration& configuration) {
    say("data", configuration.data);
    say("listen", configuration.listen);
    say("public url", configuration.public_url.empty() ? "http://" + configuration.listen
                                                       : configuration.public_url);
    if (!database_exists(configuration)) {
        say("database", "none yet; the first start makes it");
        return 0;
    }
    auto store = store::open({.url = configuration.database, .connections_max = 2});
    const auto newest = store::migrations().back().number;
    const auto there = store::schema_version(*store);
    say("database", "schema " + std::to_string(there) + " of " + std::to_string(newest));
    if (there > newest) {
        throw std::runtime_error("The database is newer than this program. Use the newer one.");
    }
    if (there == 0) return 0;
    const auto keys = keys::KeyRing::load(configuration.keys, /*may_create=*/false);
    keys->bind(*store);
    say("keys", "they belong to this database");
    const auto accounts = store->read(people::accounts);
    say("companies", std::to_string(accounts.size()));
    return 0;
}

}  // namespace quittance
