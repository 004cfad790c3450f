#include "mail/caught.h"

namespace quittance::mail {

Transport CaughtMail::transport() {
    return [this](const Outgoing& outgoing) {
        const std::lock_guard lock(mutex_);
        letters_.push_front(
            {outgoing.id, outgoing.account, outgoing.purpose, outgoing.sender, outgoing.letter,
             wall_clock()}
        );
        if (letters_.size() > most) letters_.pop_back();
        return Outcome{};
    };
}

std::vector<Caught> CaughtMail::newest() const {
    const std::lock_guard lock(mutex_);
    return {letters_.begin(), letters_.end()};
}

}  // namespace quittance::mail
