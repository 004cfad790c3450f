// A server of our own on a free port, with a few routes to be called through real sockets.
#pragma once

#include <gtest/gtest.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/log.h"
#include "http/server.h"
#include "test/http/raw_client.h"

namespace quittance::http {

// A door that stays shut until somebody opens it.
class Gate {
public:
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    void pass() {
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return open_; });
    }
    // Until so many stand before it.
    void await_waiting(int count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ >= count; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
    int waiting_ = 0;
};

class Served : public testing::Test {
protected:
    static void SetUpTestSuite() { log::quiet(); }
    Served() { options.listen = "127.0.0.1:0"; }
    ~Served() override { stop(); }

    void serve() {
        server = Server::open(options, router);
        thread = std::thread([this] { server->run(); });
    }
    void stop() {
        gate.open();
        if (!thread.joinable()) return;
        server->stop();
        thread.join();
    }
    // The channel of the next listener.
    std::shared_ptr<Channel> take_channel() {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return !channels.empty(); });
        auto channel = channels.back();
        channels.pop_back();
        return channel;
    }
    RawAnswer ask(const std::string& bytes) {
        if (!thread.joinable()) serve();
        RawClient client(server->address());
        client.send(bytes);
        return client.read_answer();
    }

    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::shared_ptr<Channel>> channels;
    Gate gate;
    ServerOptions options;
    Router router{
        {{Method::get, "/hello", "public", [](const Call&) { return Answer::text(200, "hello"); }},
         {Method::post, "/echo", "public",
          [](const Call& call) { return Answer::text(200, call.body); }},
         {Method::post, "/small", "public",
          [](const Call& call) { return Answer::text(200, call.body); }, 16},
         {Method::delete_, "/nothing", "public", [](const Call&) { return Answer::empty(); }, 0},
         {Method::get, "/remote", "public",
          [](const Call& call) { return Answer::text(200, call.remote); }},
         {Method::post, "/role", "public",
          [](const Call& call) {
              return Answer::text(200, std::string(call.headers.find("x-role").value_or("none")));
          }},
         {Method::get, "/big", "public",
          [](const Call&) { return Answer::text(200, std::string(3'000'000, 'b')); }},
         {Method::get, "/page", "public",
          [](const Call&) {
              auto answer = Answer::html(200, "<p>page");
              answer.headers.set("content-security-policy", "default-src 'self'");
              answer.headers.set("cache-control", "public, max-age=60");
              return answer;
          }},
         {Method::get, "/wait", "public",
          [this](const Call&) {
              gate.pass();
              return Answer::text(200, "waited");
          }},
         {Method::get, "/events", "public",
          [this](const Call&) {
              Answer answer;
              answer.stream = [this](std::shared_ptr<Channel> channel) {
                  const std::lock_guard lock(mutex);
                  channels.push_back(std::move(channel));
                  changed.notify_all();
              };
              return answer;
          }}},
        [](Call&, const Route&) {},
        {},
        {}};
    std::unique_ptr<Server> server;
    std::thread thread;
};

}  // namespace quittance::http
