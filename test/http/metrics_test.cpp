#include "http/metrics.h"

#include <gtest/gtest.h>

namespace quittance::http {
namespace {

using namespace std::chrono_literals;

bool has(const std::string& text, const std::string& line) {
    return text.find(line + "\n") != std::string::npos;
}

TEST(Metrics, count_calls_by_route_and_status_with_their_times) {
    count_call("GET /metrics-test/{id}", 200, 900us);
    count_call("GET /metrics-test/{id}", 200, 30ms);
    count_call("GET /metrics-test/{id}", 404, 20s);
    const auto text = metrics_text();
    const std::string name = "quittance_http_call_seconds";
    const std::string good = R"({route="GET /metrics-test/{id}",status="200")";
    const std::string bad = R"({route="GET /metrics-test/{id}",status="404")";
    EXPECT_TRUE(has(text, name + "_bucket" + good + R"(,le="0.001"} 1)")) << text;
    EXPECT_TRUE(has(text, name + "_bucket" + good + R"(,le="0.1"} 2)"));
    EXPECT_TRUE(has(text, name + "_bucket" + good + R"(,le="+Inf"} 2)"));
    EXPECT_TRUE(has(text, name + "_sum" + good + "} 0.030900"));
    EXPECT_TRUE(has(text, name + "_bucket" + bad + R"(,le="10"} 0)"));
    EXPECT_TRUE(has(text, name + "_count" + bad + "} 1"));
}

TEST(Metrics, of_other_rooms_are_shown_until_their_handle_ends) {
    auto handle = add_metrics([] { return std::string("letters_waiting 3\n"); });
    EXPECT_TRUE(has(metrics_text(), "letters_waiting 3"));
    handle.reset();
    EXPECT_FALSE(has(metrics_text(), "letters_waiting 3"));
}

TEST(Metrics, escape_label_values) { EXPECT_EQ(label("a\"b\\c\nd"), "a\\\"b\\\\c\\nd"); }

}  // namespace
}  // namespace quittance::http
