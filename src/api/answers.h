// What the answers of this room have in common.
#pragma once

#include <boost/json.hpp>

#include <cstdint>
#include <optional>
#include <string>

#include "api/api.h"
#include "http/call.h"

namespace quittance::api {

// Binds a handler to the house: {Method::get, "/api/v1/requests", "read", in(house, list)}.
inline http::Handler in(House& house, http::Answer (*handler)(House&, const http::Call&)) {
    return [&house, handler](const http::Call& call) { return handler(house, call); };
}

http::Answer json_answer(int status, const boost::json::value& value);
// With a strong ETag (RFC 9110 8.8.3) for the version.
http::Answer json_answer(int status, const boost::json::value& value, std::int64_t version);
// 200 {"<name>": […], "next": cursor or null}.
http::Answer list_answer(
    std::string_view name, boost::json::array items, const std::optional<std::string>& next = {}
);
// 202 {"id"}.
http::Answer accepted(Uuid id);

// The version that If-Match names; nullopt without one or with `*`. A tag that is not ours, or
// weak, or one of several is a version that nothing has, so the domain refuses with 412 `stale`.
std::optional<std::int64_t> if_match(const http::Call& call);

// A time or null.
boost::json::value time_or_null(const std::optional<Instant>& at);
boost::json::value text_or_null(const std::optional<std::string>& text);

}  // namespace quittance::api
