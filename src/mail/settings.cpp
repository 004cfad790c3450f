#include "mail/settings.h"

#include "base/email_address.h"
#include "base/json.h"
#include "http/reach.h"
#include "ledger/ledger.h"

namespace quittance::mail {
namespace {

constexpr std::string_view seal_purpose = "mail settings";

// As stored, sealed.
struct Record {
    std::string host;
    int port;
    Security security;
    std::string sign_in;
    std::string password;
    From from;
    std::string reply_to;
};
BOOST_DESCRIBE_STRUCT(Record, (), (host, port, security, sign_in, password, from, reply_to))

constexpr auto find_record = "SELECT sealed FROM settings WHERE account_id = ? AND area = 'mail'";

constexpr auto find_version = "SELECT version FROM settings WHERE account_id = ? AND area = 'mail'";

constexpr auto change_record =
    "UPDATE settings SET sealed = ?, version = version + 1, updated_at = ?, updated_by = ? "
    "WHERE account_id = ? AND area = 'mail' AND version = ?";

constexpr auto add_record =
    "INSERT INTO settings (account_id, area, sealed, version, updated_at, updated_by) "
    "VALUES (?, 'mail', ?, 1, ?, ?) ON CONFLICT (account_id, area) DO NOTHING";

constexpr auto wake_letters =
    "UPDATE letters SET next_at = ? WHERE account_id = ? AND state = 'queued' AND next_at > ? "
    "AND (leased_until IS NULL OR leased_until <= ?)";

bool is_host(std::string_view host) {
    if (host.empty() || host.size() > 253) return false;
    if (http::reach_of(host) != http::Reach::nowhere) return true;
    const bool letters = std::ranges::all_of(host, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '.';
    });
    const bool only_numbers = host.find_first_not_of("0123456789.") == std::string_view::npos;
    return letters && !only_numbers && host.front() != '.' && host.front() != '-' &&
           host.find("..") == std::string_view::npos;
}

void check_line(
    std::vector<FieldError>& errors, std::string_view at, std::string_view text, std::size_t most
) {
    const bool control =
        std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
    if (control || !normal_form_c(text)) {
        errors.push_back({std::string(at), "one_line"});
    } else if (characters(text) > most) {
        errors.push_back({std::string(at), "too_long", {{"most", std::to_string(most)}}});
    }
}

bool has_sign_in(const SettingsOrder& order) { return order.sign_in && !order.sign_in->empty(); }

// A stored password is shown to nobody, and that goes for other servers, too.
bool keeps_password(const SettingsOrder& order, const std::optional<Settings>& stored) {
    return !order.password && has_sign_in(order) && stored && !stored->server.password.empty() &&
           stored->server.host == order.host && stored->server.port == order.port &&
           stored->server.sign_in == *order.sign_in &&
           (stored->server.security != Security::none) == (order.security != Security::none);
}

Record record_of(const SettingsOrder& order, const std::optional<Settings>& stored) {
    Record record{
        order.host, order.port, order.security, {}, {}, order.from, order.reply_to.value_or("")};
    record.from.address = EmailAddress::parse(order.from.address)->written;
    record.from.name = std::string(trimmed(order.from.name));
    if (!record.reply_to.empty()) record.reply_to = EmailAddress::parse(record.reply_to)->written;
    if (has_sign_in(order)) {
        record.sign_in = *order.sign_in;
        record.password =
            keeps_password(order, stored) ? stored->server.password : order.password.value_or("");
    }
    return record;
}

}  // namespace

std::optional<Settings> find_settings(
    store::Reader& reader, keys::KeyRing& keys, AccountId account
) {
    const auto sealed =
        reader.one(find_record, {account}, [](const store::Row& row) { return row.bytes(0); });
    if (!sealed) return std::nullopt;
    const auto key = keys.account_key(reader, account);
    const auto record =
        read_json<Record>(keys::open(key, {account, seal_purpose, account.blob()}, *sealed));
    return Settings{
        .server =
            {record.host, static_cast<std::uint16_t>(record.port), record.security, record.sign_in,
             record.password},
        .sender = {record.from.address, record.from.name, record.reply_to}};
}

SettingsView view_of(const Settings& settings) {
    const auto& [server, sender] = settings;
    const auto maybe = [](const std::string& text) {
        return text.empty() ? std::nullopt : std::optional(text);
    };
    return {
        server.host,
        server.port,
        server.security,
        maybe(server.sign_in),
        !server.password.empty(),
        {sender.address, sender.name},
        maybe(sender.reply_to)};
}

std::int64_t settings_version(store::Reader& reader, AccountId account) {
    return reader.one(
                     find_version, {account}, [](const store::Row& row) { return row.integer(0); }
    ).value_or(0);
}

std::vector<FieldError> flaws(const SettingsOrder& order, const std::optional<Settings>& stored) {
    std::vector<FieldError> errors;
    if (!is_host(order.host)) errors.push_back({"/host", "not_a_host"});
    if (order.port < 1 || order.port > 65535) errors.push_back({"/port", "out_of_range"});
    if (order.security == Security::none && !is_loopback(order.host)) {
        errors.push_back({"/security", "only_on_loopback"});
    }
    if (order.sign_in) check_line(errors, "/sign_in", *order.sign_in, 200);
    if (order.password) check_line(errors, "/password", *order.password, 1000);
    const bool no_password = !order.password || order.password->empty();
    if (has_sign_in(order) && no_password && !keeps_password(order, stored)) {
        errors.push_back({"/password", "required"});
    }
    if (!EmailAddress::parse(order.from.address)) {
        errors.push_back({"/from/address", "not_an_email"});
    }
    check_line(errors, "/from/name", order.from.name, 200);
    if (order.reply_to && !order.reply_to->empty() && !EmailAddress::parse(*order.reply_to)) {
        errors.push_back({"/reply_to", "not_an_email"});
    }
    return errors;
}

void save_settings(
    store::Tx& tx, const Act& act, keys::KeyRing& keys, const SettingsOrder& order,
    std::optional<std::int64_t> if_match
) {
    const auto version = settings_version(tx, act.account);
    if (if_match && *if_match != version) throw Refusal(No::stale, "stale");
    const auto stored = find_settings(tx, keys, act.account);
    if (auto errors = flaws(order, stored); !errors.empty()) throw Refusal(std::move(errors));
    const auto key = keys.account_key(tx, act.account);
    const auto record = record_of(order, stored);
    const auto sealed =
        keys::seal(key, {act.account, seal_purpose, act.account.blob()}, write_json(record));
    const auto changed =
        version == 0
            ? tx.change(add_record, {act.account, store::Blob{sealed}, tx.now(), act.agent})
            : tx.change(
                  change_record, {store::Blob{sealed}, tx.now(), act.agent, act.account, version}
              );
    if (changed != 1) throw Refusal(No::stale, "stale");
    ledger::record(
        tx, act, key, "settings_changed", std::nullopt,
        {{"area", "mail"},
         {"host", record.host},
         {"port", record.port},
         {"security", to_json(record.security)},
         {"from", record.from.address},
         {"password_changed", !stored || stored->server.password != record.password}}
    );
    tx.run(wake_letters, {tx.now(), act.account, tx.now(), tx.now()});
}

}  // namespace quittance::mail
