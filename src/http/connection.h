// One connection of one client: reads calls, has them answered, writes answers, one after the
// other. Everything here runs on the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/address.h"
#include "http/call.h"
#include "http/router.h"
#include "http/server.h"
#include "http/workers.h"

namespace quittance::http {

// What the connections of a server have in common.
struct Premises {
    const ServerOptions& options;
    const Router& router;
    const Proxies& proxies;
    Workers& workers;
    bool stopping = false;
};

class Parser;  // Beast's, in connection.cpp

class Connection : public std::enable_shared_from_this<Connection> {
public:
    using Socket = boost::asio::ip::tcp::socket;
    using Clock = std::chrono::steady_clock;

    Connection(Socket socket, Address peer, Premises& premises)
        : socket_(std::move(socket)), peer_(peer), premises_(premises) {}

    boost::asio::awaitable<void> run();
    // Says why nobody is served, then closes.
    boost::asio::awaitable<void> turn_away();

    // Ends what waits longer than it may. Called again and again by the server.
    void tick(Clock::time_point now);
    // The server stops: ends at once unless there is a call in hand.
    void stop();
    void close();
    const Address& peer() const { return peer_; }

private:
    // Why a call could not be read. Status 0: the client is gone, nobody is there to be told.
    struct Trouble {
        int status = 0;
        std::string_view code;
    };
    using Read = std::optional<Trouble>;
    enum class Phase { waiting, reading, answering, streaming, lingering };

    boost::asio::awaitable<bool> one_call();
    boost::asio::awaitable<Read> read_head(Parser& parser);
    boost::asio::awaitable<Read> read_body(Parser& parser, std::size_t bytes_max);
    boost::asio::awaitable<Answer> answer(Call& call, Clock::time_point begun);
    boost::asio::awaitable<bool> refuse(const Call& call, Trouble trouble);
    boost::asio::awaitable<bool> send(const Call& call, Answer answer, bool keep);
    boost::asio::awaitable<void> stream(const Answer& answer);
    boost::asio::awaitable<void> watch(std::shared_ptr<class EventStream> events);
    boost::asio::awaitable<void> linger();
    boost::asio::awaitable<bool> read_more();
    boost::asio::awaitable<bool> write(std::string_view bytes);

    Read fill(Call& call, const Parser& parser) const;
    void set_deadline(std::chrono::milliseconds from_now);
    std::string head_of(const Call& call, Answer& answer, bool keep) const;

    Socket socket_;
    const Address peer_;
    Premises& premises_;
    Phase phase_ = Phase::waiting;
    Clock::time_point deadline_ = Clock::time_point::max();
    bool timed_out_ = false;
    bool first_ = true;
    int version_ = 11;
    std::string in_;  // read, but not yet parsed
    std::array<char, 8192> chunk_;
};

}  // namespace quittance::http
