// Connections that many callers share, opened when needed; a caller waits when all are out.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace quittance::store {

template <class Connection>
class Pool {
public:
    using Open = std::function<std::unique_ptr<Connection>()>;

    Pool(int most, Open open) : most_(most), open_(std::move(open)) {}

    // One connection, for as long as this lives. Throws what `open` throws.
    class Borrowed {
    public:
        explicit Borrowed(Pool& pool) : pool_(pool), connection_(pool.take()) {}
        ~Borrowed() { pool_.give_back(std::move(connection_)); }
        Borrowed(const Borrowed&) = delete;
        Borrowed& operator=(const Borrowed&) = delete;
        Connection& operator*() const { return *connection_; }
        Connection* operator->() const { return connection_.get(); }
        // Nobody is to use it again.
        void discard() { connection_.reset(); }
        void replace(std::unique_ptr<Connection> fresh) { connection_ = std::move(fresh); }

    private:
        Pool& pool_;
        std::unique_ptr<Connection> connection_;
    };

private:
    std::unique_ptr<Connection> take() {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [&] { return out_ < most_; });
        ++out_;
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
        lock.unlock();
        try {
            return open_();
        } catch (...) {
            give_back(nullptr);
            throw;
        }
    }
    void give_back(std::unique_ptr<Connection> connection) {
        {
            const std::lock_guard lock(mutex_);
            --out_;
            if (connection) idle_.push_back(std::move(connection));
        }
        returned_.notify_one();
    }

    int most_;
    Open open_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> idle_;
    int out_ = 0;
};

}  // namespace quittance::store
