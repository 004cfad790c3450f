#include "api/once.h"

#include "base/digest.h"

namespace quittance::api {

std::optional<people::Once> once_of(const http::Call& call) {
    const auto key = call.headers.find("idempotency-key");
    if (!key) return std::nullopt;
    return people::Once{
        .key = std::string(*key),
        .route = call.route,
        .body_digest = sha256(call.path + '\n' + call.body)};
}

}  // namespace quittance::api
