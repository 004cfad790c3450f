// The commonest passwords, embedded (common_passwords.txt names its source and licence).
#pragma once

#include <string_view>

namespace quittance::people {

// Among the 10,000 commonest of all, or the 10,000 commonest of at least 12 characters. `password`
// in lower case.
bool is_common_password(std::string_view password);

}  // namespace quittance::people
