#include "requests/due.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace quittance::requests {
namespace {

// The European Union, and Iceland, Liechtenstein and Norway by the EEA Joint Committee's decision
// 154/2018. "EL" is how Union documents write Greece; ISO says "GR".
constexpr std::array<std::string_view, 30> gdpr_countries{
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
    "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"};

std::optional<std::string> law_of(std::string_view country) {
    if (country == "GB") return "uk-gdpr";
    if (std::ranges::binary_search(gdpr_countries, country)) return "eu-gdpr";
    return std::nullopt;
}

Day one_month_after(Day day) {
    const auto next = day.year() / day.month() + std::chrono::months(1);
    const Day same{next.year(), next.month(), day.day()};
    return same.ok() ? same : Day{next / std::chrono::last};
}

Day days_after(Day day, int days) { return day_from_number(day_number(day) + days); }

}  // namespace

Due due(std::string_view type, std::string_view country, Day received_on) {
    if (type == "opt_out_sale") return {days_after(received_on, 14), std::nullopt, "fourteen_days"};
    if (type == "unsubscribe") return {days_after(received_on, 1), std::nullopt, "next_day"};
    if (type == "erase" || type == "rectify") {
        return {one_month_after(received_on), law_of(country), "one_month"};
    }
    throw std::logic_error("no due date for the type " + std::string(type));
}

std::string reason_for(const std::optional<std::string>& law, std::string_view rule) {
    if (law == "eu-gdpr") return "One month from the day it arrived (GDPR Art. 12(3))";
    if (law == "uk-gdpr") return "One month from the day it arrived (UK GDPR Art. 12(3))";
    if (rule == "fourteen_days") return "14 days from the day it arrived (our own rule)";
    if (rule == "next_day") return "The day after it arrived (our own rule)";
    return "One month from the day it arrived (our own rule)";
}

}  // namespace quittance::requests
