// What the files of this room that are about one request share.
#pragma once

#include <utility>

#include "api/answers.h"
#include "api/request_json.h"
#include "people/agents.h"
#include "requests/view.h"

namespace quittance::api {

// Everything about a request, with the names of the agents in it. 404.
inline std::pair<requests::View, AgentNames> request_view(
    House& house, AccountId account, RequestId id
) {
    return house.store().read([&](store::Reader& reader) {
        return std::pair(
            requests::view(reader, house.office, account, id),
            people::agent_names(reader, house.keys(), account)
        );
    });
}

// The page of a request, with its ETag.
inline http::Answer request_answer(House& house, const http::Call& call, int status, RequestId id) {
    const auto [view, names] = request_view(house, call.act().account, id);
    return json_answer(status, request_json(view, names), view.row.version);
}

}  // namespace quittance::api
