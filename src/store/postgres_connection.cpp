#include "store/postgres_connection.h"

#include <poll.h>

#include "store/dialect.h"
#include "store/postgres_row.h"

namespace quittance::store {

namespace {

// What the operator's URL does not say.
PGconn* connect(const std::string& url) {
    const char* const keywords[] = {
        "connect_timeout",
        "keepalives_idle",
        "tcp_user_timeout",
        "fallback_application_name",
        "dbname",
        "client_encoding",
        nullptr};
    const char* const values[] = {"5", "30", "30000", "quittance", url.c_str(), "UTF8", nullptr};
    return PQconnectdbParams(keywords, values, 1);
}

// One line without what libpq puts around it.
std::string line_of(const char* message) {
    std::string line = message ? message : "";
    for (auto& c : line) {
        if (c == '\n' || c == '\t') c = ' ';
    }
    while (!line.empty() && (line.back() == ' ' || line.back() == '.')) line.pop_back();
    return line;
}

std::string field_of(const PGresult* answer, int field) {
    const char* text = PQresultErrorField(answer, field);
    return text ? text : "";
}

// libpq's form of the values: numbers and texts as C strings, blobs as bytes with a length.
struct Parameters {
    explicit Parameters(Values given) {
        // Their places must not move once they are pointed to.
        written.reserve(given.size());
        for (const auto& value : given) add(value.held());
    }
    void add(const Value::Held& held) {
        if (const auto* number = std::get_if<std::int64_t>(&held)) {
            write(std::to_string(*number));
        } else if (const auto* text = std::get_if<std::string_view>(&held)) {
            if (text->find('\0') != text->npos) throw SqlFault("a text with a zero byte", "22021");
            write(std::string(*text));
        } else if (const auto* blob = std::get_if<Blob>(&held)) {
            // A view of nothing may point nowhere, and that would be NULL for libpq.
            push(blob->bytes.empty() ? "" : blob->bytes.data(), blob->bytes.size(), 1);
        } else {
            push(nullptr, 0, 0);
        }
    }
    void write(std::string text) {
        written.push_back(std::move(text));
        push(written.back().c_str(), written.back().size(), 0);
    }
    void push(const char* at, std::size_t size, int format) {
        values.push_back(at);
        lengths.push_back(static_cast<int>(size));
        formats.push_back(format);
    }

    std::vector<std::string> written;
    std::vector<const char*> values;
    std::vector<int> lengths;
    std::vector<int> formats;
};

constexpr auto compare_clocks_every = std::chrono::seconds(10);

// What we promise must not hang on how the server or the role is set up.
constexpr auto read_committed = "SET default_transaction_isolation = 'read committed'";
constexpr auto keep_promises =
    "SELECT set_config('synchronous_commit', 'on', false) "
    "WHERE current_setting('synchronous_commit') = 'off'";
constexpr auto server_clock = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

}  // namespace

PostgresConnection::PostgresConnection(const std::string& url, PostgresClock& clock)
    : connection_(connect(url), &PQfinish), clock_(clock) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) {
        throw Unreachable(line_of(PQerrorMessage(connection_.get())));
    }
    // No details and no contexts: they quote values.
    PQsetErrorVerbosity(connection_.get(), PQERRORS_TERSE);
    // The server's notices would land on standard error.
    PQsetNoticeReceiver(
        connection_.get(), [](void*, const PGresult*) {}, nullptr
    );
    require(PQenterPipelineMode(connection_.get()) == 1);
    try {
        set_up();
    } catch (const ConnectionLost& lost) {
        throw Unreachable(lost.what());
    }
}

void PostgresConnection::set_up() {
    send(read_committed);
    send(keep_promises);
    if (const auto failure = finish().failure) lose(failure->what);
    read_clock();
}

void PostgresConnection::lose(const std::string& why) {
    const auto line = why.empty() ? line_of(PQerrorMessage(connection_.get())) : why;
    throw ConnectionLost(line.empty() ? "the server answers out of turn" : line);
}

void PostgresConnection::require(bool ok) {
    if (!ok) lose();
}

std::string PostgresConnection::encoding() const {
    const char* name = PQparameterStatus(connection_.get(), "server_encoding");
    return name ? name : "";
}

const std::string& PostgresConnection::name_of(std::string_view sql) {
    const auto found = prepared_.find(sql);
    if (found != prepared_.end()) return found->second;
    auto name = "q" + std::to_string(++names_);
    const auto own = query_for(Dialect::postgresql, sql);
    require(PQsendPrepare(connection_.get(), name.c_str(), own.c_str(), 0, nullptr) == 1);
    owed_.push_back({unit_, std::string(sql)});
    return prepared_.emplace(std::string(sql), std::move(name)).first->second;
}

void PostgresConnection::send(std::string_view sql, Values values) {
    const Parameters parameters(values);
    const auto& name = name_of(sql);
    require(
        PQsendQueryPrepared(
            connection_.get(), name.c_str(), static_cast<int>(values.size()),
            parameters.values.data(), parameters.lengths.data(), parameters.formats.data(), 1
        ) == 1
    );
    owed_.push_back({unit_, {}});
}

PostgresConnection::Answer PostgresConnection::finish() {
    Answer answer;
    if (owed_.empty()) return answer;
    require(PQpipelineSync(connection_.get()) == 1);
    while (!owed_.empty()) {
        const auto owed = std::move(owed_.front());
        owed_.pop_front();
        auto failure = read_one(owed, answer.last);
        if (failure && !answer.failure) answer.failure = std::move(failure);
    }
    read_sync();
    return answer;
}

std::optional<Failure> PostgresConnection::read_one(const Owed& owed, Result& last) {
    Result result(PQgetResult(connection_.get()), &PQclear);
    if (!result) lose();
    const auto status = PQresultStatus(result.get());
    std::optional<Failure> failure;
    if (status == PGRES_FATAL_ERROR) {
        const auto state = field_of(result.get(), PG_DIAG_SQLSTATE);
        const auto severity = field_of(result.get(), PG_DIAG_SEVERITY_NONLOCALIZED);
        // Without a state it is libpq that speaks, of a connection that broke.
        if (state.empty() || severity != "ERROR") lose();
        // The primary message only: the detail quotes values.
        failure = {
            line_of(field_of(result.get(), PG_DIAG_MESSAGE_PRIMARY).c_str()), state, owed.unit};
    }
    const bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (!good && !owed.prepared.empty()) prepared_.erase(owed.prepared);
    last = std::move(result);
    // A null ends the answer to one statement.
    if (Result more(PQgetResult(connection_.get()), &PQclear); more) lose();
    return failure;
}

void PostgresConnection::read_sync() {
    const Result result(PQgetResult(connection_.get()), &PQclear);
    if (!result || PQresultStatus(result.get()) != PGRES_PIPELINE_SYNC) lose();
}

std::optional<Failure> PostgresConnection::commit() {
    send("COMMIT");
    auto answer = finish();
    const bool committed = std::string_view(PQcmdStatus(answer.last.get())) == "COMMIT";
    if (!answer.failure && !committed) {
        answer.failure = {"the server rolled back instead", "25P02", unit_};
    }
    return std::move(answer.failure);
}

bool PostgresConnection::roll_back() {
    try {
        // What is still owed may fail, and then the server skips the first ROLLBACK.
        for (int i = 0; i < 2; ++i) {
            send("ROLLBACK");
            if (!finish().failure) break;
        }
        return PQtransactionStatus(connection_.get()) == PQTRANS_IDLE;
    } catch (const ConnectionLost&) {
        return false;
    }
}

bool PostgresConnection::usable() {
    if (PQstatus(connection_.get()) != CONNECTION_OK || !owed_.empty()) return false;
    if (PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) return false;
    // Nothing is due on an idle connection, so what arrives is its end.
    pollfd socket{PQsocket(connection_.get()), POLLIN, 0};
    if (::poll(&socket, 1, 0) != 0) return false;
    if (std::chrono::steady_clock::now() - compared_at_ < compare_clocks_every) return true;
    try {
        read_clock();
        return true;
    } catch (const ConnectionLost&) {
        return false;
    }
}

void PostgresConnection::read_clock() {
    const auto before = std::chrono::steady_clock::now();
    send(server_clock);
    const auto answer = finish();
    if (answer.failure || PQntuples(answer.last.get()) != 1) lose();
    compared_at_ = std::chrono::steady_clock::now();
    clock_.compare(before, {PostgresRow(answer.last.get(), 0).integer(0)}, compared_at_);
}

}  // namespace quittance::store
