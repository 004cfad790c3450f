// An answer's head as bytes.
#pragma once

#include <string>
#include <string_view>

#include "http/call.h"
#include "http/router.h"

namespace quittance::http {

// Sets Content-Length where there is a body (RFC 9110, 8.6); an answer to HEAD keeps the length
// and loses the body.
void prepare_body(Answer& answer, bool to_head);
// Sets what an event stream needs.
void prepare_stream(Headers& headers, bool chunked);
// Status line, Date, the security headers and the fields of the answer, with the empty line.
std::string answer_head(Answer& answer, bool secure);
std::string as_chunk(std::string_view text);

// The answer to a method that no route can take: 405 with Allow, or 404.
Answer answer_for_method(const Router& router, const Call& call);

}  // namespace quittance::http
