// The handlers behind routes(). They may throw Refusal; routes() turns it into a page.
#pragma once

#include "http/call.h"
#include "site/site.h"

namespace quittance::site {

// form.cpp
http::Answer form(const Site& site, const http::Call& call);
http::Answer submit(const Site& site, const http::Call& call);

// confirmation.cpp
http::Answer confirmation(const Site& site, const http::Call& call);
http::Answer confirm(const Site& site, const http::Call& call);

// own_page.cpp
http::Answer received(const Site& site, const http::Call& call);
http::Answer own_page(const Site& site, const http::Call& call);
http::Answer knock(const Site& site, const http::Call& call);
http::Answer withdrawal(const Site& site, const http::Call& call);
http::Answer withdraw(const Site& site, const http::Call& call);

}  // namespace quittance::site
