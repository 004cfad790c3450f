// CSV as RFC 4180 has it, safe to open in a spreadsheet.
#pragma once

#include <string>
#include <vector>

namespace quittance::api {

// One line with CRLF. A value that a spreadsheet would take for a formula (it begins with = + - @,
// a tab or a line break, also behind blanks) gets an apostrophe in front of it.
std::string csv_line(const std::vector<std::string>& values);

}  // namespace quittance::api
