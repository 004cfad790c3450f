// The history of a request as a page to print.
#pragma once

#include <string_view>
#include <vector>

#include "api/request_json.h"
#include "http/call.h"
#include "ledger/ledger.h"

namespace quittance::api {

http::Answer history_page(
    std::string_view reference, const std::vector<ledger::Entry>& entries, const AgentNames& names
);

}  // namespace quittance::api
