// Moments and days. A moment is milliseconds since 1970-01-01T00:00:00Z; a day is a date without a
// zone. What is stored takes its moment from Tx::now() (the database's clock), not from here.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quittance {

struct Instant {
    std::int64_t ms = 0;

    // RFC 3339 with milliseconds and Z: "2026-11-24T14:02:11.000Z".
    std::string text() const;
    Instant operator+(std::chrono::milliseconds d) const { return {ms + d.count()}; }
    Instant operator-(std::chrono::milliseconds d) const { return {ms - d.count()}; }
    std::chrono::milliseconds operator-(Instant other) const {
        return std::chrono::milliseconds(ms - other.ms);
    }
    auto operator<=>(const Instant&) const = default;
};

using Day = std::chrono::year_month_day;

// "2026-11-24"; nullopt for anything that is not a real day in that form.
std::string text_of(Day day);
std::optional<Day> parse_day(std::string_view text);
// The day it is at `at` in the IANA time zone `zone` ("Europe/Berlin"); UTC when unknown.
Day day_at(Instant at, std::string_view zone);
// Whether the machine knows the zone by that name.
bool zone_exists(std::string_view zone);
// Days since 1970-01-01, the form in which due days are stored and sorted.
std::int64_t day_number(Day day);
Day day_from_number(std::int64_t number);

// The wall clock of this process. For logs and for what never reaches a row.
Instant wall_clock();

}  // namespace quittance
