// A page to read or print: one small stylesheet inside it, no script, nothing from elsewhere.
#pragma once

#include <string>
#include <string_view>

#include "http/call.h"

namespace quittance::api {

// `body` is HTML, `title` is plain text. The Content-Security-Policy allows that one stylesheet by
// its digest and nothing else.
http::Answer plain_page(std::string_view title, const std::string& body);

}  // namespace quittance::api
