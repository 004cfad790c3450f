// The header fields that every answer carries, whoever made it. The only place that sets them.
#pragma once

#include "http/call.h"

namespace quittance::http {

// Sets what the handler did not set itself: Content-Security-Policy (by default nothing may be
// loaded, framed or sent), Cache-Control no-store, Referrer-Policy; and always nosniff,
// Cross-Origin-Opener-Policy, Permissions-Policy and, when `secure`, HSTS for a year.
void add_security_headers(Headers& headers, bool secure);

}  // namespace quittance::http
