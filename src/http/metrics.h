// What /metrics shows, in the text format of Prometheus (version 0.0.4). One set per process.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace quittance::http {

// One call was answered. `route` is a pattern, never a path: no personal data, few values.
void count_call(std::string_view route, int status, std::chrono::microseconds took);

// `lines` is asked at every metrics_text() for whole lines ("# TYPE …\nname{…} 1\n") until the
// returned handle is destroyed. It must not call add_metrics or metrics_text.
[[nodiscard]] std::shared_ptr<void> add_metrics(std::function<std::string()> lines);

std::string metrics_text();

// A label value with backslash, quote and line break escaped.
std::string label(std::string_view value);

}  // namespace quittance::http
