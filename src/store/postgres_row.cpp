#include "store/postgres_row.h"

namespace quittance::store {

namespace {

// From PostgreSQL's pg_type.dat; they never change.
constexpr unsigned type_bool = 16;
constexpr unsigned type_bytea = 17;
constexpr unsigned type_int8 = 20;
constexpr unsigned type_int2 = 21;
constexpr unsigned type_int4 = 23;
constexpr unsigned type_text = 25;
constexpr unsigned type_varchar = 1043;

[[noreturn]] void wrong(int column, const char* wanted) {
    throw std::logic_error("column " + std::to_string(column) + " is not " + wanted);
}

}  // namespace

unsigned PostgresRow::type(int column) const {
    if (column < 0 || column >= PQnfields(answer_)) {
        throw std::logic_error("column " + std::to_string(column) + " was not selected");
    }
    return PQftype(answer_, column);
}

std::string_view PostgresRow::bytes(int column) const {
    const auto size = static_cast<std::size_t>(PQgetlength(answer_, row_, column));
    return {PQgetvalue(answer_, row_, column), size};
}

bool PostgresRow::null(int column) const {
    type(column);
    return PQgetisnull(answer_, row_, column) != 0;
}

std::int64_t PostgresRow::integer(int column) const {
    const auto is = type(column);
    const bool fits = is == type_int8 || is == type_int4 || is == type_int2 || is == type_bool;
    if (!fits || null(column)) wrong(column, "an integer");
    // Big-endian two's complement of one to eight bytes.
    const auto big_endian = bytes(column);
    const bool negative = is != type_bool && (big_endian.front() & 0x80) != 0;
    std::uint64_t number = negative ? ~std::uint64_t{0} : 0;
    for (const char byte : big_endian) number = number << 8 | static_cast<unsigned char>(byte);
    return static_cast<std::int64_t>(number);
}

std::string_view PostgresRow::text(int column) const {
    const auto is = type(column);
    if ((is != type_text && is != type_varchar) || null(column)) wrong(column, "a text");
    return bytes(column);
}

std::string_view PostgresRow::blob(int column) const {
    if (type(column) != type_bytea || null(column)) wrong(column, "a blob");
    return bytes(column);
}

}  // namespace quittance::store
