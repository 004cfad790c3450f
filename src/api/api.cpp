#include "api/api.h"

#include <iterator>

#include "api/resources.h"

namespace quittance::api {

std::vector<http::Route> routes(House& house) {
    Routes all;
    for (const auto& part :
         {setup_routes, session_routes, password_routes, agent_routes, invitation_routes,
          api_key_routes, request_list_routes, request_routes, intake_routes, step_routes,
          reply_routes, history_routes, template_routes, settings_routes, catalogue_routes,
          house_routes}) {
        std::ranges::move(part(house), std::back_inserter(all));
    }
    return all;
}

}  // namespace quittance::api
