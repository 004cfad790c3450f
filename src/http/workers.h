// The threads that run handlers, which block (database, passwords).
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace quittance::http {

class Workers {
public:
    Workers(int threads, std::size_t queue_max);
    // Does what is queued, then returns.
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    // False, and nothing will happen, when queue_max pieces of work are waiting already.
    bool put(std::function<void()> work);
    // For what has been promised already: takes no notice of queue_max.
    void put_always(std::function<void()> work);
    std::size_t waiting() const;

private:
    void run();

    const std::size_t queue_max_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> queue_;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace quittance::http
