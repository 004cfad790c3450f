// Writing a problem document (RFC 9457). For http/router.cpp alone.
#pragma once

#include <string_view>
#include <vector>

#include "base/refusal.h"
#include "http/router.h"

namespace quittance::http {

struct Problem {
    int status;
    std::string_view code;
    const Params& params;
    const std::vector<FieldError>* errors = nullptr;
    int retry_after_s = 0;  // 0: the default of the status, which for most is none
};

// `type` is "about:blank" and `title` the status in words, as RFC 9457 4.2.1 asks; what a program
// decides by is `code`. A code without words gets its title as detail.
Answer problem_of(const Problem& problem, const Words& words);

}  // namespace quittance::http
