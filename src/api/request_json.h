// How requests look in JSON (contract/openapi.yaml: RequestView, RequestLine, Step).
#pragma once

#include <boost/json.hpp>

#include <map>
#include <string>

#include "base/id.h"
#include "requests/list.h"
#include "requests/view.h"

namespace quittance::api {

// The names of the account's agents, archived ones too.
using AgentNames = std::map<AgentId, std::string>;

// {"id","name"}, or null for nobody.
boost::json::value agent_json(const std::optional<AgentId>& agent, const AgentNames& names);
boost::json::object request_json(const requests::View& view, const AgentNames& names);
boost::json::object line_json(const requests::Line& line, const AgentNames& names);
// What POST and GET of a step answer.
boost::json::object exit_json(const requests::Exit& exit, const AgentNames& names);

boost::json::value verification_json(
    const std::optional<requests::Verification>& verification, const AgentNames& names
);
boost::json::object identifier_json(
    const requests::Identifier& identifier, const AgentNames& names
);
boost::json::value attestation_json(
    const std::optional<requests::Attestation>& attestation, const AgentNames& names
);
boost::json::object reply_json(const requests::Reply& reply, const AgentNames& names);

}  // namespace quittance::api
