// A client that says exactly the bytes it is told and blocks until it has what it waits for. After
// 20 seconds of silence it throws, so that a test fails instead of hanging.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace quittance::http {

struct RawAnswer {
    int status = 0;
    std::map<std::string, std::string> headers;  // lower case; of several the last
    std::string head;
    std::string body;
};

class RawClient {
public:
    // "127.0.0.1:43125" or "[::1]:43125".
    explicit RawClient(const std::string& address, int receive_buffer = 0) {
        const auto colon = address.rfind(':');
        const auto port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(colon + 1))));
        const bool v6 = address.starts_with('[');
        socket_ = ::socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0);
        const timeval patience{20, 0};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (receive_buffer > 0) {
            setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        }
        int result = -1;
        if (v6) {
            sockaddr_in6 to{};
            to.sin6_family = AF_INET6;
            to.sin6_port = port;
            inet_pton(AF_INET6, address.substr(1, colon - 2).c_str(), &to.sin6_addr);
            result = connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to);
        } else {
            sockaddr_in to{};
            to.sin_family = AF_INET;
            to.sin_port = port;
            inet_pton(AF_INET, address.substr(0, colon).c_str(), &to.sin_addr);
            result = connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to);
        }
        if (result != 0) throw std::runtime_error("cannot connect to " + address);
    }
    ~RawClient() { ::close(socket_); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    // What the peer no longer wants is dropped, as with a real client that is late.
    void send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    // Reads up to and including `end`.
    std::string read_until(std::string_view end) {
        std::size_t found;
        while ((found = in_.find(end)) == std::string::npos) {
            if (!read_more()) throw std::runtime_error("closed before the end; so far: " + in_);
        }
        return take(found + end.size());
    }

    RawAnswer read_answer(bool to_head = false) {
        RawAnswer answer;
        answer.head = read_until("\r\n\r\n");
        answer.status = std::atoi(answer.head.c_str() + sizeof "HTTP/1.1");
        std::size_t line = answer.head.find("\r\n") + 2;
        while (answer.head.compare(line, 2, "\r\n") != 0) {
            const auto end = answer.head.find("\r\n", line);
            const auto colon = answer.head.find(": ", line);
            answer.headers[answer.head.substr(line, colon - line)] =
                answer.head.substr(colon + 2, end - colon - 2);
            line = end + 2;
        }
        const auto length = answer.headers.find("content-length");
        if (to_head || length == answer.headers.end()) return answer;
        const auto size = static_cast<std::size_t>(std::stoul(length->second));
        while (in_.size() < size) {
            if (!read_more()) throw std::runtime_error("closed within a body");
        }
        answer.body = take(size);
        return answer;
    }

    // Waits for the end of the connection; false when something came instead.
    bool is_closed() { return in_.empty() && !read_more(); }

    void end_sending() { ::shutdown(socket_, SHUT_WR); }

private:
    std::string take(std::size_t size) {
        auto out = in_.substr(0, size);
        in_.erase(0, size);
        return out;
    }

    // False at the end, also after a reset.
    bool read_more() {
        char chunk[16384];
        const auto count = ::recv(socket_, chunk, sizeof chunk, 0);
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            throw std::runtime_error("the server says nothing; so far: " + in_);
        }
        if (count > 0) in_.append(chunk, static_cast<std::size_t>(count));
        return count > 0;
    }

    int socket_ = -1;
    std::string in_;
};

}  // namespace quittance::http
