#include "store/postgres_store.h"

#include <atomic>

#include "store/failure.h"
#include "store/pool.h"
#include "store/postgres_writers.h"

namespace quittance::store {

namespace {

using Connections = Pool<PostgresConnection>;
using Callbacks = std::vector<std::function<void()>>;

constexpr int tries = 5;

class PostgresStore final : public Store {
public:
    explicit PostgresStore(const Options& options)
        : url_(options.url),
          offset_ms_(options.clock_offset.count()),
          connections_(options.connections_max, [this] { return open_one(); }),
          writers_([this] { return open_one(); }, [this] { return offset(); }) {}

    void check() {
        const Connections::Borrowed connection(connections_);
        if (connection->encoding() != "UTF8") {
            throw std::runtime_error("its encoding is " + connection->encoding() + ", not UTF8");
        }
    }

    Dialect dialect() const override { return Dialect::postgresql; }
    Instant clock() const override { return wall_clock() + offset(); }
    void set_clock_offset(std::chrono::milliseconds offset) override {
        offset_ms_ = offset.count();
    }
    bool writable() const override { return true; }
    void checkpoint() override {}

protected:
    void run_write(const std::function<void(Tx&)>& f, Lane lane) override {
        Callbacks callbacks;
        if (lane == Lane::grouped) {
            writers_.write([&](Tx& tx) {
                f(tx);
                callbacks = take_after_commit(tx);
            });
        } else {
            for (int i = 1; !try_write(f, callbacks, i == tries); ++i) step_aside(i);
        }
        for (const auto& callback : callbacks) callback();
    }

    void run_read(const std::function<void(Reader&)>& f) override {
        try {
            read_once(f);
        } catch (const ConnectionLost& lost) {
            throw unavailable(lost.what());
        }
    }

private:
    std::unique_ptr<PostgresConnection> open_one() {
        return std::make_unique<PostgresConnection>(url_, clock_);
    }

    std::chrono::milliseconds offset() const { return std::chrono::milliseconds(offset_ms_); }

    // An idle connection may have died: the next one is opened afresh.
    void revive(Connections::Borrowed& connection) {
        if (!connection->usable()) connection.replace(open_one());
    }

    void read_once(const std::function<void(Reader&)>& f) {
        Connections::Borrowed connection(connections_);
        try {
            revive(connection);
            PostgresTx tx(*connection, offset());
            try {
                f(tx);
            } catch (const SqlFault&) {
                if (tx.failure()) std::rethrow_exception(bad_news_of(*tx.failure()));
                throw;
            }
        } catch (const ConnectionLost&) {
            connection.discard();
            throw;
        }
    }

    // False when it should be tried again, which never happens when it is the last time.
    bool try_write(const std::function<void(Tx&)>& f, Callbacks& callbacks, bool last) {
        bool committing = false;
        try {
            Connections::Borrowed connection(connections_);
            try {
                revive(connection);
                const auto failure = write_once(*connection, f, callbacks, committing);
                if (!failure) return true;
                connection->roll_back();
                if (worth_another_try(*failure) && !last) return false;
                std::rethrow_exception(bad_news_of(*failure));
            } catch (const ConnectionLost&) {
                connection.discard();
                throw;
            }
        } catch (const Unreachable& lost) {
            throw unavailable(lost.what());
        } catch (const ConnectionLost& lost) {
            if (committing) throw unavailable(lost.what(), "commit_unknown");
            if (last) throw unavailable(lost.what());
            return false;
        }
    }

    // Nothing when it is committed. The function's own bad news comes out, rolled back.
    std::optional<Failure> write_once(
        PostgresConnection& connection, const std::function<void(Tx&)>& f, Callbacks& callbacks,
        bool& committing
    ) {
        connection.send("BEGIN");
        PostgresTx tx(connection, offset());
        try {
            f(tx);
        } catch (const ConnectionLost&) {
            throw;
        } catch (...) {
            if (tx.failure()) return tx.failure();
            // If that fails, usable() will say so.
            connection.roll_back();
            throw;
        }
        if (tx.failure()) return tx.failure();
        committing = true;
        auto failure = connection.commit();
        committing = false;
        if (!failure) callbacks = take_after_commit(tx);
        return failure;
    }

    std::string url_;
    std::atomic<std::int64_t> offset_ms_;
    PostgresClock clock_;
    Connections connections_;
    PostgresWriters writers_;
};

}  // namespace

std::unique_ptr<Store> open_postgres(const Options& options) {
    try {
        auto store = std::make_unique<PostgresStore>(options);
        store->check();
        return store;
    } catch (const std::runtime_error& error) {
        throw std::runtime_error(
            std::string("The database cannot be reached: ") + error.what() + "."
        );
    }
}

}  // namespace quittance::store
