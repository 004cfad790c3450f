#include "mail/caught.h"

#include <algorithm>
#include <utility>

namespace quittance::mail {

Transport CaughtMail::transport(std::function<Instant()> clock) {
    return [this, clock = std::move(clock)](const Outgoing& outgoing) {
        const std::lock_guard lock(mutex_);
        letters_.push_front(
            {outgoing.id, outgoing.account, outgoing.purpose, outgoing.sender, outgoing.letter,
             clock()}
        );
        if (letters_.size() > most) letters_.pop_back();
        return Outcome{};
    };
}

std::vector<Caught> CaughtMail::newest() const {
    const std::lock_guard lock(mutex_);
    std::vector<Caught> letters{letters_.begin(), letters_.end()};
    std::ranges::stable_sort(letters, std::greater(), &Caught::at);
    return letters;
}

}  // namespace quittance::mail
