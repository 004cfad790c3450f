#include "store/sqlite_store.h"

#include <atomic>

#include "store/failure.h"
#include "store/pool.h"
#include "store/sqlite_writer.h"

namespace quittance::store {

namespace {

using Readers = Pool<SqliteConnection>;

std::unique_ptr<SqliteConnection> open_reader(const std::string& file) {
    try {
        return std::make_unique<SqliteConnection>(file, SqliteConnection::Use::read);
    } catch (const std::runtime_error& error) {
        throw unavailable(error.what());
    }
}

// One read: a connection and the moment it sees.
class Snapshot {
public:
    explicit Snapshot(Readers& readers) : reader_(readers) {
        reader_->take_trouble();
        reader_->run("BEGIN", {});
    }
    ~Snapshot() {
        try {
            reader_->run("COMMIT", {});
        } catch (const std::exception&) {
            reader_.discard();
        }
    }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    SqliteConnection& connection() { return *reader_; }

private:
    Readers::Borrowed reader_;
};

class SqliteStore final : public Store {
public:
    SqliteStore(const std::string& file, const Options& options)
        : offset_ms_(options.clock_offset.count()),
          writer_(file, [this] { return clock(); }),
          readers_(options.connections_max, [file] { return open_reader(file); }) {}

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
        writer_.write([&](Tx& tx) {
            f(tx);
            callbacks = take_after_commit(tx);
        });
        for (const auto& callback : callbacks) callback();
    }
    void run_read(const std::function<void(Reader&)>& f) override {
        try {
            Snapshot snapshot(readers_);
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
