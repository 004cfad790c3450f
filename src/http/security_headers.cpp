#include "http/security_headers.h"

namespace quittance::http {
namespace {

void set_default(Headers& headers, std::string_view name, std::string_view value) {
    if (!headers.find(name)) headers.add(std::string(name), std::string(value));
}

}  // namespace

void add_security_headers(Headers& headers, bool secure) {
    set_default(
        headers, "content-security-policy",
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    );
    set_default(headers, "cache-control", "no-store");
    set_default(headers, "referrer-policy", "same-origin");
    headers.set("x-content-type-options", "nosniff");
    headers.set("cross-origin-opener-policy", "same-origin");
    headers.set(
        "permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    );
    if (secure) {
        headers.set("strict-transport-security", "max-age=31536000; includeSubDomains");
    }
}

}  // namespace quittance::http
