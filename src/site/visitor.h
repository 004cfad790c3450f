// A requester at the door: the address in the path, the cookie of a proof, and who may press a
// button how often.
#pragma once

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <string_view>

#include "base/languages.h"
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
    requests::Row row;
    // What ?lang= says, or else that of the request.
    const Language& language;
    std::string query;  // "?lang=fr" while the visitor reads another language than their request's
    // Whether this browser has shown, within the half hour, that the mailbox is theirs.
    bool proven = false;
};

// 404 unless {token} is an address for `purpose`.
Visitor visitor(const Site& site, const http::Call& call, requests::Purpose purpose);

// What every page for this visitor shows: the company, their token and query.
boost::json::object values_of(const Visitor& visitor);
// Says beside the code and on top that it is not good: text "error.NAME".
void add_code_error(boost::json::object& values, const Language& language, std::string_view name);
// "Look into your mailbox": the same whether a mail went out or not. Its code goes to `action`.
http::Answer mailed_page(
    const Visitor& visitor, const std::string& action, std::string_view error = {}
);

// 403 `wrong_origin` when a call that carries our cookie comes from elsewhere; 429 when the
// network has pressed too many buttons.
void require_button(const Site& site, const http::Call& call);

// The cookie that a proof opens: this browser, these pages, half an hour.
void give_session(const Site& site, http::Answer& answer, const std::string& session);

// The first value of a field in the form, or "".
std::string field(const http::Call& call, std::string_view name);

}  // namespace quittance::site
