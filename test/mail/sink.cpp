#include "test/mail/sink.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <stdexcept>

extern char** environ;

namespace quittance::mail {
namespace {

constexpr int patience_ms = 10'000;
const std::string town = SOURCE_FOLDER "/test/town";

}  // namespace

bool Sink::available() { return std::filesystem::exists(town + "/node_modules/smtp-server"); }

Sink::Sink(std::string_view options) {
    int to[2];
    int from[2];
    if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0) {
        throw std::runtime_error("no pipe for the mail server");
    }
    std::string script = town + "/smtp-sink.mjs";
    std::string argument(options);
    std::string node = "node";
    char* arguments[] = {node.data(), script.data(), argument.data(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, to[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
    const int failed = posix_spawnp(&pid_, "node", &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(to[0]);
    close(from[1]);
    in_ = to[1];
    out_ = from[0];
    if (failed != 0) throw std::runtime_error("node cannot be started");
    const auto first = next_line(patience_ms);
    port_ = static_cast<int>(first.at("port").as_int64());
    authority_ = first.at("authority").as_string().c_str();
}

Sink::~Sink() {
    close(in_);
    close(out_);
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
}

bool Sink::read_more(int timeout_ms) {
    pollfd waiting{out_, POLLIN, 0};
    if (poll(&waiting, 1, timeout_ms) <= 0) return false;
    char buffer[65536];
    const auto size = read(out_, buffer, sizeof buffer);
    if (size <= 0) throw std::runtime_error("the mail server has left");
    unread_.append(buffer, static_cast<std::size_t>(size));
    return true;
}

boost::json::object Sink::next_line(int timeout_ms) {
    for (;;) {
        const auto end = unread_.find('\n');
        if (end != std::string::npos) {
            auto line = boost::json::parse(unread_.substr(0, end)).as_object();
            unread_.erase(0, end + 1);
            return line;
        }
        if (!read_more(timeout_ms)) throw std::runtime_error("the mail server says nothing");
    }
}

void Sink::refuse(int code) {
    const auto line = "{\"refuse\":" + std::to_string(code) + "}\n";
    if (write(in_, line.data(), line.size()) < 0) throw std::runtime_error("the pipe is broken");
    for (;;) {
        auto answer = next_line(patience_ms);
        if (answer.contains("refuse")) return;
        mails_.push_back(std::move(answer));
    }
}

std::vector<boost::json::object> Sink::mails(std::size_t least) {
    while (mails_.size() < least) mails_.push_back(next_line(patience_ms));
    while (unread_.find('\n') != std::string::npos || read_more(0)) {
        mails_.push_back(next_line(patience_ms));
    }
    return mails_;
}

}  // namespace quittance::mail
