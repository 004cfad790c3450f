// The agents' UI: one page and its files, embedded in the program. Every address under /app is the
// page, because the browser finds its way there itself.
#pragma once

#include <vector>

#include "http/call.h"

namespace quittance {

// GET / (leads to /app), /app and everything below it.
std::vector<http::Route> ui_routes();

}  // namespace quittance
