#include <algorithm>
#include <stdexcept>

#include "base/email_address.h"
#include "ledger/ledger.h"

namespace quittance::ledger {
namespace {

// What every JSON reader keeps exactly, since RFC 8785 takes all numbers for IEEE doubles.
constexpr std::int64_t integer_max = (std::int64_t{1} << 53) - 1;

std::string_view view_of(const boost::json::string_view& text) {
    return {text.data(), text.size()};
}

// UTF-16 order differs from the order of UTF-8 bytes only above U+FFFF: a surrogate pair
// (0xD800 …) stands before U+E000 … U+FFFF. A lead byte of four-byte characters is therefore
// ranked between those of U+D7FF and U+E000.
int utf16_rank(unsigned char byte) {
    if (byte >= 0xf0) return 0xed * 2 + 1;
    return byte * 2;
}

bool before_in_utf16(std::string_view a, std::string_view b) {
    const auto [left, right] = std::ranges::mismatch(a, b);
    if (left == a.end() || right == b.end()) return left == a.end() && right != b.end();
    const auto x = static_cast<unsigned char>(*left);
    const auto y = static_cast<unsigned char>(*right);
    // Both beyond U+FFFF, or both inside a character: the bytes decide.
    if (utf16_rank(x) == utf16_rank(y)) return x < y;
    return utf16_rank(x) < utf16_rank(y);
}

void write_string(std::string& out, std::string_view text) {
    if (!normal_form_c(text)) throw std::logic_error("a detail has text that is not UTF-8");
    static constexpr char digits[] = "0123456789abcdef";
    static constexpr std::string_view short_escapes = "\bb\tt\nn\ff\rr\"\"\\\\";
    out += '"';
    for (const char c : text) {
        std::size_t at = 0;
        while (at < short_escapes.size() && short_escapes[at] != c) at += 2;
        if (at < short_escapes.size()) {
            out += '\\';
            out += short_escapes[at + 1];
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += "\\u00";
            out += digits[c >> 4];
            out += digits[c & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

void write_integer(std::string& out, const boost::json::value& value) {
    boost::json::error_code error;
    const auto number = value.to_number<std::int64_t>(error);
    if (error || number > integer_max || number < -integer_max) {
        throw std::logic_error("a detail has a number that is beyond 53 bits");
    }
    out += std::to_string(number);
}

void write(std::string& out, const boost::json::value& value);

void write_object(std::string& out, const boost::json::object& object) {
    std::vector<const boost::json::key_value_pair*> members;
    members.reserve(object.size());
    for (const auto& member : object) members.push_back(&member);
    std::ranges::sort(members, [](const auto* a, const auto* b) {
        return before_in_utf16(view_of(a->key()), view_of(b->key()));
    });
    out += '{';
    for (const auto* member : members) {
        if (member != members.front()) out += ',';
        write_string(out, view_of(member->key()));
        out += ':';
        write(out, member->value());
    }
    out += '}';
}

void write_array(std::string& out, const boost::json::array& array) {
    out += '[';
    for (std::size_t i = 0; i < array.size(); ++i) {
        if (i > 0) out += ',';
        write(out, array[i]);
    }
    out += ']';
}

void write(std::string& out, const boost::json::value& value) {
    switch (value.kind()) {
        case boost::json::kind::null:
            out += "null";
            return;
        case boost::json::kind::bool_:
            out += value.get_bool() ? "true" : "false";
            return;
        case boost::json::kind::int64:
        case boost::json::kind::uint64:
            return write_integer(out, value);
        case boost::json::kind::double_:
            throw std::logic_error("a detail has a number that is no integer");
        case boost::json::kind::string:
            return write_string(out, view_of(value.get_string()));
        case boost::json::kind::array:
            return write_array(out, value.get_array());
        case boost::json::kind::object:
            return write_object(out, value.get_object());
    }
}

}  // namespace

std::string canonical(const boost::json::value& value) {
    std::string out;
    write(out, value);
    return out;
}

}  // namespace quittance::ledger
