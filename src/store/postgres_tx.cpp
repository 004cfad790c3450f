#include "store/postgres_tx.h"

#include <charconv>
#include <random>
#include <thread>

#include "store/failure.h"
#include "store/postgres_row.h"

namespace quittance::store {

PostgresConnection::Result PostgresTx::answer_to(std::string_view sql, Values values) {
    connection_.send(sql, values);
    auto answer = connection_.finish();
    if (answer.failure) {
        if (!failure_) failure_ = answer.failure;
        throw SqlFault(answer.failure->what, answer.failure->state);
    }
    return std::move(answer.last);
}

std::int64_t PostgresTx::change(std::string_view sql, Values values) {
    const auto answer = answer_to(sql, values);
    const std::string_view count = PQcmdTuples(answer.get());
    std::int64_t rows = 0;
    std::from_chars(count.data(), count.data() + count.size(), rows);
    return rows;
}

void PostgresTx::query(
    std::string_view sql, Values values, const std::function<void(const Row&)>& row
) {
    const auto answer = answer_to(sql, values);
    const int rows = PQntuples(answer.get());
    for (int i = 0; i < rows; ++i) row(PostgresRow(answer.get(), i));
}

bool worth_another_try(const Failure& failure) {
    return failure.state == "40001" || failure.state == "40P01";
}

void step_aside(int tries_so_far) {
    thread_local std::minstd_rand chance(std::random_device{}());
    std::uniform_int_distribution<int> pause_ms(1, 20 * tries_so_far);
    std::this_thread::sleep_for(std::chrono::milliseconds(pause_ms(chance)));
}

bool is_unavailable(const Failure& failure) {
    const std::string_view state = failure.state;
    // Insufficient resources, intervention (also the operator's time limit), system error,
    // connection (08P01 aside: a wrong number of placeholders), a standby, a lock not to be had.
    return state.starts_with("53") || state.starts_with("57") || state.starts_with("58") ||
           (state.starts_with("08") && state != "08P01") || state == "25006" || state == "55P03";
}

std::exception_ptr bad_news_of(const Failure& failure) {
    if (worth_another_try(failure) || is_unavailable(failure)) {
        return std::make_exception_ptr(unavailable(failure.what));
    }
    return std::make_exception_ptr(SqlFault(failure.what, failure.state));
}

}  // namespace quittance::store
