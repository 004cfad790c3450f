// The body of a call as a struct. 415 `unsupported_media_type` unless it says application/json,
// 400 `malformed_json`, 422 with every wrong member.
#pragma once

#include "base/json.h"
#include "http/call.h"

namespace quittance::api {

// Throws Refusal 415.
void require_json(const http::Call& call);

template <class T>
T body(const http::Call& call) {
    require_json(call);
    return read_json<T>(call.body);
}

// A body whose members are all optional: absent or empty, it counts as {}.
template <class T>
T maybe_body(const http::Call& call) {
    return call.body.empty() ? T{} : body<T>(call);
}

// A body that has nothing to say yet.
struct Empty {};
BOOST_DESCRIBE_STRUCT(Empty, (), ())

}  // namespace quittance::api
