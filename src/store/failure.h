// What the two drivers make of a database that cannot just now: 503, its cause in the log only.
#pragma once

#include "base/log.h"
#include "base/refusal.h"

namespace quittance::store {

// `unavailable`: nothing was written, try later. `commit_unknown`: it may or may not have been.
inline Refusal unavailable(std::string_view cause, const char* code = "unavailable") {
    log::warning("the database is unavailable", {{"cause", cause}, {"code", code}});
    Refusal refusal(No::unavailable, code);
    refusal.retry_after_s = 5;
    return refusal;
}

}  // namespace quittance::store
