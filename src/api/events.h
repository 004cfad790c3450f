// Server-sent events (WHATWG HTML, 9.2): tells the browsers of an account which requests look
// different now. Ids only; what has changed they fetch themselves.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <mutex>

#include "base/id.h"
#include "http/call.h"

namespace quittance::api {

class Events {
public:
    // From now on the channel hears of the account's requests. `still_welcome` is asked by beat();
    // once it says no, the channel is let go.
    void listen(
        AccountId account, std::shared_ptr<http::Channel> channel,
        std::function<bool()> still_welcome
    );
    // Tells whoever listens (requests::Office::changed). Never blocks: a channel that is gone or
    // has fallen behind is let go, its browser comes back by itself and loads afresh.
    void changed(AccountId account, RequestId request);
    // The round, every 20 seconds: a sign of life, so that proxies keep the line and clients that
    // went silently are noticed.
    void beat();

    std::size_t listeners() const;

private:
    struct Listener {
        AccountId account;
        std::shared_ptr<http::Channel> channel;
        std::function<bool()> still_welcome;
    };
    mutable std::mutex mutex_;
    std::list<Listener> listeners_;
};

}  // namespace quittance::api
