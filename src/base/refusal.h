// The second kind of bad news: the caller may not. Thrown; ends the transaction; becomes an
// RFC 9457 problem in exactly one place (http/router). `code` is one of docs/problems.md.
#pragma once

#include <exception>
#include <map>
#include <string>
#include <vector>

namespace quittance {

// What kind of no it is; decides the HTTP status and nothing else.
enum class No {
    malformed,        // 400 syntax
    unauthenticated,  // 401
    forbidden,        // 403
    unknown,          // 404, also for what belongs to another account
    conflict,         // 409
    stale,            // 412
    too_large,        // 413
    unsupported,      // 415
    unacceptable,     // 422 a field breaks a rule
    too_many,         // 429
    unavailable,      // 503
};

// One wrong field: `at` is a JSON pointer into the body ("/requester/email") or the name of a
// query parameter ("?limit").
struct FieldError {
    std::string at;
    std::string code;
    std::map<std::string, std::string> params{};
};

class Refusal : public std::exception {
public:
    Refusal(No no, std::string code, std::map<std::string, std::string> params = {})
        : no(no), code(std::move(code)), params(std::move(params)) {}

    // A body with wrong fields: 422 `invalid_fields`.
    explicit Refusal(std::vector<FieldError> errors)
        : no(No::unacceptable), code("invalid_fields"), errors(std::move(errors)) {}

    const char* what() const noexcept override { return code.c_str(); }

    No no;
    std::string code;
    std::map<std::string, std::string> params;
    std::vector<FieldError> errors;
    // Seconds, for 429 and 503.
    int retry_after_s = 0;
};

}  // namespace quittance
