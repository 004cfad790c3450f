// Whether a call with a cookie comes from our own pages: the check against cross-site calls.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/call.h"

namespace quittance::api {

class OwnOrigins {
public:
    // The origin of `public_url`. When it is on loopback, 127.0.0.1, localhost and [::1] with the
    // same port all count as ours.
    explicit OwnOrigins(std::string_view public_url);

    // Whether the call may carry a cookie: reads always (they change nothing and their answers are
    // closed to other origins); all others need an Origin of ours, or `null` (a page opened with
    // Referrer-Policy no-referrer) together with Sec-Fetch-Site same-origin.
    bool welcome(const http::Call& call) const;

private:
    std::vector<std::string> origins_;
};

// 127.0.0.0/8, ::1 or localhost; `host` may be in brackets.
bool on_loopback(std::string_view host);

// Whether whoever calls sits at this machine. A peer on loopback alone does not say so: behind a
// reverse proxy on the same machine the whole world comes from there, and a foreign page whose name
// was bound to 127.0.0.1 does, too. Nobody is there once the public URL is not on loopback, when a
// proxy says that it passed the call on, or when the call names another host.
bool at_this_machine(const http::Call& call, std::string_view public_url);

}  // namespace quittance::api
