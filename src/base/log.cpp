#include "base/log.h"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/clock.h"

namespace quittance::log {
namespace {

spdlog::logger& logger() {
    static const auto shared = [] {
        auto made = std::make_shared<spdlog::logger>(
            "quittance", std::make_shared<spdlog::sinks::stderr_sink_mt>()
        );
        made->set_pattern("%v");
        made->flush_on(spdlog::level::info);
        return made;
    }();
    return *shared;
}

void write(
    spdlog::level::level_enum level, std::string_view name, std::string_view what,
    std::initializer_list<Fact> facts
) {
    if (!logger().should_log(level)) return;
    boost::json::object line;
    line["at"] = wall_clock().text();
    line["level"] = boost::json::string_view(name.data(), name.size());
    line["what"] = boost::json::string_view(what.data(), what.size());
    for (const auto& fact : facts) {
        auto& slot = line[boost::json::string_view(fact.name.data(), fact.name.size())];
        std::visit(
            [&](const auto& value) {
                if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string_view>) {
                    slot = boost::json::string_view(value.data(), value.size());
                } else {
                    slot = value;
                }
            },
            fact.value
        );
    }
    logger().log(level, boost::json::serialize(line));
}

}  // namespace

void info(std::string_view what, std::initializer_list<Fact> facts) {
    write(spdlog::level::info, "info", what, facts);
}
void warning(std::string_view what, std::initializer_list<Fact> facts) {
    write(spdlog::level::warn, "warning", what, facts);
}
void error(std::string_view what, std::initializer_list<Fact> facts) {
    write(spdlog::level::err, "error", what, facts);
}
void quiet() { logger().set_level(spdlog::level::warn); }

}  // namespace quittance::log
