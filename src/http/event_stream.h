// One event stream: messages come from any thread, the connection on the I/O thread takes them.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "http/call.h"

namespace quittance::http {

class EventStream : public std::enable_shared_from_this<EventStream> {
public:
    static constexpr std::size_t waiting_max = 64;

    explicit EventStream(boost::asio::any_io_executor io);

    // What the handler gets. When the last copy of it is gone the stream ends.
    std::shared_ptr<Channel> channel();

    // The rest is for the I/O thread. All messages that wait, or a comment after `heartbeat`
    // without any, or nullopt at the end.
    boost::asio::awaitable<std::optional<std::string>> next(std::chrono::milliseconds heartbeat);
    // The client is gone: send() answers false from now on. Must be called before the I/O ends.
    void end();

private:
    class Sender;
    bool send(std::string text);
    void end_from_outside();
    void wake();  // needs the mutex

    std::mutex mutex_;
    std::deque<std::string> waiting_;
    bool ended_ = false;  // once set, the I/O thread may be gone, too
    boost::asio::any_io_executor io_;
    // Ends with end(): a handler may keep the channel longer than the server lives.
    std::optional<boost::asio::steady_timer> timer_;
};

}  // namespace quittance::http
