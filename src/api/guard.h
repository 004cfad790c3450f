// The guard at the door: who calls, and may they? Resolves the session cookie or the API key to an
// Act, checks role or scope by the one table (people/roles.h), before the body is looked at.
//
// Refuses with 401 `not_signed_in` (no session, or one that is over) or `unknown_key`; 403
// `wrong_origin` (a cookie from somebody else's page), `wrong_role`, `wrong_scope`,
// `fresh_sign_in_needed`.
#pragma once

#include <optional>
#include <string>

#include "api/api.h"
#include "http/router.h"
#include "people/session.h"

namespace quittance::api {

http::Guard guard(House& house);
// Notes every refusal in the log, and those of security (a role, a scope, a stale sign-in) in the
// ledger, in a Tx of its own. Never throws.
http::Refused refused(House& house);

// Whether who was let in may stay: the session or key lives and still has the access. Does not
// count as being seen, so an open page alone keeps no session alive.
bool may_stay(const House& house, const http::Call& call, std::string_view access);

// The session of a call that the guard has let in; 401 when it ended meanwhile.
people::SignedIn signed_in(const House& house, const http::Call& call);

// The cookie for a session that has begun, and the one that takes it away.
std::string session_cookie(const House& house, std::string_view token);
std::string no_session_cookie(const House& house);
std::optional<std::string> session_token(const House& house, const http::Call& call);

}  // namespace quittance::api
