#include "base/clock.h"

#include <fmt/format.h>
#include <glib.h>

#include <charconv>
#include <memory>

namespace quittance {
namespace {

struct ZoneCloser {
    void operator()(GTimeZone* zone) const { g_time_zone_unref(zone); }
};
using Zone = std::unique_ptr<GTimeZone, ZoneCloser>;

Zone open_zone(std::string_view name) {
    return Zone(g_time_zone_new_identifier(std::string(name).c_str()));
}

std::optional<unsigned> number(std::string_view digits) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

}  // namespace

std::string Instant::text() const {
    using namespace std::chrono;
    const sys_time<milliseconds> at{milliseconds(ms)};
    const auto midnight = floor<days>(at);
    const hh_mm_ss time{at - midnight};
    return fmt::format(
        "{}T{:02}:{:02}:{:02}.{:03}Z", text_of(Day{midnight}), time.hours().count(),
        time.minutes().count(), time.seconds().count(), time.subseconds().count()
    );
}

std::string text_of(Day day) {
    return fmt::format(
        "{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
        static_cast<unsigned>(day.day())
    );
}

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = number(text.substr(0, 4));
    const auto month = number(text.substr(5, 2));
    const auto day = number(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const Day result{
        std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
        std::chrono::day(*day)};
    return result.ok() ? std::optional(result) : std::nullopt;
}

Day day_at(Instant at, std::string_view zone) {
    using namespace std::chrono;
    std::int64_t seconds = floor<std::chrono::seconds>(milliseconds(at.ms)).count();
    if (const auto opened = open_zone(zone)) {
        const int interval =
            g_time_zone_find_interval(opened.get(), G_TIME_TYPE_UNIVERSAL, seconds);
        seconds += g_time_zone_get_offset(opened.get(), interval);
    }
    return Day{floor<days>(sys_seconds{std::chrono::seconds(seconds)})};
}

bool zone_exists(std::string_view zone) { return !zone.empty() && open_zone(zone) != nullptr; }

std::int64_t day_number(Day day) { return std::chrono::sys_days(day).time_since_epoch().count(); }

Day day_from_number(std::int64_t number) {
    return Day{std::chrono::sys_days(std::chrono::days(number))};
}

Instant wall_clock() {
    using namespace std::chrono;
    return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

}  // namespace quittance
