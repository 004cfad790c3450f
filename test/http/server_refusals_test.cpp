#include "http/metrics.h"
#include "test/http/served.h"

namespace quittance::http {
namespace {

class ServerRefusals : public Served {
protected:
    void expect_refused(const std::string& bytes, int status) {
        if (!thread.joinable()) serve();
        RawClient client(server->address());
        client.send(bytes);
        const auto answer = client.read_answer();
        EXPECT_EQ(answer.status, status) << bytes.substr(0, 200) << "\n" << answer.body;
        EXPECT_EQ(answer.headers.at("content-type"), "application/problem+json");
        EXPECT_EQ(answer.headers.at("connection"), "close");
        EXPECT_TRUE(client.is_closed());
    }
};

TEST_F(ServerRefusals, a_body_with_two_lengths_is_refused) {
    const std::string head = "POST /echo HTTP/1.1\r\nHost: h\r\n";
    for (const std::string fields :
         {"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
          "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "Content-Length: 3, 3\r\n\r\nabc",
          "Content-Length: +3\r\n\r\nabc", "Content-Length: -3\r\n\r\nabc",
          "Content-Length: 0x3\r\n\r\nabc", "Content-Length: \r\n\r\nabc",
          "Content-Length: 99999999999999999999999\r\n\r\n",
          "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
          "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
          "Transfer-Encoding: identity\r\n\r\n", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
          "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", "Content-Length : 3\r\n\r\nabc"}) {
        expect_refused(head + fields, 400);
    }
    expect_refused(
        "POST /echo HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400
    );
}

TEST_F(ServerRefusals, broken_chunks_are_refused) {
    const std::string head = "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const std::string body :
         {"x\r\n", "-1\r\nab\r\n", "2\r\nabcd\r\n0\r\n\r\n", "0\r\nContent-Length: 3\r\n\r\n"}) {
        expect_refused(head + body, 400);
    }
    expect_refused(head + "2;" + std::string(100'000, 'e'), 400);
    expect_refused(head + "ffffffffffffffff\r\nab", 413);
}

TEST_F(ServerRefusals, a_host_is_needed_once) {
    expect_refused("GET /hello HTTP/1.1\r\n\r\n", 400);
    expect_refused("GET /hello HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400);
    expect_refused("GET /hello HTTP/1.1\r\nHost: a/b\r\n\r\n", 400);
}

TEST_F(ServerRefusals, what_is_no_http_is_refused) {
    expect_refused("hello\r\n\r\n", 400);
    expect_refused("GET  /hello HTTP/1.1\r\nHost: h\r\n\r\n", 400);
    expect_refused("GET /hello HTTP/1.1\nHost: h\n\n", 505);
    expect_refused("GET /hello HTTP/1.1\r\nHost: h\r\nx y: 1\r\n\r\n", 400);
    const std::string nul(1, '\0');
    expect_refused("GET /hello HTTP/1.1\r\nHost: h\r\nx: a" + nul + "b\r\n\r\n", 400);
    expect_refused("GET /hello HTTP/3.0\r\nHost: h\r\n\r\n", 505);
    expect_refused(
        "POST /echo HTTP/1.1\r\nHost: h\r\nExpect: tea\r\nContent-Length: 1\r\n\r\na", 417
    );
}

TEST_F(ServerRefusals, a_head_that_is_too_large_is_431) {
    options.head_bytes_max = 2'000;
    expect_refused(
        "GET /hello HTTP/1.1\r\nHost: h\r\nx: " + std::string(3'000, 'x') + "\r\n\r\n", 431
    );
    expect_refused("GET /" + std::string(3'000, 'x') + " HTTP/1.1\r\n", 431);
    expect_refused("GET /hello HTTP/1.1\r\nHost: h\r\nx: " + std::string(3'000, 'x'), 431);
}

TEST_F(ServerRefusals, a_body_that_is_too_large_is_413_before_it_is_read) {
    const std::string head = "POST /small HTTP/1.1\r\nHost: h\r\n";
    expect_refused(head + "Content-Length: 17\r\n\r\n", 413);
    expect_refused(head + "Content-Length: 999999999999999\r\n\r\n", 413);
    expect_refused(head + "Expect: 100-continue\r\nContent-Length: 17\r\n\r\n", 413);
    expect_refused(head + "Transfer-Encoding: chunked\r\n\r\n11\r\n0123456789abcdef0\r\n", 413);
    expect_refused(
        head + "Transfer-Encoding: chunked\r\n\r\n9\r\n012345678\r\n8\r\n01234567\r\n0\r\n\r\n", 413
    );
    expect_refused("DELETE /nothing HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\na", 413);
}

TEST_F(ServerRefusals, a_body_to_an_unknown_path_is_404_and_to_a_wrong_method_405) {
    expect_refused("POST /unknown HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n", 404);
    expect_refused("POST /hello HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n", 405);
}

TEST_F(ServerRefusals, a_bad_target_is_400) {
    for (const auto* target :
         {"/%", "/%zz", "/%00", "/a/../b", "/%2e%2e/", "/a%2fb", "/?a=1&a=2"}) {
        const auto answer = ask("GET " + std::string(target) + " HTTP/1.1\r\nHost: h\r\n\r\n");
        EXPECT_EQ(answer.status, 400) << target;
    }
}

TEST_F(ServerRefusals, methods_that_no_route_can_take_are_405_with_allow) {
    for (const std::string method : {"OPTIONS", "TRACE", "BREW"}) {
        const auto answer = ask(method + " /hello HTTP/1.1\r\nHost: h\r\n\r\n");
        EXPECT_EQ(answer.status, 405) << method;
        EXPECT_EQ(answer.headers.at("allow"), "GET, HEAD");
        EXPECT_EQ(ask(method + " /unknown HTTP/1.1\r\nHost: h\r\n\r\n").status, 404);
    }
    const auto answer = ask("PUT /hello HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.headers.at("allow"), "GET, HEAD");
}

TEST_F(ServerRefusals, a_head_that_comes_in_drops_is_408) {
    options.head_timeout = std::chrono::milliseconds(60);
    expect_refused("GET /hello HTTP/1.1\r\nHost: h\r\nx: slow", 408);
}

TEST_F(ServerRefusals, half_a_body_is_408) {
    options.body_timeout = std::chrono::milliseconds(60);
    expect_refused("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhalf", 408);
    expect_refused(
        "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf", 408
    );
}

TEST_F(ServerRefusals, who_says_nothing_is_closed_without_a_word) {
    options.head_timeout = std::chrono::milliseconds(60);
    options.idle_timeout = std::chrono::milliseconds(60);
    serve();
    RawClient silent(server->address());
    EXPECT_TRUE(silent.is_closed());
    RawClient idle(server->address());
    idle.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(idle.read_answer().status, 200);
    EXPECT_TRUE(idle.is_closed());
}

TEST_F(ServerRefusals, who_reads_nothing_is_closed) {
    options.write_timeout = std::chrono::milliseconds(100);
    serve();
    RawClient client(server->address(), 4096);
    client.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\n");
    // The server goes away although the answer has not been taken.
    EXPECT_THROW(
        {
            client.read_until("\r\n\r\n");
            stop();
            client.read_until("the end that never comes");
        },
        std::runtime_error
    );
}

TEST_F(ServerRefusals, more_calls_than_the_queue_takes_are_503) {
    options.workers = 1;
    options.queue_max = 1;
    serve();
    RawClient working(server->address());
    RawClient waiting(server->address());
    RawClient refused(server->address());
    working.send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n");
    gate.await_waiting(1);
    waiting.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
    while (metrics_text().find("quittance_http_queue 1\n") == std::string::npos) {
        std::this_thread::yield();
    }
    refused.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
    const auto answer = refused.read_answer();
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.headers.at("retry-after"), "5");
    gate.open();
    EXPECT_EQ(working.read_answer().status, 200);
    EXPECT_EQ(waiting.read_answer().status, 200);
}

TEST_F(ServerRefusals, more_connections_than_allowed_are_503) {
    options.connections_per_client_max = 2;
    serve();
    RawClient one(server->address());
    RawClient two(server->address());
    RawClient three(server->address());
    const auto answer = three.read_answer();
    EXPECT_EQ(answer.status, 503);
    EXPECT_TRUE(answer.headers.contains("retry-after"));
    EXPECT_NE(answer.body.find("too_many_connections"), std::string::npos);
    one.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(one.read_answer().status, 200);
}

TEST_F(ServerRefusals, an_address_that_cannot_be_listened_on_is_said_in_one_sentence) {
    const auto sentence = [this](std::string listen) -> std::string {
        options.listen = std::move(listen);
        try {
            Server::open(options, router);
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_NE(sentence("nonsense").find("should look like"), std::string::npos);
    EXPECT_NE(sentence("127.0.0.1:99999").find("should look like"), std::string::npos);
    options.listen = "127.0.0.1:0";
    const auto first = Server::open(options, router);
    EXPECT_NE(sentence(first->address()).find("is in use"), std::string::npos);
    options.trusted_proxies = {"10.0.0.1/8"};
    EXPECT_NE(sentence("127.0.0.1:0").find("10.0.0.1/8"), std::string::npos);
}

}  // namespace
}  // namespace quittance::http
