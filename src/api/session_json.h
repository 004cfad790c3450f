// Who is signed in, as JSON (contract: Session).
#pragma once

#include <boost/json.hpp>

#include "api/api.h"
#include "people/session.h"

namespace quittance::api {

boost::json::object account_json(AccountId id, std::string_view name);
boost::json::object session_agent_json(const people::Agent& agent);
boost::json::object session_json(const House& house, const people::SignedIn& who);
// With the cookie of a session that has just begun.
http::Answer session_answer(const House& house, int status, const people::NewSession& session);

}  // namespace quittance::api
