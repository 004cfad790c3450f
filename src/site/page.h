// One public page: a template, its values and the header fields that keep it safe. No script, no
// cookie unless a proof was given, nothing stored by browsers or proxies.
#pragma once

#include <boost/json.hpp>

#include <string>
#include <string_view>

#include "base/languages.h"
#include "http/call.h"
#include "people/company.h"

namespace quittance::site {

struct Page {
    const Language& language;
    std::string_view name;  // of the template: "form"
    int status = 200;
    boost::json::object values;
};

// With a link for every other language; while `typed` is among the values, with a button of the
// form `request` instead, so that nothing is lost.
http::Answer render(Page page);

// What every page of a company shows of it.
boost::json::object values_of(const people::Company& company);

// A page with nothing but a title and a sentence: texts "message.NAME_title" and "message.NAME".
http::Answer message_page(
    const Language& language, int status, std::string_view name,
    const boost::json::object& values = {}
);
// A refusal as people can read it: 404, 429 and 503 with Retry-After.
http::Answer page_for(const Refusal& refusal, const Language& language);
// Whole minutes, at least one.
int minutes_of(int seconds);

}  // namespace quittance::site
