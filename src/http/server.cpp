#include "http/server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <map>
#include <set>
#include <stdexcept>

#include "base/log.h"
#include "http/connection.h"
#include "http/metrics.h"

// g++ 12 sees a mismatch in Asio's own pair of new and delete once it inlines (-O1 and more).
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace quittance::http {
namespace {

namespace net = boost::asio;
using tcp = net::ip::tcp;
using Error = boost::system::error_code;
using Clock = Connection::Clock;

tcp::endpoint endpoint_of(net::io_context& io, const std::string& listen) {
    const auto colon = listen.rfind(':');
    std::string host = listen.substr(0, colon == std::string::npos ? 0 : colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    const std::string digits = colon == std::string::npos ? "" : listen.substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (host.empty() || digits.empty() || wrong != std::errc() ||
        end != digits.data() + digits.size()) {
        throw std::runtime_error(fmt::format(
            "\"{}\" is no address to listen on; it should look like 127.0.0.1:8080 or [::1]:8080",
            listen
        ));
    }
    Error error;
    const auto address = net::ip::make_address(host, error);
    if (!error) return {address, port};
    tcp::resolver resolver(io);
    const auto found = resolver.resolve(host, digits, tcp::resolver::passive, error);
    if (error || found.empty()) {
        throw std::runtime_error(fmt::format("the host \"{}\" to listen on is unknown", host));
    }
    return found.begin()->endpoint();
}

tcp::acceptor open_acceptor(net::io_context& io, const std::string& listen) {
    const auto endpoint = endpoint_of(io, listen);
    tcp::acceptor acceptor(io);
    Error error;
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    // [::] means everybody, as people expect.
    if (!error && endpoint.address().is_v6()) {
        acceptor.set_option(net::ip::v6_only(false), error);
    }
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(net::socket_base::max_listen_connections, error);
    if (!error) return acceptor;
    if (error == net::error::address_in_use) {
        throw std::runtime_error(fmt::format(
            "port {} is in use by another program; choose another one with --listen {}:PORT",
            endpoint.port(), listen.substr(0, listen.rfind(':'))
        ));
    }
    throw std::runtime_error(fmt::format("cannot listen on {}: {}", listen, error.message()));
}

Address address_of(const tcp::endpoint& endpoint) {
    return Address::parse(endpoint.address().to_string()).value_or(Address{});
}

class AsioServer final : public Server {
public:
    AsioServer(const ServerOptions& options, const Router& router)
        : options_(options),
          proxies_(options.trusted_proxies),
          acceptor_(open_acceptor(io_, options.listen)),
          work_(io_.get_executor()),
          clock_(io_),
          workers_(std::max(1, options.workers), options.queue_max),
          premises_{options_, router, proxies_, workers_} {
        metrics_ = add_metrics([this] { return gauges(); });
    }

    std::string address() const override {
        const auto endpoint = acceptor_address_;
        const auto host = endpoint.address().to_string();
        return fmt::format(
            "{}:{}", endpoint.address().is_v6() ? "[" + host + "]" : host, endpoint.port()
        );
    }

    void run() override {
        net::co_spawn(io_, accept_all(), net::detached);
        net::co_spawn(io_, watch_the_clock(), net::detached);
        io_.run();
    }

    void stop() override {
        net::post(io_, [this] { begin_stop(); });
    }

private:
    net::awaitable<void> accept_all();
    net::awaitable<void> watch_the_clock();
    void begin(tcp::socket socket);
    void end(const std::shared_ptr<Connection>& connection, const std::string& client);
    void begin_stop();
    void end_when_empty();
    std::string gauges() const;

    const ServerOptions options_;
    const Proxies proxies_;
    net::io_context io_{1};
    tcp::acceptor acceptor_;
    const tcp::endpoint acceptor_address_ = acceptor_.local_endpoint();
    net::executor_work_guard<net::io_context::executor_type> work_;
    net::steady_timer clock_;
    Workers workers_;  // ends before the I/O, to which they hand their answers
    Premises premises_;
    std::set<std::shared_ptr<Connection>> connections_;
    std::map<std::string, std::size_t> per_client_;
    std::atomic<std::size_t> open_{0};  // connections_.size() for the metrics
    Clock::time_point stop_by_ = Clock::time_point::max();
    std::shared_ptr<void> metrics_;
};

net::awaitable<void> AsioServer::accept_all() {
    while (!premises_.stopping) {
        Error error;
        tcp::socket socket =
            co_await acceptor_.async_accept(net::redirect_error(net::use_awaitable, error));
        if (premises_.stopping) break;
        if (!error) {
            begin(std::move(socket));
            continue;
        }
        // Out of file descriptors, most likely: some will be free again soon.
        log::warning("connection could not be accepted", {{"error", error.message()}});
        net::steady_timer pause(io_, std::chrono::milliseconds(100));
        co_await pause.async_wait(net::redirect_error(net::use_awaitable, error));
    }
}

void AsioServer::begin(tcp::socket socket) {
    Error error;
    const auto endpoint = socket.remote_endpoint(error);
    if (error) return;
    socket.set_option(tcp::no_delay(true), error);
    const auto peer = address_of(endpoint);
    // All clients of a proxy come from its address.
    const auto client = proxies_.trusts(peer) ? std::string() : peer.client_key();
    // Turning away takes a moment, too: whoever comes on top of that many is closed at once.
    if (connections_.size() >= 2 * options_.connections_max) return;
    const auto mine = ++per_client_[client];
    const bool full = connections_.size() >= options_.connections_max ||
                      (!client.empty() && mine > options_.connections_per_client_max);
    auto connection = std::make_shared<Connection>(std::move(socket), peer, premises_);
    connections_.insert(connection);
    open_ = connections_.size();
    net::co_spawn(
        io_, full ? connection->turn_away() : connection->run(),
        [this, connection, client](std::exception_ptr fault) {
            if (fault) log::error("connection ended by a fault");
            end(connection, client);
        }
    );
}

void AsioServer::end(const std::shared_ptr<Connection>& connection, const std::string& client) {
    connection->close();
    connections_.erase(connection);
    open_ = connections_.size();
    const auto count = per_client_.find(client);
    if (--count->second == 0) per_client_.erase(count);
    end_when_empty();
}

// One look at all connections instead of a timer in each: a timeout is late by a quarter of the
// shortest one at most.
net::awaitable<void> AsioServer::watch_the_clock() {
    const auto shortest = std::min(
        {options_.head_timeout, options_.body_timeout, options_.idle_timeout,
         options_.write_timeout, options_.stop_timeout}
    );
    const auto pause =
        std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(250));
    while (!premises_.stopping || !connections_.empty()) {
        clock_.expires_after(pause);
        Error cancelled;
        co_await clock_.async_wait(net::redirect_error(net::use_awaitable, cancelled));
        const auto now = Clock::now();
        for (const auto& connection : connections_) {
            if (now >= stop_by_) {
                connection->close();
            } else {
                connection->tick(now);
            }
        }
    }
}

void AsioServer::begin_stop() {
    if (premises_.stopping) return;
    premises_.stopping = true;
    stop_by_ = Clock::now() + options_.stop_timeout;
    Error ignored;
    acceptor_.close(ignored);
    for (const auto& connection : connections_) connection->stop();
    end_when_empty();
}

void AsioServer::end_when_empty() {
    if (!premises_.stopping || !connections_.empty()) return;
    clock_.cancel();
    work_.reset();
}

std::string AsioServer::gauges() const {
    return fmt::format(
        "# HELP quittance_http_connections Open connections.\n"
        "# TYPE quittance_http_connections gauge\n"
        "quittance_http_connections {}\n"
        "# HELP quittance_http_queue Calls that wait for a worker.\n"
        "# TYPE quittance_http_queue gauge\n"
        "quittance_http_queue {}\n",
        open_.load(), workers_.waiting()
    );
}

}  // namespace

std::unique_ptr<Server> Server::open(const ServerOptions& options, const Router& router) {
    return std::make_unique<AsioServer>(options, router);
}

}  // namespace quittance::http
