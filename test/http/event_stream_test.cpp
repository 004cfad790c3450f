#include "test/http/served.h"

namespace quittance::http {
namespace {

class EventStreams : public Served {
protected:
    const std::string listen = "GET /events HTTP/1.1\r\nHost: h\r\n\r\n";
};

TEST_F(EventStreams, bring_messages_as_they_are_sent) {
    serve();
    RawClient client(server->address());
    client.send(listen);
    const auto head = client.read_answer();
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.headers.at("content-type"), "text/event-stream");
    EXPECT_EQ(head.headers.at("transfer-encoding"), "chunked");
    EXPECT_EQ(head.headers.at("cache-control"), "no-store");
    const auto channel = take_channel();
    EXPECT_TRUE(channel->send("data: one\n\n"));
    EXPECT_EQ(client.read_until("one\n\n\r\n"), "b\r\ndata: one\n\n\r\n");
    EXPECT_TRUE(channel->send("data: two\n\n"));
    EXPECT_EQ(client.read_until("two\n\n\r\n"), "b\r\ndata: two\n\n\r\n");
}

TEST_F(EventStreams, end_when_the_handler_lets_go) {
    serve();
    RawClient client(server->address());
    client.send(listen);
    take_channel()->send("data: last\n\n");
    EXPECT_NE(client.read_until("0\r\n\r\n").find("data: last"), std::string::npos);
    EXPECT_TRUE(client.is_closed());
}

TEST_F(EventStreams, notice_a_client_that_is_gone) {
    serve();
    auto client = std::make_unique<RawClient>(server->address());
    client->send(listen);
    const auto channel = take_channel();
    client.reset();
    int sent = 0;
    while (channel->send("data: anybody?\n\n")) {
        ASSERT_LT(++sent, 100'000'000);
        std::this_thread::yield();
    }
    EXPECT_FALSE(channel->send("data: nobody\n\n"));
}

TEST_F(EventStreams, beat_when_nothing_is_sent) {
    options.heartbeat = std::chrono::milliseconds(20);
    serve();
    RawClient client(server->address());
    client.send(listen);
    client.read_answer();
    const auto channel = take_channel();
    EXPECT_EQ(client.read_until("\r\n:\n\n\r\n"), "3\r\n:\n\n\r\n");
    EXPECT_EQ(client.read_until("\r\n:\n\n\r\n"), "3\r\n:\n\n\r\n");
}

TEST_F(EventStreams, drop_a_client_that_falls_behind) {
    options.write_timeout = std::chrono::milliseconds(100);
    serve();
    RawClient client(server->address(), 4096);
    client.send(listen);
    const auto channel = take_channel();
    const std::string big(100'000, 'x');
    int sent = 0;
    while (channel->send(big)) ASSERT_LT(++sent, 10'000);
    // Sixty-four wait, and a few more are on their way in the system's buffers.
    EXPECT_GE(sent, 64);
}

TEST_F(EventStreams, are_closed_by_a_stop_and_their_channels_may_live_longer) {
    serve();
    RawClient client(server->address());
    client.send(listen);
    client.read_answer();
    const auto channel = take_channel();
    stop();
    server.reset();
    EXPECT_TRUE(client.is_closed());
    EXPECT_FALSE(channel->send("data: late\n\n"));
}

}  // namespace
}  // namespace quittance::http
