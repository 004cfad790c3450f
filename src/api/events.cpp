#include "api/events.h"

namespace quittance::api {

void Events::listen(
    AccountId account, std::shared_ptr<http::Channel> channel, std::function<bool()> still_welcome
) {
    // A first line at once: the browser knows that it is connected, and waits 3 s to come back.
    if (!channel->send("retry: 3000\n\n")) return;
    const std::lock_guard lock(mutex_);
    listeners_.push_back({account, std::move(channel), std::move(still_welcome)});
}

void Events::changed(AccountId account, RequestId request) {
    const auto event = "event: request\ndata: {\"request\":\"" + request.text() + "\"}\n\n";
    const std::lock_guard lock(mutex_);
    std::erase_if(listeners_, [&](const Listener& listener) {
        return listener.account == account && !listener.channel->send(event);
    });
}

void Events::beat() {
    std::list<Listener> asked;
    {
        const std::lock_guard lock(mutex_);
        asked = listeners_;
    }
    // Asked without the lock: the answer comes out of the database.
    std::erase_if(asked, [](const Listener& listener) {
        return listener.still_welcome() && listener.channel->send(": still here\n\n");
    });
    const std::lock_guard lock(mutex_);
    for (const auto& gone : asked) {
        std::erase_if(listeners_, [&](const Listener& listener) {
            return listener.channel == gone.channel;
        });
    }
}

std::size_t Events::listeners() const {
    const std::lock_guard lock(mutex_);
    return listeners_.size();
}

}  // namespace quittance::api
