// The SQL of a transaction, or of reads without one, on a connection to PostgreSQL.
#pragma once

#include "store/postgres_connection.h"

namespace quittance::store {

class PostgresTx final : public Tx {
public:
    PostgresTx(PostgresConnection& connection, std::chrono::milliseconds clock_offset)
        : connection_(connection), now_(connection.now() + clock_offset) {}

    Instant now() override { return now_; }
    void run(std::string_view sql, Values values) override { connection_.send(sql, values); }
    std::int64_t change(std::string_view sql, Values values) override;

    // What went wrong in the database so far, also when the function swallowed the fault. The
    // transaction cannot go on.
    const std::optional<Failure>& failure() const { return failure_; }

protected:
    void query(std::string_view sql, Values values, const std::function<void(const Row&)>& row)
        override;

private:
    PostgresConnection::Result answer_to(std::string_view sql, Values values);

    PostgresConnection& connection_;
    Instant now_;
    std::optional<Failure> failure_;
};

// 40001 and 40P01: the database rolled back something that would have worked alone.
bool worth_another_try(const Failure& failure);
// Waits a little before the next try, by chance longer or shorter: two that fell over each other
// would do so again.
void step_aside(int tries_so_far);
// Whether the statement is innocent: the server is full, stopping, or not writable.
bool is_unavailable(const Failure& failure);
// SqlFault, or 503.
std::exception_ptr bad_news_of(const Failure& failure);

}  // namespace quittance::store
