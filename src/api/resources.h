// The routes of each resource; api.cpp puts them together. One file per resource, named like it.
#pragma once

#include <vector>

#include "api/api.h"

namespace quittance::api {

using Routes = std::vector<http::Route>;

Routes setup_routes(House& house);
Routes session_routes(House& house);
Routes password_routes(House& house);
Routes agent_routes(House& house);
Routes invitation_routes(House& house);
Routes api_key_routes(House& house);
Routes request_list_routes(House& house);
Routes request_routes(House& house);
Routes intake_routes(House& house);
Routes step_routes(House& house);
Routes reply_routes(House& house);
Routes history_routes(House& house);
Routes template_routes(House& house);
Routes settings_routes(House& house);
Routes catalogue_routes(House& house);
Routes house_routes(House& house);

}  // namespace quittance::api
