// Posts intake from many clients at once, each on one kept-alive connection, and says how many were
// answered with 201. Used by bench (P1, P2) and by the kill -9 test, which reads the file of ids.
//
//   load HOST:PORT API_KEY CLIENTS SECONDS [FILE]     FILE gets the id of each 201, one per line,
//                                                     written as soon as it was answered
// Prints "ACKNOWLEDGED SECONDS REFUSED". A connection that dies ends its client: no error.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Order {
    std::string host;
    int port;
    std::string key;
    Clock::time_point end;
    int acknowledged_fd;
};

std::atomic<long> acknowledged{0};
std::atomic<long> refused{0};

int connected(const Order& order) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(order.port));
    inet_pton(AF_INET, order.host.c_str(), &address.sin_addr);
    if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        close(fd);
        return -1;
    }
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

std::string today() {
    char text[11];
    const auto now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
    return text;
}

std::string call_for(const Order& order, std::uint64_t number) {
    const auto name = std::to_string(number);
    const auto body =
        R"({"type":"erase","requester":{"email":"load.)" + name +
        R"(@postfach.example","name":"Anneliese )" + name +
        R"("},"country":"DE","channel":"api","received_on":")" + today() +
        R"(","details":{"message":"Please delete everything that you hold about me."}})";
    return "POST /api/v1/requests HTTP/1.1\r\nHost: " + order.host + ":" +
           std::to_string(order.port) + "\r\nAuthorization: Bearer " + order.key +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

bool send_all(int fd, const std::string& bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const auto n = send(fd, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (n <= 0) return false;
        sent += static_cast<std::size_t>(n);
    }
    return true;
}

// One whole answer; empty when the connection ended before it was whole.
std::string read_answer(int fd) {
    std::string bytes;
    char part[8192];
    for (;;) {
        const auto n = recv(fd, part, sizeof part, 0);
        if (n <= 0) return {};
        bytes.append(part, static_cast<std::size_t>(n));
        const auto head_end = bytes.find("\r\n\r\n");
        if (head_end == std::string::npos) continue;
        auto at = bytes.find("Content-Length: ");
        if (at == std::string::npos) at = bytes.find("content-length: ");
        const auto length = at < head_end ? std::strtoul(bytes.c_str() + at + 16, nullptr, 10) : 0;
        if (bytes.size() >= head_end + 4 + length) return bytes;
    }
}

void write_id(const Order& order, const std::string& answer) {
    if (order.acknowledged_fd < 0) return;
    const auto at = answer.find("\"id\":\"");
    if (at == std::string::npos) return;
    const auto line = answer.substr(at + 6, 36) + "\n";
    if (write(order.acknowledged_fd, line.data(), line.size()) < 0) std::abort();
}

void be_client(const Order& order, std::uint64_t first) {
    const int fd = connected(order);
    if (fd < 0) return;
    for (auto number = first; Clock::now() < order.end; ++number) {
        if (!send_all(fd, call_for(order, number))) break;
        const auto answer = read_answer(fd);
        if (answer.empty()) break;
        if (answer.starts_with("HTTP/1.1 201")) {
            write_id(order, answer);
            ++acknowledged;
        } else if (++refused == 1) {
            std::fprintf(stderr, "%s\n", answer.c_str());
        }
    }
    close(fd);
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 5) {
        std::fprintf(stderr, "load HOST:PORT API_KEY CLIENTS SECONDS [FILE]\n");
        return 2;
    }
    const std::string where = arguments[1];
    const auto colon = where.rfind(':');
    const auto started = Clock::now();
    const Order order{
        .host = where.substr(0, colon),
        .port = std::atoi(where.c_str() + colon + 1),
        .key = arguments[2],
        .end =
            started + std::chrono::milliseconds(static_cast<int>(1000 * std::atof(arguments[4]))),
        .acknowledged_fd =
            count > 5 ? open(arguments[5], O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0600) : -1,
    };
    std::random_device seed;
    std::vector<std::thread> clients;
    for (int i = 0; i < std::atoi(arguments[3]); ++i) {
        const auto first = (static_cast<std::uint64_t>(seed()) << 24) + 1;
        clients.emplace_back([&order, first] { be_client(order, first); });
    }
    for (auto& client : clients) client.join();
    const auto seconds = std::chrono::duration<double>(Clock::now() - started).count();
    std::printf("%ld %.3f %ld\n", acknowledged.load(), seconds, refused.load());
    return 0;
}
