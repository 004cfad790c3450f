// One public page: a template, its values and the header fields that keep it safe. No script, no
// cookie unless a proof was given, nothing stored by browsers or proxies.
#pragma once

#include <boost/json.hpp>

#include <string>
#include <string_view>

#include "http/call.h"
#include "people/company.h"

namespace quittance::site {

struct Page {
    std::string_view name;  // of the template: "form"
    int status = 200;
    boost::json::object values;
};

http::Answer render(const Page& page);

// What every page of a company shows of it.
boost::json::object values_of(const people::Company& company);

// A page with nothing but a title and a sentence: texts "message.NAME_title" and "message.NAME".
http::Answer message_page(
    int status, std::string_view name, const boost::json::object& values = {}
);
// A refusal as people can read it: 404, 429 and 503 with Retry-After.
http::Answer page_for(const Refusal& refusal);
// Whole minutes, at least one.
int minutes_of(int seconds);

}  // namespace quittance::site
