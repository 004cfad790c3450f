// What cmake/made_docs.cpp makes out of contract/openapi.yaml.
#pragma once

#include <string_view>

namespace quittance::api::made {

std::string_view contract();  // the file as it is
std::string_view docs();      // the inside of a page, HTML
std::string_view version();   // info.version

}  // namespace quittance::api::made
