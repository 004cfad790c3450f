#include "sources/sql.h"

namespace quittance::sources {

Sql& Sql::append(std::string_view text) {
    if (pieces_.empty() || pieces_.back().value_follows) pieces_.emplace_back();
    pieces_.back().text += text;
    return *this;
}

Sql& Sql::operator<<(Value value) {
    append("");
    pieces_.back().value_follows = true;
    pieces_.back().value = std::move(value);
    return *this;
}

Sql& Sql::operator<<(const Sql& other) {
    for (const auto& piece : other.pieces_) {
        append(piece.text);
        pieces_.back().value_follows = piece.value_follows;
        pieces_.back().value = piece.value;
    }
    return *this;
}

std::string Sql::shown() const {
    std::string out;
    for (const auto& piece : pieces_) {
        out += piece.text;
        if (piece.value_follows) out += '?';
    }
    return out;
}

}  // namespace quittance::sources
