#include "sources/database_settings.h"

#include <algorithm>
#include <filesystem>

namespace quittance::sources {
namespace {

bool lies_in(const std::filesystem::path& path, const std::string& folder) {
    std::error_code failed;
    const auto real = std::filesystem::canonical(folder, failed);
    if (failed) return false;
    const auto [end, at] = std::mismatch(real.begin(), real.end(), path.begin(), path.end());
    return end == real.end();
}

[[noreturn]] void refuse(const std::string& words) { throw Trouble(Trouble::Kind::setting, words); }

void check_fields(const ServerSettings& settings) {
    for (const auto* field : {&settings.host, &settings.database, &settings.login}) {
        if (field->empty() || field->size() > 255) {
            refuse("Host, database and login are needed, each at most 255 bytes.");
        }
        // What stands behind a null byte would be lost on the way to the client library.
        if (std::ranges::any_of(*field, [](unsigned char c) { return c < 0x20 || c == 0x7F; })) {
            refuse("Host, database and login hold no control characters.");
        }
    }
    if (settings.port && (*settings.port < 1 || *settings.port > 65535)) {
        refuse("The port is a number from 1 to 65535.");
    }
    if (settings.password && settings.password->find('\0') != std::string::npos) {
        refuse("The password cannot hold a null byte.");
    }
    // A list of hosts would be resolved by the library, behind the check.
    if (settings.host[0] != '/' && settings.host.find_first_of(",/@ ") != std::string::npos) {
        refuse("The host is one name or one address.");
    }
}

}  // namespace

std::string path_below(const std::string& path, const Surroundings& surroundings) {
    std::error_code failed;
    const auto real = std::filesystem::canonical(path, failed);
    const bool listed = !failed && std::ranges::any_of(surroundings.folders, [&](const auto& one) {
        return lies_in(real, one);
    });
    // One answer for "is not there" and "not listed": nobody learns what else the machine has.
    if (!listed || path.find('\0') != std::string::npos) {
        refuse(
            "There is no such file in the folders that the operator of this server lists for "
            "sources (QUITTANCE_SOURCE_FOLDERS)."
        );
    }
    if (!surroundings.data_folder.empty() && lies_in(real, surroundings.data_folder)) {
        refuse("The data folder of Quittance itself cannot be a source.");
    }
    return real.string();
}

std::vector<std::string> addresses_of(
    const ServerSettings& settings, const Surroundings& surroundings
) {
    check_fields(settings);
    if (settings.host[0] == '/') return {};
    std::vector<std::string> found;
    try {
        for (const auto& address :
             http::addresses_to_dial(settings.host, surroundings.networks, surroundings.resolver)) {
            const bool outside = http::reach_of(address.text()) == http::Reach::everywhere;
            if (outside && settings.tls == Tls::off) {
                refuse("Without TLS only databases in the operator's own networks are reached.");
            }
            found.push_back(address.text());
        }
    } catch (const http::DialRefused& refused) {
        const bool unknown = refused.why == http::DialRefused::Why::unknown_host;
        throw Trouble(
            unknown ? Trouble::Kind::unreachable : Trouble::Kind::setting, refused.what()
        );
    }
    return found;
}

}  // namespace quittance::sources
