#include "http/metrics.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <iterator>
#include <list>
#include <map>
#include <mutex>

namespace quittance::http {
namespace {

// Upper bounds of the histogram, in microseconds and as Prometheus wants to read them.
struct Bound {
    std::int64_t us;
    std::string_view seconds;
};
constexpr std::array<Bound, 10> bounds{
    {{1'000, "0.001"},
     {2'500, "0.0025"},
     {5'000, "0.005"},
     {10'000, "0.01"},
     {25'000, "0.025"},
     {100'000, "0.1"},
     {250'000, "0.25"},
     {1'000'000, "1"},
     {2'500'000, "2.5"},
     {10'000'000, "10"}}};

struct Times {
    std::array<std::int64_t, bounds.size()> up_to{};  // cumulative
    std::int64_t count = 0;
    std::int64_t sum_us = 0;
};

using Lines = std::list<std::function<std::string()>>;

struct Metrics {
    std::mutex mutex;
    std::map<std::string, std::map<int, Times>, std::less<>> calls;
    // Held while the lines are asked, so that a handle's end waits for them.
    std::mutex lines_mutex;
    Lines lines;
};

Metrics& metrics() {
    static Metrics one;
    return one;
}

void append_calls(std::string& out) {
    auto& all = metrics();
    const std::lock_guard lock(all.mutex);
    if (all.calls.empty()) return;
    auto to = std::back_inserter(out);
    out +=
        "# HELP quittance_http_call_seconds Time from a call's head to its answer.\n"
        "# TYPE quittance_http_call_seconds histogram\n";
    for (const auto& [route, by_status] : all.calls) {
        for (const auto& [status, times] : by_status) {
            const auto labels = fmt::format(R"(route="{}",status="{}")", label(route), status);
            for (std::size_t i = 0; i < bounds.size(); ++i) {
                fmt::format_to(
                    to, "quittance_http_call_seconds_bucket{{{},le=\"{}\"}} {}\n", labels,
                    bounds[i].seconds, times.up_to[i]
                );
            }
            fmt::format_to(
                to,
                "quittance_http_call_seconds_bucket{{{0},le=\"+Inf\"}} {1}\n"
                "quittance_http_call_seconds_sum{{{0}}} {2:.6f}\n"
                "quittance_http_call_seconds_count{{{0}}} {1}\n",
                labels, times.count, static_cast<double>(times.sum_us) / 1e6
            );
        }
    }
}

}  // namespace

void count_call(std::string_view route, int status, std::chrono::microseconds took) {
    auto& all = metrics();
    const std::lock_guard lock(all.mutex);
    auto found = all.calls.find(route);
    if (found == all.calls.end()) found = all.calls.try_emplace(std::string(route)).first;
    auto& times = found->second[status];
    ++times.count;
    times.sum_us += took.count();
    for (std::size_t i = 0; i < bounds.size(); ++i) {
        if (took.count() <= bounds[i].us) ++times.up_to[i];
    }
}

std::shared_ptr<void> add_metrics(std::function<std::string()> lines) {
    auto& all = metrics();
    const std::lock_guard lock(all.lines_mutex);
    const auto place = all.lines.insert(all.lines.end(), std::move(lines));
    return {nullptr, [place](void*) {
                const std::lock_guard end_lock(metrics().lines_mutex);
                metrics().lines.erase(place);
            }};
}

std::string metrics_text() {
    std::string out;
    append_calls(out);
    const std::lock_guard lock(metrics().lines_mutex);
    for (const auto& lines : metrics().lines) out += lines();
    return out;
}

std::string label(std::string_view value) {
    std::string out;
    for (const char c : value) {
        if (c == '\\' || c == '"') out += '\\';
        if (c == '\n') {
            out += "\\n";
        } else {
            out += c;
        }
    }
    return out;
}

}  // namespace quittance::http
