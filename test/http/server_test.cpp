#include <algorithm>
#include <future>

#include "http/metrics.h"
#include "test/http/served.h"

namespace quittance::http {
namespace {

class Serving : public Served {};

const std::string hello = "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n";

TEST_F(Serving, one_connection_carries_many_calls) {
    serve();
    RawClient client(server->address());
    for (int i = 0; i < 3; ++i) {
        client.send(hello);
        const auto answer = client.read_answer();
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, "hello");
        EXPECT_EQ(answer.headers.at("connection"), "keep-alive");
    }
    client.send("GET /hello HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(client.read_answer().headers.at("connection"), "close");
    EXPECT_TRUE(client.is_closed());
}

TEST_F(Serving, a_refusal_by_a_handler_keeps_the_connection) {
    serve();
    RawClient client(server->address());
    client.send("GET /unknown HTTP/1.1\r\nHost: h\r\n\r\n" + hello);
    EXPECT_EQ(client.read_answer().status, 404);
    EXPECT_EQ(client.read_answer().status, 200);
}

TEST_F(Serving, calls_sent_at_once_are_answered_in_their_order) {
    serve();
    RawClient client(server->address());
    std::string bytes;
    for (int i = 0; i < 20; ++i) {
        const auto body = "call " + std::to_string(i);
        bytes +=
            "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) +
            "\r\n\r\n" + body;
    }
    client.send(bytes);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(client.read_answer().body, "call " + std::to_string(i));
}

TEST_F(Serving, a_call_may_come_byte_by_byte) {
    serve();
    RawClient client(server->address());
    const std::string bytes =
        "\r\nPOST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3;name=value\r\nabc\r\n2\r\nde\r\n0\r\nx-trailer: 1\r\n\r\n";
    for (const char byte : bytes) client.send({&byte, 1});
    EXPECT_EQ(client.read_answer().body, "abcde");
    client.send(hello);
    EXPECT_EQ(client.read_answer().body, "hello");
}

TEST_F(Serving, trailers_are_no_headers) {
    const auto answer =
        ask("POST /role HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
            "1\r\na\r\n0\r\nx-role: owner\r\n\r\n");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "none");
}

TEST_F(Serving, a_client_that_asks_first_is_told_to_continue) {
    serve();
    RawClient client(server->address());
    client.send(
        "POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n"
    );
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("body");
    EXPECT_EQ(client.read_answer().body, "body");
}

TEST_F(Serving, head_has_the_length_and_no_body) {
    serve();
    RawClient client(server->address());
    client.send("HEAD /hello HTTP/1.1\r\nHost: h\r\n\r\n" + hello);
    const auto head = client.read_answer(true);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.headers.at("content-length"), "5");
    EXPECT_EQ(client.read_answer().body, "hello");
    client.send("HEAD /events HTTP/1.1\r\nHost: h\r\n\r\n" + hello);
    EXPECT_EQ(client.read_answer(true).status, 200);
    EXPECT_EQ(client.read_answer().body, "hello");
}

TEST_F(Serving, an_empty_answer_has_no_length) {
    const auto answer = ask("DELETE /nothing HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(answer.status, 204);
    EXPECT_FALSE(answer.headers.contains("content-length"));
}

TEST_F(Serving, a_big_answer_arrives_whole) {
    const auto answer = ask("GET /big HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(answer.body.size(), 3'000'000U);
}

TEST_F(Serving, http_1_0_is_answered_and_closed) {
    serve();
    RawClient client(server->address());
    client.send("GET /hello HTTP/1.0\r\n\r\n");
    EXPECT_EQ(client.read_answer().body, "hello");
    EXPECT_TRUE(client.is_closed());
}

TEST_F(Serving, every_answer_has_the_security_headers) {
    options.secure = true;
    for (const auto* path : {"/hello", "/unknown", "/%"}) {
        const auto answer = ask("GET " + std::string(path) + " HTTP/1.1\r\nHost: h\r\n\r\n");
        const auto& headers = answer.headers;
        EXPECT_EQ(headers.at("x-content-type-options"), "nosniff");
        EXPECT_EQ(headers.at("referrer-policy"), "same-origin");
        EXPECT_EQ(headers.at("cross-origin-opener-policy"), "same-origin");
        EXPECT_EQ(headers.at("cache-control"), "no-store");
        EXPECT_EQ(
            headers.at("content-security-policy"),
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
        );
        EXPECT_TRUE(headers.contains("permissions-policy"));
        EXPECT_TRUE(headers.contains("strict-transport-security"));
        EXPECT_TRUE(headers.contains("date"));
        EXPECT_FALSE(headers.contains("server"));
    }
}

TEST_F(Serving, a_page_keeps_its_own_policy_and_plain_http_has_no_hsts) {
    const auto answer = ask("GET /page HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(answer.headers.at("content-security-policy"), "default-src 'self'");
    EXPECT_EQ(answer.headers.at("cache-control"), "public, max-age=60");
    EXPECT_FALSE(answer.headers.contains("strict-transport-security"));
}

TEST_F(Serving, forwarded_for_of_a_stranger_is_ignored) {
    const auto answer =
        ask("GET /remote HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n");
    EXPECT_EQ(answer.body, "127.0.0.1");
}

TEST_F(Serving, forwarded_for_of_our_proxy_is_believed_from_the_right) {
    options.trusted_proxies = {"127.0.0.0/8", "10.1.0.0/16"};
    const auto answer =
        ask("GET /remote HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 198.51.100.1, 203.0.113.7\r\n"
            "X-Forwarded-For: 10.1.2.3\r\n\r\n");
    EXPECT_EQ(answer.body, "203.0.113.7");
}

TEST_F(Serving, ipv6_is_served) {
    options.listen = "[::1]:0";
    const auto answer = ask("GET /remote HTTP/1.1\r\nHost: [::1]\r\n\r\n");
    EXPECT_EQ(answer.body, "::1");
    EXPECT_TRUE(server->address().starts_with("[::1]:"));
}

TEST_F(Serving, a_stop_answers_the_call_in_hand_and_closes_the_idle) {
    serve();
    const auto address = server->address();
    RawClient busy(address);
    RawClient idle(address);
    idle.send(hello);
    EXPECT_EQ(idle.read_answer().status, 200);
    busy.send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n");
    gate.await_waiting(1);
    server->stop();
    EXPECT_TRUE(idle.is_closed());
    EXPECT_THROW(RawClient late(address), std::runtime_error);
    gate.open();
    const auto answer = busy.read_answer();
    EXPECT_EQ(answer.body, "waited");
    EXPECT_EQ(answer.headers.at("connection"), "close");
    EXPECT_TRUE(busy.is_closed());
    thread.join();
}

TEST_F(Serving, a_stop_does_not_wait_for_ever_for_half_a_call) {
    options.stop_timeout = std::chrono::milliseconds(60);
    serve();
    RawClient half(server->address());
    half.send("POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n"
    );
    half.read_until("\r\n\r\n");
    server->stop();
    EXPECT_TRUE(half.is_closed());
    thread.join();
}

TEST_F(Serving, the_gauges_are_among_the_metrics_while_the_server_lives) {
    serve();
    RawClient client(server->address());
    client.send(hello);
    client.read_answer();
    EXPECT_NE(metrics_text().find("quittance_http_connections 1\n"), std::string::npos);
    EXPECT_NE(metrics_text().find("quittance_http_queue 0\n"), std::string::npos);
    EXPECT_NE(metrics_text().find("route=\"GET /hello\",status=\"200\""), std::string::npos);
    stop();
    server.reset();
    EXPECT_EQ(metrics_text().find("quittance_http_connections"), std::string::npos);
}

TEST_F(Serving, many_clients_at_once_all_get_their_own_answer) {
    serve();
    std::vector<std::future<int>> clients;
    for (int client = 0; client < 16; ++client) {
        clients.push_back(std::async(std::launch::async, [this, client] {
            RawClient raw(server->address());
            int right = 0;
            for (int i = 0; i < 50; ++i) {
                const auto body = std::to_string(client * 1000 + i);
                raw.send(
                    "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n\r\n" + body
                );
                right += raw.read_answer().body == body;
            }
            return right;
        }));
    }
    for (auto& client : clients) EXPECT_EQ(client.get(), 50);
}

}  // namespace
}  // namespace quittance::http
