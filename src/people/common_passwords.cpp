#include "people/common_passwords.h"

#include <stdexcept>
#include <unordered_set>

// Made by cmake/made.cmake: the bytes of common_passwords.txt.
extern "C" const char quittance_common_passwords[];
extern "C" const char quittance_common_passwords_end[];

namespace quittance::people {
namespace {

std::unordered_set<std::string_view> read_list() {
    std::string_view text(
        quittance_common_passwords,
        static_cast<std::size_t>(quittance_common_passwords_end - quittance_common_passwords)
    );
    constexpr std::string_view end_of_note = "\n--\n";
    const auto note = text.find(end_of_note);
    if (note == std::string_view::npos) throw std::logic_error("the list of passwords is broken");
    text.remove_prefix(note + end_of_note.size());
    std::unordered_set<std::string_view> list;
    list.reserve(20'000);
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        list.insert(line);
        text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
    return list;
}

}  // namespace

bool is_common_password(std::string_view password) {
    static const auto list = read_list();
    return list.contains(password);
}

}  // namespace quittance::people
