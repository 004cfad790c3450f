// How to reach a database that is a source. Fields, never a URL or a connection string: nothing a
// technician types can switch on an option of the client library.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "http/dial.h"
#include "sources/connector.h"
#include "sources/database.h"

namespace quittance::sources {

// A file below one of Surroundings::folders, which must exist.
struct SqliteSettings {
    std::string file;
};
BOOST_DESCRIBE_STRUCT(SqliteSettings, (), (file))

enum class Tls {
    verify,   // the certificate must be the host's, by a known authority
    encrypt,  // any certificate: safe against listening, not against somebody in between
    off,      // only inside networks that the operator named, and by Unix socket
};
BOOST_DESCRIBE_ENUM(Tls, verify, encrypt, off)

struct ServerSettings {
    // A name or an address; or the path of a Unix socket's folder (PostgreSQL) or of the socket
    // (MySQL), below one of Surroundings::folders.
    std::string host;
    std::optional<int> port;  // 1 to 65535; by default 5432 and 3306
    std::string database;
    std::string login;
    std::optional<std::string> password;
    std::optional<Tls> tls;  // by default verify
};
BOOST_DESCRIBE_STRUCT(ServerSettings, (), (host, port, database, login, password, tls))

// What the operator allows, the same for all sources.
struct Surroundings {
    std::vector<http::Network> networks;  // private ones in which a database may stand
    std::vector<std::string> folders;     // in which SQLite files and Unix sockets may be
    std::string data_folder;              // ours: never a source
    std::string authorities = "/etc/ssl/certs/ca-certificates.crt";  // PEM, whom TLS trusts
    http::Resolver resolver = http::look_up;
};

// They connect, and throw Trouble: `setting` when it is not allowed.
std::unique_ptr<Database> open_sqlite(
    const SqliteSettings& settings, const Surroundings& surroundings, const Limits& limits
);
std::unique_ptr<Database> open_postgresql(
    const ServerSettings& settings, const Surroundings& surroundings, const Limits& limits
);
std::unique_ptr<Database> open_mysql(
    const ServerSettings& settings, const Surroundings& surroundings, const Limits& limits
);

// What both servers check before they dial. The addresses to connect to; empty for a Unix socket.
// Throws Trouble `setting`, or `unreachable` for a name that leads nowhere.
std::vector<std::string> addresses_of(
    const ServerSettings& settings, const Surroundings& surroundings
);
// The real path of a file or folder, when it lies below one of the listed folders and not in ours,
// whatever links lead there. Throws Trouble `setting`.
std::string path_below(const std::string& path, const Surroundings& surroundings);

}  // namespace quittance::sources
