// From a call to an answer: finds the route, asks the guard, runs the handler, and turns every
// kind of bad news into an RFC 9457 problem (the only place where that happens).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.h"
#include "http/call.h"

namespace quittance::http {

// Fills call.caller for the route's `access`, or throws Refusal 401, 403 or 404. Runs before the
// body is looked at.
using Guard = std::function<void(Call& call, const Route& route)>;
// A human sentence for a refusal code with its parameters, in English; "" when it knows none. The
// texts stand with docs/problems.md; main hands the function over.
using Words = std::function<std::string(std::string_view code, const std::map<std::string, std::string>& params)>;
// A refusal is on its way out: for the log, metrics and the ledger of security refusals. Must not throw.
using Refused = std::function<void(const Call& call, const Refusal& refusal)>;

class Router {
public:
    Router(std::vector<Route> routes, Guard guard, Words words, Refused refused);

    // The route for method and path, with call.in_path and call.route set; nullptr when the path is
    // unknown. A known path with another method throws 405 as a problem with Allow.
    const Route* find(Call& call) const;
    // Never throws. HEAD is answered as GET without body. A fault becomes 500 `fault` with a
    // reference ("f-81C2-0D9A"); its cause goes to the log only.
    Answer answer(Call& call) const;
    // How many body bytes the route takes; 0 for an unknown path.
    std::size_t body_bytes_max(Method method, std::string_view path) const;
    const std::vector<Route>& routes() const { return routes_; }

private:
    std::vector<Route> routes_;
    Guard guard_;
    Words words_;
    Refused refused_;
};

// application/problem+json.
Answer problem(const Refusal& refusal, const Words& words);

}  // namespace quittance::http
