// A requester at the door: the address in the path, the cookie of a proof, and who may press a
// button how often.
#pragma once

#include <optional>
#include <string>

#include "http/call.h"
#include "people/company.h"
#include "requests/address.h"
#include "requests/row.h"
#include "site/site.h"

namespace quittance::site {

struct Visitor {
    requests::Address address;
    std::string token;
    people::Company company;
    Act act;
    // Whether this browser has shown, within the half hour, that the mailbox is theirs.
    bool proven = false;
};

// 404 unless {token} is an address for `purpose`.
Visitor visitor(const Site& site, const http::Call& call, requests::Purpose purpose);

// 403 `not_from_our_pages` when a call that carries our cookie comes from elsewhere; 429 when the
// network has pressed too many buttons.
void require_button(const Site& site, const http::Call& call);

// The cookie that a proof opens: this browser, these pages, half an hour.
void give_session(const Site& site, http::Answer& answer, const std::string& session);

// The first value of a field in the form, or "".
std::string field(const http::Call& call, std::string_view name);

}  // namespace quittance::site
