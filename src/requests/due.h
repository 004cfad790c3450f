// When an answer is due, and why. The rule stands here alone until the law engine comes.
//
//   erase, rectify   the same day of the next month, or its last day (GDPR Art. 12(3) and
//                    Regulation 1182/71 Art. 3); law eu-gdpr or uk-gdpr for those countries, our
//                    own rule for all others
//   opt_out_sale     14 days, our own rule
//   unsubscribe      the next day, our own rule
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace quittance::requests {

struct Due {
    Day on;
    std::optional<std::string> law;
    std::string rule;  // "one_month", "fourteen_days", "next_day": stored, never changes
};

// `country` is ISO 3166-1 alpha-2. `type` is one of the four that exist (a fault otherwise).
Due due(std::string_view type, std::string_view country, Day received_on);

// The same in words, for people: "One month from the day it arrived (GDPR Art. 12(3))".
std::string reason_for(const std::optional<std::string>& law, std::string_view rule);

}  // namespace quittance::requests
