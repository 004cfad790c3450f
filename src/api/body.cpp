#include "api/body.h"

#include "base/email_address.h"

namespace quittance::api {

void require_json(const http::Call& call) {
    const auto field = call.headers.find("content-type");
    const auto type =
        lower_case(trimmed(field.value_or("").substr(0, field.value_or("").find(';'))));
    if (type != "application/json") throw Refusal(No::unsupported, "unsupported_media_type");
}

}  // namespace quittance::api
