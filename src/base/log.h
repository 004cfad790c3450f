// The operator's log: one JSON line per fact on standard error. Never personal data: callers pass
// ids, codes, counts and durations, and nothing that a person typed.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace quittance::log {

struct Fact {
    std::string_view name;
    std::variant<std::int64_t, double, std::string_view> value;
};

// `what` is a short constant phrase ("letter could not be sent"), the facts are its details.
void info(std::string_view what, std::initializer_list<Fact> facts = {});
void warning(std::string_view what, std::initializer_list<Fact> facts = {});
void error(std::string_view what, std::initializer_list<Fact> facts = {});

// Nothing below `warning` is written from now on (the tests' choice).
void quiet();

}  // namespace quittance::log
