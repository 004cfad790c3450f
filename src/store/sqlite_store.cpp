#include "store/sqlite_store.h"

#include "store/failure.h"
#include "store/sqlite_writer.h"

namespace quittance::store {

namespace {

// Connections for reading, opened when needed. A caller waits when all are out.
class Readers {
public:
    Readers(std::string file, int most) : file_(std::move(file)), most_(most) {}

    std::unique_ptr<SqliteConnection> take() {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [&] { return !idle_.empty() || out_ < most_; });
        ++out_;
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
        lock.unlock();
        try {
            return std::make_unique<SqliteConnection>(file_, SqliteConnection::Use::read);
        } catch (const std::exception& error) {
            give_back(nullptr);
            throw unavailable(error.what());
        }
    }
    // Null when it is not to be used again.
    void give_back(std::unique_ptr<SqliteConnection> connection) {
        {
            const std::lock_guard lock(mutex_);
            --out_;
            if (connection) idle_.push_back(std::move(connection));
        }
        returned_.notify_one();
    }

private:
    std::string file_;
    int most_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<SqliteConnection>> idle_;
    int out_ = 0;
};

// One read: a connection and the moment it sees.
class Snapshot {
public:
    explicit Snapshot(Readers& readers) : readers_(readers), connection_(readers.take()) {}
    ~Snapshot() {
        bool clean = true;
        try {
            if (connection_->in_transaction()) connection_->run("COMMIT", {});
        } catch (const std::exception&) {
            clean = false;
        }
        if (connection_->take_trouble() != Trouble::none) clean = false;
        if (!clean) connection_.reset();
        readers_.give_back(std::move(connection_));
    }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    SqliteConnection& connection() { return *connection_; }

private:
    Readers& readers_;
    std::unique_ptr<SqliteConnection> connection_;
};

class SqliteStore final : public Store {
public:
    SqliteStore(const std::string& file, const Options& options)
        : offset_ms_(options.clock_offset.count()),
          writer_(file, [this] { return clock(); }),
          readers_(file, options.connections_max) {}

    Dialect dialect() const override { return Dialect::sqlite; }
    Instant clock() const override { return {wall_clock().ms + offset_ms_}; }
    void set_clock_offset(std::chrono::milliseconds offset) override {
        offset_ms_ = offset.count();
    }
    bool writable() const override { return writer_.writable(); }
    void checkpoint() override { writer_.checkpoint(); }

protected:
    void run_write(const std::function<void(Tx&)>& f, Lane) override {
        std::vector<std::function<void()>> callbacks;
        writer_.write([&](SqliteTx& tx) {
            f(tx);
            callbacks = take_after_commit(tx);
        });
        for (const auto& callback : callbacks) callback();
    }
    void run_read(const std::function<void(Reader&)>& f) override {
        try {
            Snapshot snapshot(readers_);
            snapshot.connection().run("BEGIN", {});
            SqliteTx tx(snapshot.connection(), clock());
            f(tx);
        } catch (const SqliteTrouble& trouble) {
            throw unavailable(trouble.what());
        }
    }

private:
    std::atomic<std::int64_t> offset_ms_;
    SqliteWriter writer_;
    Readers readers_;
};

}  // namespace

std::unique_ptr<Store> open_sqlite(const std::string& file, const Options& options) {
    try {
        return std::make_unique<SqliteStore>(file, options);
    } catch (const std::runtime_error& error) {
        throw std::runtime_error(
            "The database " + file + " cannot be opened: " + error.what() + "."
        );
    }
}

}  // namespace quittance::store
