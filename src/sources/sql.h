// One SQL statement in the making. Text comes from the program (literals only) or from the live
// schema (quoted names), values travel beside it: there is no way to put in anything else.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sources/schema.h"

namespace quittance::sources {

struct Value {
    enum class Type { null, text, integer, number, bytes };
    Type type = Type::null;
    std::string text{};  // decimal for integer and number, as they are for text and bytes
};

class Sql {
public:
    struct Piece {
        std::string text;  // what stands before the value
        bool value_follows = false;
        Value value{};
    };

    template <std::size_t N>
    Sql& operator<<(const char (&literal)[N]) {
        return append({literal, N - 1});
    }
    Sql& operator<<(const Table& table) { return append(table.quoted); }
    Sql& operator<<(const Column& column) { return append(column.quoted); }
    Sql& operator<<(std::int64_t number) { return append(std::to_string(number)); }
    Sql& operator<<(Value value);
    Sql& operator<<(const Sql& other);

    const std::vector<Piece>& pieces() const { return pieces_; }
    // With a question mark for every value: what a dry run shows.
    std::string shown() const;

private:
    Sql& append(std::string_view text);

    std::vector<Piece> pieces_;
};

}  // namespace quittance::sources
