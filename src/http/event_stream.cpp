#include "http/event_stream.h"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

// g++ 12 sees a mismatch in Asio's own pair of new and delete once it inlines (-O1 and more).
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace quittance::http {

namespace net = boost::asio;

class EventStream::Sender : public Channel {
public:
    explicit Sender(std::shared_ptr<EventStream> stream) : stream_(std::move(stream)) {}
    ~Sender() override { stream_->end_from_outside(); }
    bool send(std::string text) override { return stream_->send(std::move(text)); }

private:
    std::shared_ptr<EventStream> stream_;
};

EventStream::EventStream(net::any_io_executor io) : io_(io), timer_(io) {}

std::shared_ptr<Channel> EventStream::channel() {
    return std::make_shared<Sender>(shared_from_this());
}

net::awaitable<std::optional<std::string>> EventStream::next(std::chrono::milliseconds heartbeat) {
    if (timer_) timer_->expires_after(heartbeat);
    for (;;) {
        {
            const std::lock_guard lock(mutex_);
            if (!waiting_.empty()) {
                std::string all;
                for (const auto& text : waiting_) all += text;
                waiting_.clear();
                co_return all;
            }
            if (ended_ || !timer_) co_return std::nullopt;
        }
        // A wake-up that was posted in between comes after this wait has begun: one I/O thread.
        boost::system::error_code cancelled;
        co_await timer_->async_wait(net::redirect_error(net::use_awaitable, cancelled));
        if (!cancelled) co_return ":\n\n";
    }
}

void EventStream::end() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    waiting_.clear();
    timer_.reset();
}

bool EventStream::send(std::string text) {
    const std::lock_guard lock(mutex_);
    if (ended_) return false;
    if (waiting_.size() == waiting_max) {
        wake();
        ended_ = true;
        return false;
    }
    waiting_.push_back(std::move(text));
    if (waiting_.size() == 1) wake();
    return true;
}

void EventStream::end_from_outside() {
    const std::lock_guard lock(mutex_);
    if (ended_) return;
    wake();
    ended_ = true;
}

void EventStream::wake() {
    net::post(io_, [self = shared_from_this()] {
        if (self->timer_) self->timer_->cancel();
    });
}

}  // namespace quittance::http
