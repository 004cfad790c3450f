// Letters that never leave the house: the demo's stand-in for a mail server, shown at /demo/mail.
// They live in memory only.
#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "mail/post.h"

namespace quittance::mail {

struct Caught {
    LetterId id;
    AccountId account;
    std::string purpose;
    Sender sender;
    Letter letter;
    Instant at;
};

// May be used from several threads.
class CaughtMail {
public:
    static constexpr std::size_t most = 500;

    // Keeps the newest 500, stamped by `clock`. The transport must not outlive this.
    Transport transport(std::function<Instant()> clock = wall_clock);
    // Newest first.
    std::vector<Caught> newest() const;

private:
    mutable std::mutex mutex_;
    std::deque<Caught> letters_;
};

}  // namespace quittance::mail
