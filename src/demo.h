// The demo: the portal of an invented company, filled through the domain itself, so that every
// request has the history that it would have in life. All mail is caught.
#pragma once

#include <string>
#include <vector>

#include "house.h"
#include "http/call.h"
#include "mail/caught.h"

namespace quittance::demo {

// Fills an empty database. The clock is moved while it works and stands right again afterwards.
void furnish(House& house);

// /demo (who to sign in as, where to begin) and /demo/mail (what was sent).
std::vector<http::Route> routes(mail::CaughtMail& caught);

}  // namespace quittance::demo
