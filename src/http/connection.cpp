#include "http/connection.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>

#include "base/log.h"
#include "http/answer_head.h"
#include "http/metrics.h"
#include "http/target.h"

// g++ 12 sees a mismatch in Asio's own pair of new and delete once it inlines (-O1 and more).
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace quittance::http {

namespace net = boost::asio;
namespace beast = boost::beast::http;
using Error = boost::system::error_code;

class Parser : public beast::request_parser<beast::string_body> {};

namespace {

constexpr std::size_t linger_bytes_max = 1'048'576;
constexpr std::chrono::milliseconds linger_time{2'000};

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

std::optional<Method> method_of(beast::verb verb) {
    switch (verb) {
        case beast::verb::get:
            return Method::get;
        case beast::verb::head:
            return Method::head;
        case beast::verb::post:
            return Method::post;
        case beast::verb::put:
            return Method::put;
        case beast::verb::patch:
            return Method::patch;
        case beast::verb::delete_:
            return Method::delete_;
        default:
            return std::nullopt;
    }
}

bool same_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return (x >= 'A' && x <= 'Z' ? x | 0x20 : x) == (y >= 'A' && y <= 'Z' ? y | 0x20 : y);
    });
}

bool is_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_host(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '.' || c == '-' || c == '_' || c == ':' || c == '[' || c == ']';
    });
}

// Two programs that see the length of a body differently see different calls: whatever is not
// plainly one of "Content-Length: n" and "Transfer-Encoding: chunked" is refused.
bool has_one_meaning(const Parser& parser) {
    const auto& head = parser.get();
    const auto lengths = head.count(beast::field::content_length);
    const auto encodings = head.count(beast::field::transfer_encoding);
    if (lengths + encodings > 1) return false;
    if (lengths == 1 && !is_digits(view(head[beast::field::content_length]))) return false;
    if (encodings == 1 &&
        (head.version() != 11 ||
         !same_ignoring_case(view(head[beast::field::transfer_encoding]), "chunked"))) {
        return false;
    }
    const auto hosts = head.count(beast::field::host);
    return hosts <= 1 && (hosts == 1 || head.version() == 10) &&
           is_host(view(head[beast::field::host]));
}

bool has_body(const Parser& parser) {
    return parser.chunked() || parser.content_length().value_or(0) > 0;
}

void report(const Call& call, const Answer& answer, Connection::Clock::time_point begun) {
    const auto took =
        std::chrono::duration_cast<std::chrono::microseconds>(Connection::Clock::now() - begun);
    const std::string_view route = call.route.empty() ? "none" : std::string_view(call.route);
    count_call(route, answer.status, took);
    log::info(
        "call", {{"route", route},
                 {"status", std::int64_t{answer.status}},
                 {"ms", static_cast<double>(took.count()) / 1000},
                 {"bytes", static_cast<std::int64_t>(answer.body.size())}}
    );
}

}  // namespace

void Connection::set_deadline(std::chrono::milliseconds from_now) {
    deadline_ = Clock::now() + from_now;
    timed_out_ = false;
}

void Connection::tick(Clock::time_point now) {
    if (timed_out_ || now < deadline_) return;
    timed_out_ = true;
    Error ignored;
    socket_.cancel(ignored);
}

void Connection::stop() {
    if (phase_ != Phase::reading && phase_ != Phase::answering) close();
}

void Connection::close() {
    Error ignored;
    socket_.close(ignored);
}

net::awaitable<bool> Connection::read_more() {
    if (timed_out_) co_return false;
    Error error;
    const auto count = co_await socket_.async_read_some(
        net::buffer(chunk_), net::redirect_error(net::use_awaitable, error)
    );
    if (error) co_return false;
    in_.append(chunk_.data(), count);
    co_return true;
}

net::awaitable<bool> Connection::write(std::string_view bytes) {
    while (!bytes.empty()) {
        set_deadline(premises_.options.write_timeout);
        Error error;
        const auto count = co_await socket_.async_write_some(
            net::buffer(bytes.data(), bytes.size()), net::redirect_error(net::use_awaitable, error)
        );
        if (error) co_return false;
        bytes.remove_prefix(count);
    }
    co_return true;
}

// Closing with unread bytes would send a reset, which can overtake the answer.
net::awaitable<void> Connection::linger() {
    phase_ = Phase::lingering;
    set_deadline(linger_time);
    Error ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    for (std::size_t read = 0; read < linger_bytes_max; read += in_.size()) {
        in_.clear();
        const bool more = co_await read_more();
        if (!more) break;
    }
}

net::awaitable<void> Connection::run() {
    while (!premises_.stopping) {
        const bool more = co_await one_call();
        if (!more) break;
        first_ = false;
    }
    if (socket_.is_open()) co_await linger();
    close();
}

net::awaitable<void> Connection::turn_away() {
    const Call nobody;
    auto answer = premises_.router.problem(503, "too_many_connections");
    phase_ = Phase::lingering;
    const auto bytes = head_of(nobody, answer, false) + answer.body;
    co_await write(bytes);
    if (socket_.is_open()) co_await linger();
    close();
}

net::awaitable<Connection::Read> Connection::read_head(Parser& parser) {
    parser.header_limit(static_cast<std::uint32_t>(premises_.options.head_bytes_max));
    parser.body_limit(boost::none);  // read_body() knows it
    phase_ = Phase::waiting;
    set_deadline(first_ ? premises_.options.head_timeout : premises_.options.idle_timeout);
    for (;;) {
        // RFC 9112, 2.2: empty lines before a call are ignored.
        while (phase_ == Phase::waiting && in_.starts_with("\r\n")) in_.erase(0, 2);
        if (!in_.empty() && in_ != "\r") {
            if (phase_ == Phase::waiting) set_deadline(premises_.options.head_timeout);
            phase_ = Phase::reading;
            Error error;
            in_.erase(0, parser.put(net::buffer(in_), error));
            if (parser.is_header_done()) co_return std::nullopt;
            if (error == beast::error::header_limit) co_return Trouble{431, "head_too_large"};
            if (error == beast::error::bad_version) {
                co_return Trouble{505, "version_not_supported"};
            }
            if (error && error != beast::error::need_more) co_return Trouble{400, "malformed_call"};
        }
        const bool more = co_await read_more();
        if (more) continue;
        if (timed_out_ && phase_ == Phase::reading) co_return Trouble{408, "call_timed_out"};
        co_return Trouble{};
    }
}

net::awaitable<Connection::Read> Connection::read_body(Parser& parser, std::size_t bytes_max) {
    if (parser.is_done()) co_return std::nullopt;
    if (parser.content_length().value_or(0) > bytes_max) co_return Trouble{413, "body_too_large"};
    parser.body_limit(bytes_max);
    parser.eager(true);
    set_deadline(premises_.options.body_timeout);
    const bool asks = parser.get().count(beast::field::expect) > 0 && version_ == 11;
    if (asks && in_.empty()) {
        const bool written = co_await write("HTTP/1.1 100 Continue\r\n\r\n");
        if (!written) co_return Trouble{};
        set_deadline(premises_.options.body_timeout);
    }
    for (;;) {
        if (!in_.empty()) {
            Error error;
            const auto used = parser.put(net::buffer(in_), error);
            in_.erase(0, used);
            if (parser.is_done()) co_return std::nullopt;
            if (error == beast::error::body_limit) co_return Trouble{413, "body_too_large"};
            // A chunk's size line or the trailers without an end.
            const bool endless = in_.size() > premises_.options.head_bytes_max + chunk_.size();
            if ((error && error != beast::error::need_more) || endless) {
                co_return Trouble{400, "malformed_call"};
            }
        }
        const bool more = co_await read_more();
        if (more) continue;
        if (timed_out_) co_return Trouble{408, "call_timed_out"};
        co_return Trouble{};
    }
}

// Everything but target and body. Trailers are not part of it: this runs before they are read.
Connection::Read Connection::fill(Call& call, const Parser& parser) const {
    const auto& head = parser.get();
    if (version_ != 10 && version_ != 11) return Trouble{505, "version_not_supported"};
    if (!has_one_meaning(parser)) return Trouble{400, "malformed_call"};
    std::vector<std::string_view> forwarded_for;
    for (const auto& field : head) {
        const auto value = view(field.value());
        try {
            call.headers.add(std::string(view(field.name_string())), std::string(value));
        } catch (const std::invalid_argument&) {
            return Trouble{400, "malformed_call"};
        }
        if (same_ignoring_case(view(field.name_string()), "x-forwarded-for")) {
            forwarded_for.push_back(value);
        }
    }
    call.remote = premises_.proxies.client(peer_, forwarded_for).text();
    const auto expect = call.headers.find("expect");
    if (expect && !same_ignoring_case(*expect, "100-continue")) {
        return Trouble{417, "expectation_failed"};
    }
    return std::nullopt;
}

net::awaitable<bool> Connection::one_call() {
    Parser parser;
    Call call;
    call.secure = premises_.options.secure;
    version_ = 11;
    auto trouble = co_await read_head(parser);
    const auto begun = Clock::now();
    const auto method = method_of(parser.get().method());
    call.method = method.value_or(Method::get);
    if (!trouble) version_ = static_cast<int>(parser.get().version());
    if (!trouble) trouble = fill(call, parser);
    if (trouble) co_return co_await refuse(call, *trouble);
    std::optional<Answer> early;
    try {
        set_target(call, view(parser.get().target()));
    } catch (const Refusal& refusal) {
        early = premises_.router.refuse(call, refusal);
    }
    const auto bytes_max = premises_.router.body_bytes_max(call.method, call.path);
    if (!early && !method) early = answer_for_method(premises_.router, call);
    // A body that no route takes stays unread: the router says what it thinks of the path.
    if (!early && (bytes_max || !has_body(parser))) {
        trouble = co_await read_body(parser, bytes_max.value_or(0));
        if (trouble) co_return co_await refuse(call, *trouble);
        call.body = std::move(parser.get().body());
    }
    const bool keep = parser.keep_alive() && version_ == 11 && parser.is_done();
    if (early) {
        report(call, *early, begun);
        co_return co_await send(call, std::move(*early), keep);
    }
    auto answered = co_await answer(call, begun);
    co_return co_await send(call, std::move(answered), keep);
}

net::awaitable<Answer> Connection::answer(Call& call, Clock::time_point begun) {
    phase_ = Phase::answering;
    deadline_ = Clock::time_point::max();
    // Runs on a worker and hands the answer back to the I/O thread. The call stays in the frame of
    // the coroutine that waits here.
    auto begin = [this, &call, begun](auto handler) {
        using Handler = decltype(handler);
        auto waiting = std::make_shared<Handler>(std::move(handler));
        auto work = [this, &call, begun, waiting, io = socket_.get_executor()] {
            auto made = std::make_shared<Answer>(premises_.router.answer(call));
            report(call, *made, begun);
            net::post(io, [waiting, made] { (*waiting)(std::move(*made)); });
        };
        if (premises_.workers.put(std::move(work))) return;
        auto full = std::make_shared<Answer>(premises_.router.problem(503, "overloaded"));
        report(call, *full, begun);
        net::post(socket_.get_executor(), [waiting, full] { (*waiting)(std::move(*full)); });
    };
    co_return co_await net::async_initiate<decltype(net::use_awaitable), void(Answer)>(
        begin, net::use_awaitable
    );
}

net::awaitable<bool> Connection::refuse(const Call& call, Trouble trouble) {
    if (trouble.status == 0) {
        close();
        co_return false;
    }
    auto answer = premises_.router.problem(trouble.status, trouble.code);
    report(call, answer, Clock::now());
    co_return co_await send(call, std::move(answer), false);
}

std::string Connection::head_of(const Call& call, Answer& answer, bool keep) const {
    if (answer.stream) {
        prepare_stream(answer.headers, version_ == 11);
    } else {
        prepare_body(answer, call.method == Method::head);
    }
    answer.headers.set("connection", keep && !answer.stream ? "keep-alive" : "close");
    return answer_head(answer, premises_.options.secure);
}

net::awaitable<bool> Connection::send(const Call& call, Answer answer, bool keep) {
    phase_ = Phase::answering;
    keep = keep && !premises_.stopping;
    auto bytes = head_of(call, answer, keep);
    if (answer.stream) {
        const bool begun = co_await write(bytes);
        if (begun) co_await stream(answer);
        close();
        co_return false;
    }
    // One packet for the usual answer; a big body is not copied.
    const bool small = answer.body.size() <= 16 * 1024;
    if (small) bytes += answer.body;
    bool written = co_await write(bytes);
    if (written && !small) written = co_await write(answer.body);
    if (!written) close();
    co_return written&& keep;
}

}  // namespace quittance::http
