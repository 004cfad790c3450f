#include "configuration.h"

#include <unistd.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <boost/url/parse.hpp>
#include <charconv>
#include <functional>
#include <string_view>

#include "http/address.h"

namespace quittance {
namespace {

using Set = std::function<void(Configuration&, const std::vector<std::string>&)>;

struct Key {
    bool list;
    Set set;
};

Set text(std::string Configuration::*member) {
    return [member](Configuration& c, const auto& values) { c.*member = values.at(0); };
}

Set texts(std::vector<std::string> Configuration::*member) {
    return [member](Configuration& c, const auto& values) { c.*member = values; };
}

Set number(int Configuration::*member, int least, int most) {
    return [=](Configuration& c, const auto& values) {
        const auto& value = values.at(0);
        int parsed = 0;
        const auto end = value.data() + value.size();
        const auto [stop, error] = std::from_chars(value.data(), end, parsed);
        if (error != std::errc() || stop != end || parsed < least || parsed > most) {
            throw BadConfiguration(
                "must be a whole number from " + std::to_string(least) + " to " +
                std::to_string(most)
            );
        }
        c.*member = parsed;
    };
}

const std::map<std::string, Key>& keys() {
    static const std::map<std::string, Key> all{
        {"data", {false, text(&Configuration::data)}},
        {"database", {false, text(&Configuration::database)}},
        {"listen", {false, text(&Configuration::listen)}},
        {"keys", {false, text(&Configuration::keys)}},
        {"public_url", {false, text(&Configuration::public_url)}},
        {"trusted_proxies", {true, texts(&Configuration::trusted_proxies)}},
        {"mail_networks", {true, texts(&Configuration::mail_networks)}},
        {"workers", {false, number(&Configuration::workers, 1, 1024)}},
        {"database_connections", {false, number(&Configuration::database_connections, 1, 256)}},
    };
    return all;
}

std::string known_keys() {
    std::string names;
    for (const auto& [name, key] : keys()) names += (names.empty() ? "" : ", ") + name;
    return names;
}

std::string place(const std::string& file, const YAML::Mark& mark) {
    return file + ", line " + std::to_string(mark.line + 1);
}

std::vector<std::string> values_of(const YAML::Node& node, bool list) {
    if (!list) {
        if (!node.IsScalar()) throw BadConfiguration("must be one value");
        return {node.Scalar()};
    }
    if (!node.IsSequence() || node.size() > 100) {
        throw BadConfiguration("must be a list of at most 100 values");
    }
    std::vector<std::string> values;
    for (const auto& one : node) values.push_back(one.as<std::string>());
    return values;
}

void read_entry(
    Configuration& configuration, const std::string& file, const YAML::Node& name,
    const YAML::Node& value
) {
    const auto key = name.as<std::string>();
    const auto found = keys().find(key);
    if (found == keys().end()) {
        throw BadConfiguration(
            place(file, name.Mark()) + ": there is no key \"" + key + "\". The keys are " +
            known_keys() + "."
        );
    }
    try {
        found->second.set(configuration, values_of(value, found->second.list));
    } catch (const BadConfiguration& bad) {
        throw BadConfiguration(place(file, value.Mark()) + ": " + key + " " + bad.what() + ".");
    }
}

void read_file(Configuration& configuration, const std::string& file) {
    YAML::Node root;
    try {
        root = YAML::LoadFile(file);
    } catch (const YAML::BadFile&) {
        throw BadConfiguration("The configuration file " + file + " cannot be read.");
    } catch (const YAML::ParserException& bad) {
        throw BadConfiguration(place(file, bad.mark) + ": " + bad.msg + ".");
    }
    if (root.IsNull()) return;
    if (!root.IsMap()) throw BadConfiguration(file + ": must be a list of keys and values.");
    for (const auto& entry : root) read_entry(configuration, file, entry.first, entry.second);
}

std::vector<std::string> split_at_commas(const std::string& value) {
    std::vector<std::string> parts;
    std::size_t from = 0;
    while (from <= value.size()) {
        const auto comma = std::min(value.find(',', from), value.size());
        const auto first = value.find_first_not_of(' ', from);
        const auto last = value.find_last_not_of(' ', comma == 0 ? 0 : comma - 1);
        if (first < comma) parts.push_back(value.substr(first, last - first + 1));
        from = comma + 1;
    }
    return parts;
}

constexpr std::string_view prefix = "QUITTANCE_";

void read_variable(
    Configuration& configuration, const std::string& name, const std::string& value
) {
    auto key = name.substr(prefix.size());
    std::ranges::transform(key, key.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto found = keys().find(key);
    if (found == keys().end()) {
        throw BadConfiguration(
            "The environment variable " + name + " names no key. The keys are " + known_keys() + "."
        );
    }
    try {
        const auto values = found->second.list ? split_at_commas(value) : std::vector{value};
        found->second.set(configuration, values);
    } catch (const BadConfiguration& bad) {
        throw BadConfiguration("The environment variable " + name + " " + bad.what() + ".");
    }
}

void check_network(const std::string& key, const std::string& network) {
    if (http::Network::parse(network)) return;
    throw BadConfiguration(
        key + ": \"" + network + "\" is no network such as 10.0.0.0/8 or fd00::/8."
    );
}

void check_public_url(const std::string& public_url) {
    const auto parsed = boost::urls::parse_uri(public_url);
    const bool fine = parsed && (parsed->scheme() == "https" || parsed->scheme() == "http") &&
                      !parsed->encoded_host().empty() && !parsed->has_userinfo() &&
                      parsed->encoded_path().empty() && !parsed->has_query() &&
                      !parsed->has_fragment();
    if (!fine) {
        throw BadConfiguration(
            "public_url must be a scheme and a host, such as https://privacy.example.com, not \"" +
            public_url + "\"."
        );
    }
    const auto host = std::string(parsed->encoded_host());
    if (parsed->scheme() == "http" && !is_loopback(host + ":0")) {
        throw BadConfiguration(
            "public_url must begin with https:// (http:// is for this machine only): people type "
            "personal data there."
        );
    }
}

}  // namespace

std::map<std::string, std::string> environment() {
    std::map<std::string, std::string> all;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view line(*entry);
        const auto equals = line.find('=');
        if (equals != std::string_view::npos) {
            all.emplace(line.substr(0, equals), line.substr(equals + 1));
        }
    }
    return all;
}

Configuration configuration(
    const std::optional<std::string>& file, const std::map<std::string, std::string>& environment
) {
    Configuration configuration;
    if (file) read_file(configuration, *file);
    for (const auto& [name, value] : environment) {
        if (!name.starts_with(prefix) || name.starts_with("QUITTANCE_TEST_")) continue;
        read_variable(configuration, name, value);
    }
    return configuration;
}

bool is_loopback(const std::string& listen) {
    const auto host = listen.substr(0, listen.rfind(':'));
    return host == "localhost" || host == "[::1]" || host == "::1" ||
           (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos);
}

Configuration settled(Configuration configuration) {
    auto& c = configuration;
    if (c.data.empty()) throw BadConfiguration("data must name a folder.");
    if (c.database.empty()) c.database = "sqlite:" + c.data + "/quittance.db";
    if (c.keys.empty()) c.keys = c.data + "/keys";
    if (c.listen.rfind(':') == std::string::npos) {
        throw BadConfiguration(
            "listen must be HOST:PORT, such as 127.0.0.1:8080, not \"" + c.listen + "\"."
        );
    }
    for (const auto& network : c.mail_networks) check_network("mail_networks", network);
    for (const auto& network : c.trusted_proxies) check_network("trusted_proxies", network);
    while (c.public_url.ends_with('/')) c.public_url.pop_back();
    if (!c.public_url.empty()) {
        check_public_url(c.public_url);
    } else if (!is_loopback(c.listen)) {
        throw BadConfiguration(
            "public_url must be set when the server listens on " + c.listen +
            ": links in mails are built from it. Example: --public-url https://privacy.example.com"
        );
    }
    return configuration;
}

}  // namespace quittance
