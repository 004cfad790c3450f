// From a call to an answer: finds the route, asks the guard, runs the handler, and turns every
// kind of bad news into an RFC 9457 problem (the only place where that happens).
#pragma once

#include <exception>
#include <functional>
#include <map>
#include <optional>
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
using Params = std::map<std::string, std::string>;
using Words = std::function<std::string(std::string_view code, const Params& params)>;
// A refusal is on its way out: for the log, metrics and the ledger of security refusals. Must not
// throw.
using Refused = std::function<void(const Call& call, const Refusal& refusal)>;

// The path is known, but not with that method. `allow` is the value of the Allow field.
struct WrongMethod : std::exception {
    explicit WrongMethod(std::string allow) : allow(std::move(allow)) {}
    const char* what() const noexcept override { return "method_not_allowed"; }
    std::string allow;
};

class Router {
public:
    // Where two patterns match one path, a literal part goes before {one}, and {one} before
    // {rest...}. A bad pattern or the same route twice is a fault (std::logic_error).
    Router(std::vector<Route> routes, Guard guard, Words words, Refused refused);
    // The patterns point into the routes.
    Router(const Router&) = delete;
    Router& operator=(const Router&) = delete;

    // The route for method and path, with call.in_path and call.route set; nullptr when the path is
    // unknown. HEAD finds the GET route. Throws WrongMethod.
    const Route* find(Call& call) const;
    // Never throws. HEAD is answered as GET, with its Content-Length and without body. A fault
    // becomes 500 `fault` with a reference ("f-81C2-0D9A"); its cause goes to the log only.
    Answer answer(Call& call) const;
    // What the server has to say by itself: a problem with this status, code and words.
    Answer problem(int status, std::string_view code, const Params& params = {}) const;
    // The answer to a refusal outside of a handler; tells `refused`.
    Answer refuse(const Call& call, const Refusal& refusal) const;
    // The methods that a path takes, as the value of Allow; "" for an unknown path.
    std::string allow(std::string_view path) const;
    // How many body bytes the route takes; nullopt when there is no route.
    std::optional<std::size_t> body_bytes_max(Method method, std::string_view path) const;
    const std::vector<Route>& routes() const { return routes_; }

private:
    struct Pattern {
        std::vector<std::string> parts;  // without the slashes; "{id}" and "{rest...}" as written
        const Route* route;
    };
    const Pattern* find_pattern(Method method, std::string_view path) const;
    Answer answer_or_throw(Call& call) const;
    Answer fault(const Call& call, std::string_view cause) const;

    std::vector<Route> routes_;
    std::vector<Pattern> patterns_;  // the one that goes first stands first
    Guard guard_;
    Words words_;
    Refused refused_;
};

// application/problem+json: type, title, status, code, detail, params, and errors [{at, code,
// detail, params}]. 429 and 503 carry Retry-After, 401 WWW-Authenticate.
Answer problem(const Refusal& refusal, const Words& words);

}  // namespace quittance::http
