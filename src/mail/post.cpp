#include "mail/post.h"

#include <array>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>

#include "base/log.h"

namespace quittance::mail {
namespace {

using namespace std::chrono_literals;

// Longer than any letter may take (Dialling::letter), so a lease that is over has no holder.
constexpr auto lease_lasts = 5min;
constexpr auto cap_window = 1h;
constexpr std::size_t cap_letters = 3;
// Settings that arrive wake the letters at once; this is only how often we look.
constexpr auto wait_without_server = 10min;

constexpr std::string_view no_mail_server = "no_mail_server: No mail server is set up yet.";
// Under what name letters are caught before anybody has set up a mail server.
const Sender nobody_yet{"privacy@quittance.example", {}, {}};
constexpr std::string_view capped =
    "capped: This address has had three letters in the last hour; the next one waits.";

constexpr auto accounts_with_due_letters =
    "SELECT DISTINCT account_id FROM letters WHERE state = 'queued' AND next_at <= ? "
    "AND (leased_until IS NULL OR leased_until <= ?) LIMIT 256";

// The condition stands twice on purpose: on PostgreSQL a second post office that waited for the row
// re-checks only the outer WHERE.
constexpr auto lease_letter =
    "UPDATE letters SET attempts = attempts + 1, leased_until = ? "
    "WHERE account_id = ? AND id = (SELECT id FROM letters WHERE account_id = ? "
    "AND state = 'queued' AND next_at <= ? AND (leased_until IS NULL OR leased_until <= ?) "
    "ORDER BY next_at, id LIMIT 1) "
    "AND state = 'queued' AND next_at <= ? AND (leased_until IS NULL OR leased_until <= ?) "
    "RETURNING id, owner_id, purpose, sealed, cap_hash, attempts, leased_until";

constexpr auto newest_of_the_hour =
    "SELECT settled_at FROM letters WHERE account_id = ? AND cap_hash = ? AND state = 'sent' "
    "AND settled_at > ? ORDER BY settled_at DESC LIMIT 3";

// Not a try: nobody was asked.
constexpr auto put_back =
    "UPDATE letters SET attempts = attempts - 1, leased_until = NULL, next_at = ?, "
    "last_error = ? WHERE account_id = ? AND id = ?";

constexpr auto settle_letter =
    "UPDATE letters SET state = ?, next_at = ?, leased_until = NULL, last_error = ?, "
    "settled_at = ? WHERE account_id = ? AND id = ? AND state = 'queued' AND attempts = ? "
    "AND leased_until = ?";

constexpr auto wait_for_server =
    "UPDATE letters SET next_at = ?, leased_until = NULL, last_error = ? "
    "WHERE account_id = ? AND state = 'queued' AND next_at <= ? "
    "AND (leased_until IS NULL OR leased_until <= ?)";

constexpr auto free_leases =
    "UPDATE letters SET leased_until = NULL WHERE state = 'queued' AND leased_until IS NOT NULL";

Act act_of_the_round(AccountId account) { return {account, {}, {}, Door::round}; }

Written written_for(std::string_view purpose) {
    return purpose == "reply" ? Written::by_hand : Written::by_quittance;
}

// Whatever else goes wrong, even with settling: nobody gets the same letter for ever.
Outcome given_up() {
    return {Outcome::Kind::never, "given_up: All tries have been used up.", false};
}

// When the oldest of the last three letters of this hour leaves it; nullopt below the cap.
std::optional<Instant> free_again(store::Tx& tx, AccountId account, std::string_view cap_hash) {
    const auto sent = tx.all(
        newest_of_the_hour, {account, store::Blob{cap_hash}, tx.now() - cap_window},
        [](const store::Row& row) { return row.instant(0); }
    );
    if (sent.size() < cap_letters) return std::nullopt;
    return sent.back() + cap_window;
}

}  // namespace

struct Post::Lease {
    LetterId id;
    std::optional<Uuid> owner;
    std::string purpose;
    std::string sealed;
    std::string cap_hash;
    std::int64_t attempts;
    Instant until;
};

// One thread for each account that is being served.
struct Post::Lanes {
    std::mutex mutex;
    std::condition_variable ended;
    std::map<AccountId, std::thread> running;
    std::vector<AccountId> done;
    std::exception_ptr fault;
};

std::optional<std::chrono::milliseconds> wait_after(std::int64_t attempts) {
    static constexpr std::array<std::chrono::milliseconds, 4> first{1min, 5min, 30min, 2h};
    // 2 h 36 min of short waits and eleven long ones: the last try is 68.6 hours after the first,
    // another one would be past three days.
    constexpr std::int64_t long_waits = 11;
    if (attempts < 1) return 0ms;
    const auto index = static_cast<std::size_t>(attempts - 1);
    if (index < first.size()) return first[index];
    if (attempts <= std::int64_t(first.size()) + long_waits) return 6h;
    return std::nullopt;
}

Post::Post(store::Store& store, keys::KeyRing& keys, Settled settled, PostOptions options)
    : store_(store),
      keys_(keys),
      settled_(std::move(settled)),
      options_(std::move(options)),
      lanes_(std::make_unique<Lanes>()) {}

Post::~Post() {
    stop_ = true;
    for (auto& [account, thread] : lanes_->running) thread.join();
}

bool Post::round() {
    const auto due = store_.read([](store::Reader& reader) {
        return reader.all(
            accounts_with_due_letters, {reader.now(), reader.now()},
            [](const store::Row& row) { return row.id<AccountId>(0); }
        );
    });
    std::unique_lock lock(lanes_->mutex);
    for (const auto account : due) {
        if (lanes_->running.size() >= std::size_t(options_.accounts_at_once)) break;
        if (lanes_->running.contains(account)) continue;
        lanes_->running[account] = std::thread([this, account] {
            std::exception_ptr fault;
            try {
                serve(account);
            } catch (...) {
                fault = std::current_exception();
            }
            const std::lock_guard inner(lanes_->mutex);
            if (fault) lanes_->fault = fault;
            lanes_->done.push_back(account);
            lanes_->ended.notify_all();
        });
    }
    if (lanes_->running.empty()) return false;
    // Not until all have ended: meanwhile another account's letters may have become due.
    lanes_->ended.wait_for(lock, 250ms, [this] { return !lanes_->done.empty(); });
    for (const auto account : std::exchange(lanes_->done, {})) {
        lanes_->running[account].join();
        lanes_->running.erase(account);
    }
    if (auto fault = std::exchange(lanes_->fault, nullptr)) std::rethrow_exception(fault);
    return true;
}

void Post::serve(AccountId account) {
    const auto act = act_of_the_round(account);
    const auto settings =
        store_.read([&](store::Reader& reader) { return find_settings(reader, keys_, account); });
    if (!settings && !options_.instead) {
        store_.write([&](store::Tx& tx) {
            tx.run(
                wait_for_server,
                {tx.now() + wait_without_server, no_mail_server, account, tx.now(), tx.now()}
            );
        });
        return;
    }
    std::optional<SmtpConnection> connection;
    if (!options_.instead) connection.emplace(settings->server, options_.dialling, stop_);
    const auto sender = settings ? settings->sender : nobody_yet;
    // What one letter learned about the server holds for those behind it, too; they are not
    // dialled.
    std::optional<Outcome> broken;
    while (!stop_) {
        const auto lease = store_.write([&](store::Tx& tx) { return lease_one(tx, act); });
        if (!lease) return;
        auto* open_connection = connection ? &*connection : nullptr;
        const auto outcome = broken ? *broken
                             : !wait_after(lease->attempts - 1)
                                 ? given_up()
                                 : deliver(*lease, account, sender, open_connection);
        if (outcome.server_wide) broken = outcome;
        settle(act, *lease, outcome);
    }
}

std::optional<Post::Lease> Post::lease_one(store::Tx& tx, const Act& act) {
    const auto now = tx.now();
    for (;;) {
        auto lease = tx.one(
            lease_letter, {now + lease_lasts, act.account, act.account, now, now, now, now},
            [](const store::Row& row) {
                return Lease{
                    row.id<LetterId>(0),
                    row.maybe_id<Uuid>(1),
                    row.string(2),
                    row.bytes(3),
                    row.null(4) ? std::string() : row.bytes(4),
                    row.integer(5),
                    row.instant(6)};
            }
        );
        if (!lease || lease->cap_hash.empty()) return lease;
        const auto free = free_again(tx, act.account, lease->cap_hash);
        if (!free) return lease;
        tx.run(put_back, {*free, capped, act.account, lease->id});
    }
}

Outcome Post::deliver(
    const Lease& lease, AccountId account, const Sender& sender, SmtpConnection* connection
) {
    Outgoing outgoing{lease.id, account, lease.purpose, sender, {}};
    try {
        outgoing.letter = store_.read([&](store::Reader& reader) {
            return open(reader, keys_, account, lease.id, lease.sealed);
        });
    } catch (const Refusal&) {
        return {
            Outcome::Kind::never, "erased: The request was erased before the letter went out.",
            false};
    } catch (const keys::Unsealable& fault) {
        log::error("a letter cannot be opened", {{"letter", lease.id.text()}});
        return {Outcome::Kind::never, "unreadable: The stored letter is damaged.", false};
    }
    if (!connection) return options_.instead(outgoing);
    const auto message =
        mime_of(outgoing.letter, sender, written_for(lease.purpose), lease.id, store_.clock());
    return connection->send(
        wire_address(sender.address), wire_address(outgoing.letter.to), message
    );
}

void Post::settle(const Act& act, const Lease& lease, const Outcome& outcome) {
    try {
        store_.write([&](store::Tx& tx) {
            if (!settle_in(tx, act, lease, outcome)) return;
            const bool sent = outcome.kind == Outcome::Kind::sent;
            settled_(tx, act, lease.owner, lease.id, lease.purpose, sent, outcome.words);
        });
    } catch (const Refusal& refusal) {
        // The owner is gone. That must not keep the letter in the queue, to be sent again.
        const auto id = lease.id.text();
        log::warning("nobody wants to know of a letter", {{"letter", id}, {"code", refusal.code}});
        store_.write([&](store::Tx& tx) { settle_in(tx, act, lease, outcome); });
    }
}

bool Post::settle_in(store::Tx& tx, const Act& act, const Lease& lease, const Outcome& outcome) {
    using Kind = Outcome::Kind;
    const auto wait = outcome.kind == Kind::later ? wait_after(lease.attempts) : std::nullopt;
    const bool sent = outcome.kind == Kind::sent;
    const auto state = sent ? "sent" : wait ? "queued" : "failed";
    const auto next = wait ? std::optional(tx.now() + *wait) : std::nullopt;
    const auto settled = wait ? std::nullopt : std::optional(tx.now());
    const auto words = sent ? std::nullopt : std::optional<std::string>(outcome.words);
    const auto changed = tx.change(
        settle_letter,
        {state, next, words, settled, act.account, lease.id, lease.attempts, lease.until}
    );
    return changed == 1 && !wait;
}

Outcome Post::send_test(AccountId account, const Letter& letter) {
    const auto settings =
        store_.read([&](store::Reader& reader) { return find_settings(reader, keys_, account); });
    const auto id = LetterId::make();
    if (options_.instead) {
        const auto sender = settings ? settings->sender : nobody_yet;
        return options_.instead({id, account, "test", sender, letter});
    }
    if (!settings) return {Outcome::Kind::later, std::string(no_mail_server), true};
    SmtpConnection connection(settings->server, options_.dialling, stop_);
    const auto message =
        mime_of(letter, settings->sender, Written::by_quittance, id, store_.clock());
    return connection.send(
        wire_address(settings->sender.address), wire_address(letter.to), message
    );
}

void Post::release_leases(store::Tx& tx) { tx.run(free_leases, {}); }

}  // namespace quittance::mail
