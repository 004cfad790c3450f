// Through which server an account's letters go, and under which name: settings area "mail", sealed
// under the account key. The password goes in and never comes out again.
#pragma once

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/act.h"
#include "base/refusal.h"
#include "keys/keys.h"
#include "mail/mime.h"
#include "mail/smtp.h"
#include "store/store.h"

namespace quittance::mail {

struct From {
    std::string address;
    std::string name;  // up to 200 characters; may be empty
};
BOOST_DESCRIBE_STRUCT(From, (), (address, name))

// What an owner types.
struct SettingsOrder {
    std::string host;
    int port = 587;
    Security security = Security::starttls;
    std::optional<std::string> sign_in;  // the name to sign in with; absent: no sign-in
    // Absent: the one that is stored stays, as long as host, port and name stay the same.
    std::optional<std::string> password;
    From from;
    std::optional<std::string> reply_to;
};
BOOST_DESCRIBE_STRUCT(SettingsOrder, (), (host, port, security, sign_in, password, from, reply_to))

struct Settings {
    SmtpServer server;
    Sender sender;
};

// What pages show.
struct SettingsView {
    std::string host;
    int port = 587;
    Security security = Security::starttls;
    std::optional<std::string> sign_in;
    bool has_password = false;
    From from;
    std::optional<std::string> reply_to;
};
BOOST_DESCRIBE_STRUCT(
    SettingsView, (), (host, port, security, sign_in, has_password, from, reply_to)
)

// nullopt while nobody has set up a mail server.
std::optional<Settings> find_settings(
    store::Reader& reader, keys::KeyRing& keys, AccountId account
);
SettingsView view_of(const Settings& settings);
// For ETag and If-Match; 0 while there are none.
std::int64_t settings_version(store::Reader& reader, AccountId account);

// Field errors as JSON pointers: /host `not_a_host`; /port `out_of_range`; /security
// `only_on_loopback` for none; /sign_in, /password and /from/name `too_long` or `one_line`;
// /password `required` where there is a name to sign in with but no password to keep (`stored` is
// what is in force; a stored password never goes to another host); /from/address and /reply_to
// `not_an_email`.
std::vector<FieldError> flaws(const SettingsOrder& order, const std::optional<Settings>& stored);

// 422 with flaws(); 412 `stale`. Entry `settings_changed`. Letters that wait become due, so wake
// the round after the commit.
void save_settings(
    store::Tx& tx, const Act& act, keys::KeyRing& keys, const SettingsOrder& order,
    std::optional<std::int64_t> if_match
);

}  // namespace quittance::mail
