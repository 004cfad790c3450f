// The contract inside the binary (contract/openapi.yaml, embedded by the build), and the page that
// the build makes of it (cmake/made_docs.cpp).
#pragma once

#include <string_view>

#include "http/call.h"

namespace quittance::api {

std::string_view contract_text();
std::string_view contract_version();
http::Answer docs_page();

}  // namespace quittance::api
