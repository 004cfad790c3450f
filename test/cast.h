// The cast: the people who play in the tests, the same everywhere. All of them are invented.
#pragma once

#include <array>
#include <string_view>

#include "people/roles.h"

namespace quittance::test {

struct Player {
    std::string_view name;
    std::string_view email;
    people::Role role = people::Role::agent;
};

inline constexpr std::string_view password = "slow boats go far";
inline constexpr std::string_view company = "Hafenrösterei Søndergaard";

// Who works at the company.
inline constexpr Player ingrid{
    "Ingrid Søndergaard", "ingrid@hafenroesterei.example", people::Role::owner};
inline constexpr Player tomas{
    "Tomás Ó Briain", "tomas@hafenroesterei.example", people::Role::agent};
inline constexpr Player yusuf{
    "Yusuf Çelik", "yusuf@hafenroesterei.example", people::Role::technician};
inline constexpr Player aiko{"髙橋 愛子", "aiko@hafenroesterei.example", people::Role::auditor};

// The owner of another account in the same house.
inline constexpr std::string_view other_company = "Nordlicht Verlag";
inline constexpr Player zoe{"Zoë Brückner", "zoe@nordlicht.example", people::Role::owner};

// Who asks.
inline constexpr Player mara{"Mara Lindqvist", "mara.lindqvist@example.com"};
inline constexpr Player khai{"Nguyễn Thị Minh Khai", "khai@example.net"};
inline constexpr Player xiaoming{"王小明", "xiaoming@例え.jp"};
inline constexpr Player amal{"أمل الفاسي", "amal@example.org"};
inline constexpr Player obrien{"Aoife O'Brien-Łukasz", "aoife+privacy@example.com"};

}  // namespace quittance::test
