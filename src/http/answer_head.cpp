#include "http/answer_head.h"

#include <fmt/format.h>

#include <array>
#include <ctime>
#include <iterator>

#include "http/phrase.h"
#include "http/security_headers.h"

namespace quittance::http {
namespace {

// RFC 9110, 5.6.7, without asking the locale. Made once a second: this is every answer's way.
std::string_view date_now() {
    thread_local std::time_t made_at = -1;
    thread_local std::string text;
    const std::time_t now = std::time(nullptr);
    if (now == made_at) return text;
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm utc{};
    gmtime_r(&now, &utc);
    text = fmt::format(
        "{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days[static_cast<std::size_t>(utc.tm_wday)],
        utc.tm_mday, months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour,
        utc.tm_min, utc.tm_sec
    );
    made_at = now;
    return text;
}

}  // namespace

void prepare_body(Answer& answer, bool to_head) {
    if (answer.status == 204 || answer.status == 304) {
        answer.body.clear();
        return;
    }
    if (!answer.headers.find("content-length")) {
        answer.headers.set("content-length", std::to_string(answer.body.size()));
    }
    if (to_head) answer.body.clear();
}

void prepare_stream(Headers& headers, bool chunked) {
    if (!headers.find("content-type")) headers.set("content-type", "text/event-stream");
    if (chunked) headers.set("transfer-encoding", "chunked");
    // A proxy that gathers before it passes on would hold the events back (nginx reads this).
    headers.set("x-accel-buffering", "no");
}

std::string answer_head(Answer& answer, bool secure) {
    add_security_headers(answer.headers, secure);
    std::string out = fmt::format(
        "HTTP/1.1 {} {}\r\ndate: {}\r\n", answer.status, phrase_of(answer.status), date_now()
    );
    for (const auto& [name, value] : answer.headers) {
        fmt::format_to(std::back_inserter(out), "{}: {}\r\n", name, value);
    }
    return out += "\r\n";
}

std::string as_chunk(std::string_view text) {
    return fmt::format("{:x}\r\n{}\r\n", text.size(), text);
}

Answer answer_for_method(const Router& router, const Call& call) {
    const auto allow = router.allow(call.path);
    if (allow.empty()) return router.refuse(call, Refusal(No::unknown, "not_found"));
    auto answer = router.problem(405, "method_not_allowed");
    answer.headers.set("allow", allow);
    return answer;
}

}  // namespace quittance::http
