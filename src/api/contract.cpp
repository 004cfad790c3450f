#include "api/contract.h"

#include "api/contract_made.h"
#include "api/plain_page.h"

namespace quittance::api {

std::string_view contract_text() { return made::contract(); }

std::string_view contract_version() { return made::version(); }

http::Answer docs_page() { return plain_page("The API of Quittance", std::string(made::docs())); }

}  // namespace quittance::api
