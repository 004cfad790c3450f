// The requester's public pages: the form of a privacy centre, the confirmation of an address, and
// the page of one's own request. Server-rendered, no script needed, mirrored for languages that run
// from right to left. No SQL and no rules of requests here.
//
// Nobody learns from these pages whether an address is known: the same answer, by the same way,
// whatever is stored. Opening a page changes nothing; only pressing a button does.
//
//   form             30 an hour from one network, 100 an hour for one e-mail address of an account;
//                    over that a page with everything typed says when to go on (429)
//   buttons, codes  120 an hour from one network; five tries per code (requests/address.h)
#pragma once

#include <functional>
#include <vector>

#include "http/call.h"
#include "people/tries.h"
#include "requests/office.h"

namespace quittance::site {

inline constexpr people::Allowance forms_by_network{
    "form by network", 30, std::chrono::minutes(60)};
// Well above what one network may send: else whoever fills the form until it says stop could count
// how many an address had sent before.
inline constexpr people::Allowance forms_by_address{
    "form by address", 100, std::chrono::minutes(60)};
static_assert(forms_by_address.tries > 3 * forms_by_network.tries);
inline constexpr people::Allowance buttons_by_network{
    "page button by network", 120, std::chrono::minutes(60)};

struct Site {
    requests::Office& office;
    // Whether a call that carries a cookie comes from a page of ours (Origin and Fetch Metadata).
    std::function<bool(const http::Call&)> from_our_pages;
};

// GET and POST /{slug}, /confirm/{token}, /r/{token}, /r/{token}/withdraw; GET /r/{token}/received
// and the stylesheet. All of them public. `site` outlives them.
std::vector<http::Route> routes(Site& site);

}  // namespace quittance::site
