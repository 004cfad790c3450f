// The part of a connection that sends events.
#include "http/connection.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "base/log.h"
#include "http/answer_head.h"
#include "http/event_stream.h"

// g++ 12 sees a mismatch in Asio's own pair of new and delete once it inlines (-O1 and more).
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace quittance::http {

namespace net = boost::asio;

net::awaitable<void> Connection::stream(const Answer& answer) {
    phase_ = Phase::streaming;
    deadline_ = Clock::time_point::max();
    const auto events = std::make_shared<EventStream>(socket_.get_executor());
    premises_.workers.put_always([start = answer.stream, channel = events->channel()] {
        try {
            start(channel);
        } catch (const std::exception& cause) {
            log::error("event stream could not begin", {{"cause", std::string_view(cause.what())}});
        }
    });
    net::co_spawn(socket_.get_executor(), watch(events), net::detached);
    const bool chunked = version_ == 11;
    while (!premises_.stopping) {
        auto text = co_await events->next(premises_.options.heartbeat);
        if (!text) break;
        if (chunked) text = as_chunk(*text);
        const bool written = co_await write(*text);
        if (!written) break;
        deadline_ = Clock::time_point::max();
    }
    if (chunked && socket_.is_open()) co_await write("0\r\n\r\n");
    events->end();
}

// Nothing more is expected from a client that listens: what comes is its end.
net::awaitable<void> Connection::watch(std::shared_ptr<EventStream> events) {
    const auto self = shared_from_this();
    bool here = true;
    while (here) {
        in_.clear();
        here = co_await read_more();
    }
    events->end();
}

}  // namespace quittance::http
