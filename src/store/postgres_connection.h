// One connection to PostgreSQL, always in libpq's pipeline mode: what is sent travels when somebody
// asks for an answer. Statements are prepared once; numbers and texts go as text, blobs as they
// are, answers come in binary form and are checked for type. Used by one thread at a time.
#pragma once

#include <libpq-fe.h>

#include <deque>
#include <unordered_map>

#include "store/postgres_clock.h"
#include "store/store.h"

namespace quittance::store {

// The server is not there, or went away: whatever was not committed is gone.
class ConnectionLost : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// There was no connection to begin with: trying again at once is in vain.
class Unreachable : public ConnectionLost {
public:
    using ConnectionLost::ConnectionLost;
};

// The first statement that failed since the last answer; the server skipped those behind it.
struct Failure {
    std::string what;
    std::string state;
    int unit;  // whose it was
};

class PostgresConnection {
public:
    using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;
    struct Answer {
        Result last{nullptr, &PQclear};  // of the last statement sent; null when nothing was
        std::optional<Failure> failure;
    };

    // Throws Unreachable. Connections of one store share its clock, which outlives them.
    PostgresConnection(const std::string& url, PostgresClock& clock);
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;

    // Whose statements the next ones are; any number the caller likes.
    void set_unit(int unit) { unit_ = unit; }
    // Queues one statement of the common text. Throws ConnectionLost.
    void send(std::string_view sql, Values values = {});
    // Everything sent runs now, up to the first failure. Throws ConnectionLost.
    Answer finish();
    // COMMIT, behind everything sent. A failure means that nothing is committed, ConnectionLost
    // that nobody knows.
    std::optional<Failure> commit();
    // Ends the transaction, if there is one. False when the connection is not to be used again.
    bool roll_back();
    // Whether it seems fit for another transaction; costs no round trip, save one every ten
    // seconds to compare clocks.
    bool usable();
    // The server's clock.
    Instant now() const { return clock_.now(); }
    std::string encoding() const;

private:
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    using Prepared = std::unordered_map<std::string, std::string, Hash, std::equal_to<>>;
    // What the server still owes: an answer to a Prepare (of this statement) or to a statement.
    struct Owed {
        int unit;
        std::string prepared;
    };

    const std::string& name_of(std::string_view sql);
    void read_clock();
    void set_up();
    void require(bool ok);
    [[noreturn]] void lose(const std::string& why = {});
    std::optional<Failure> read_one(const Owed& owed, Result& last);
    void read_sync();

    std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
    Prepared prepared_;
    std::deque<Owed> owed_;
    std::int64_t names_ = 0;
    int unit_ = 0;
    PostgresClock& clock_;
    std::chrono::steady_clock::time_point compared_at_;
};

}  // namespace quittance::store
