// The web server: HTTP/1.1 with keep-alive, one I/O thread and a pool of threads that run the
// (blocking) handlers. TLS is the reverse proxy's.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "http/call.h"
#include "http/router.h"

namespace quittance::http {

struct ServerOptions {
    std::string listen = "127.0.0.1:8080";  // HOST:PORT or [V6]:PORT; port 0 takes a free one
    int workers = 64;
    std::size_t connections_max = 4096;
    std::size_t connections_per_client_max = 256;
    std::size_t queue_max = 1024;  // calls waiting for a worker; more get 503 with Retry-After
    std::size_t head_bytes_max = 16 * 1024;
    std::chrono::milliseconds head_timeout{10'000};
    std::chrono::milliseconds body_timeout{30'000};
    std::chrono::milliseconds idle_timeout{75'000};
    std::chrono::milliseconds write_timeout{30'000};  // without any progress
    std::chrono::milliseconds stop_timeout{10'000};   // what is not answered by then is cut off
    // An event stream without messages gets a comment this often: so a dead client is noticed.
    std::chrono::milliseconds heartbeat{15'000};
    // Addresses or networks (CIDR) whose X-Forwarded-For we believe.
    std::vector<std::string> trusted_proxies;
    bool secure = false;  // the public URL is https: HSTS is sent
};

// What the server says by itself, as problems: 400 malformed_call (also two lengths, no Host), 408
// call_timed_out, 413 body_too_large, 417 expectation_failed, 431 head_too_large, 503 overloaded
// and too_many_connections, 505 version_not_supported.
class Server {
public:
    virtual ~Server() = default;
    // "127.0.0.1:43125": what it really listens on.
    virtual std::string address() const = 0;
    // Serves until stop(), once; the calls in hand are answered first (at most stop_timeout, but a
    // handler that runs is always waited for). The calling thread becomes the I/O thread.
    virtual void run() = 0;
    // From any thread, but not from a signal handler. Returns at once.
    virtual void stop() = 0;

    // Binds. Throws std::runtime_error with one sentence for the operator ("port 8080 is in use
    // …").
    static std::unique_ptr<Server> open(const ServerOptions& options, const Router& router);
};

}  // namespace quittance::http
