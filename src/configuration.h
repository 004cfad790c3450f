// What the operator decides. One YAML file, every key also as QUITTANCE_… in the environment
// (`mail_networks` is QUITTANCE_MAIL_NETWORKS, a list with commas); the command line wins over the
// environment, the environment over the file. An unknown key is an error with its line.
#pragma once

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace quittance {

struct Configuration {
    // Holds the SQLite file and, unless `keys` says otherwise, the key file.
    std::string data = "var";
    // "sqlite:FILE" or "postgresql://…". Empty: sqlite:<data>/quittance.db.
    std::string database;
    // HOST:PORT; port 0 takes a free one.
    std::string listen = "127.0.0.1:8080";
    // The key file. Empty: <data>/keys.
    std::string keys;
    // How the world reaches us: "https://privacy.example.com". Empty: the listening address, which
    // is allowed on loopback only.
    std::string public_url;
    // Addresses or networks (CIDR) whose X-Forwarded-For is believed.
    std::vector<std::string> trusted_proxies;
    // Private networks (CIDR) in which a mail server may stand.
    std::vector<std::string> mail_networks;
    int workers = 64;
    int database_connections = 16;
};

// Says in one sentence what is wrong, with file and line or the variable's name.
class BadConfiguration : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// `file`: path of the YAML file, or nullopt for none. `environment`: names and values; only those
// that begin with QUITTANCE_ are looked at. `QUITTANCE_TEST_…` belongs to the tests and is ignored.
Configuration configuration(
    const std::optional<std::string>& file, const std::map<std::string, std::string>& environment
);

// The names of this process's environment.
std::map<std::string, std::string> environment();

// Fills what is empty (database, keys) and checks what hangs together: the address that is listened
// on, the public URL (scheme, no path), that a public URL is there unless we listen on loopback.
// Throws BadConfiguration.
Configuration settled(Configuration configuration);

// Whether HOST of HOST:PORT is 127.0.0.0/8, localhost or ::1.
bool is_loopback(const std::string& listen);

}  // namespace quittance
