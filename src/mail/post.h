// The post: the round that sends letters. It leases a due letter in one Tx, talks to the server
// with none open, and settles in another one that is fenced by the attempt: whoever was too slow
// settles nothing. A letter goes out at least once; a crash between sending and settling sends the
// same message, with the same Message-ID, again.
//
// Accounts are served side by side, each by one thread and over one connection, so a broken server
// keeps only its own account waiting.
//
// Tries: after 1 and 5 and 30 minutes, 2 hours, then every 6 hours; given up when three days are
// over. A server that refuses for good ends it at once. Without a mail server letters just wait.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/act.h"
#include "keys/keys.h"
#include "mail/letter.h"
#include "mail/mime.h"
#include "mail/settings.h"
#include "mail/smtp.h"
#include "store/store.h"

namespace quittance::mail {

// A letter on its way out of the house.
struct Outgoing {
    LetterId id;
    AccountId account;
    std::string purpose;
    Sender sender;
    Letter letter;
};
// Takes letters in place of an SMTP server: the demo catches them.
using Transport = std::function<Outcome(const Outgoing&)>;

// A letter has come to its end: sent, or failed and why. Told in the Tx that settles it.
// A Refusal (the owner is gone) is taken as "do not tell me".
using Settled = std::function<void(
    store::Tx& tx, const Act& act, std::optional<Uuid> owner, LetterId letter,
    std::string_view purpose, bool sent, std::string_view words
)>;

struct PostOptions {
    Dialling dialling;
    Transport instead;  // empty: SMTP as the account has set it up
    int accounts_at_once = 16;
};

// How long to wait after the given number of tries; nullopt: give up.
std::optional<std::chrono::milliseconds> wait_after(std::int64_t attempts);

class Post {
public:
    Post(store::Store& store, keys::KeyRing& keys, Settled settled, PostOptions options = {});
    // Gives up the letters under way; they stay queued.
    ~Post();
    Post(const Post&) = delete;
    Post& operator=(const Post&) = delete;

    // The round: gives every account with due letters a thread, waits a little for one to end, and
    // says whether there may be more to do. Throws what went wrong in one of the threads.
    bool round();

    // Sends one letter now, past the queue and its caps: the button "send a test mail". Do not call
    // it inside a Tx. `no_mail_server` (later) when none is set up.
    Outcome send_test(AccountId account, const Letter& letter);

    // Makes every letter free that a process which died was sending. Only for who knows that no
    // other process serves this database: SQLite, at start.
    static void release_leases(store::Tx& tx);

private:
    struct Lanes;
    struct Lease;
    void serve(AccountId account);
    std::optional<Lease> lease_one(store::Tx& tx, const Act& act);
    Outcome deliver(
        const Lease& lease, AccountId account, const Sender& sender, SmtpConnection* connection
    );
    void settle(const Act& act, const Lease& lease, const Outcome& outcome);
    // Whether the letter has come to its end by this.
    static bool settle_in(
        store::Tx& tx, const Act& act, const Lease& lease, const Outcome& outcome
    );

    store::Store& store_;
    keys::KeyRing& keys_;
    Settled settled_;
    PostOptions options_;
    std::atomic<bool> stop_ = false;
    std::unique_ptr<Lanes> lanes_;
};

}  // namespace quittance::mail
