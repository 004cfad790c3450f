#include "http/router.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "base/digest.h"
#include "base/log.h"
#include "http/problem.h"

namespace quittance::http {
namespace {

enum class Part { literal, one, rest };

Part kind_of(std::string_view part) {
    if (!part.starts_with('{')) return Part::literal;
    return part.ends_with("...}") ? Part::rest : Part::one;
}

std::string name_of(std::string_view part) {
    const std::size_t tail = kind_of(part) == Part::rest ? 4 : 1;
    return std::string(part.substr(1, part.size() - 1 - tail));
}

std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> parts;
    while (path.starts_with('/')) {
        path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        parts.emplace_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return parts;
}

void check_pattern(const std::string& pattern, const std::vector<std::string>& parts) {
    bool good = pattern.starts_with('/');
    std::set<std::string> names;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool braces = parts[i].find_first_of("{}") != std::string::npos;
        if (!braces) continue;
        good = good && parts[i].starts_with('{') && parts[i].ends_with('}') && parts[i].size() > 2;
        if (!good) break;
        good = names.insert(name_of(parts[i])).second && !name_of(parts[i]).empty() &&
               (kind_of(parts[i]) != Part::rest || i + 1 == parts.size());
    }
    if (!good) throw std::logic_error("not a route pattern: " + pattern);
}

// Literal parts first, so that /requests/counts is not an id.
bool goes_before(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        if (kind_of(a[i]) != kind_of(b[i])) return kind_of(a[i]) < kind_of(b[i]);
        if (kind_of(a[i]) == Part::literal && a[i] != b[i]) return a[i] < b[i];
    }
    return a.size() < b.size();
}

// Takes the next part off `path`, which starts with a slash.
std::string_view take_part(std::string_view& path) {
    path.remove_prefix(1);
    const auto part = path.substr(0, path.find('/'));
    path.remove_prefix(part.size());
    return part;
}

bool matches(const std::vector<std::string>& parts, std::string_view path) {
    for (const auto& part : parts) {
        if (path.empty()) return false;
        const auto kind = kind_of(part);
        if (kind == Part::rest) return true;
        const auto found = take_part(path);
        if (kind == Part::literal ? found != part : found.empty()) return false;
    }
    return path.empty();
}

std::string_view name_of(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::patch:
            return "PATCH";
        case Method::delete_:
            return "DELETE";
    }
    return "GET";
}

}  // namespace

Router::Router(std::vector<Route> routes, Guard guard, Words words, Refused refused)
    : routes_(std::move(routes)),
      guard_(std::move(guard)),
      words_(std::move(words)),
      refused_(std::move(refused)) {
    std::set<std::string> seen;
    for (const auto& route : routes_) {
        auto parts = split(route.pattern);
        check_pattern(route.pattern, parts);
        std::string shape(name_of(route.method));
        for (const auto& part : parts) {
            shape += kind_of(part) == Part::literal ? "/" + part
                     : kind_of(part) == Part::one   ? "/{}"
                                                    : "/{...}";
        }
        if (route.method == Method::head || !route.handler || !seen.insert(shape).second) {
            throw std::logic_error("not a route, or one that is there already: " + shape);
        }
        patterns_.push_back({std::move(parts), &route});
    }
    std::stable_sort(patterns_.begin(), patterns_.end(), [](const auto& a, const auto& b) {
        return goes_before(a.parts, b.parts);
    });
}

const Router::Pattern* Router::find_pattern(Method method, std::string_view path) const {
    if (method == Method::head) method = Method::get;
    for (const auto& pattern : patterns_) {
        if (pattern.route->method == method && matches(pattern.parts, path)) return &pattern;
    }
    return nullptr;
}

std::string Router::allow(std::string_view path) const {
    std::set<std::string_view> methods;
    for (const auto& pattern : patterns_) {
        if (!matches(pattern.parts, path)) continue;
        methods.insert(name_of(pattern.route->method));
        if (pattern.route->method == Method::get) methods.insert(name_of(Method::head));
    }
    return fmt::format("{}", fmt::join(methods, ", "));
}

const Route* Router::find(Call& call) const {
    const auto* found = find_pattern(call.method, call.path);
    if (found == nullptr) {
        auto allowed = allow(call.path);
        if (!allowed.empty()) throw WrongMethod(std::move(allowed));
        return nullptr;
    }
    call.in_path.clear();
    std::string_view path = call.path;
    for (const auto& part : found->parts) {
        if (kind_of(part) == Part::rest) {
            call.in_path.emplace(name_of(part), path.substr(1));
            break;
        }
        const auto value = take_part(path);
        if (kind_of(part) == Part::one) call.in_path.emplace(name_of(part), value);
    }
    call.route = fmt::format("{} {}", name_of(found->route->method), found->route->pattern);
    return found->route;
}

std::optional<std::size_t> Router::body_bytes_max(Method method, std::string_view path) const {
    const auto* found = find_pattern(method, path);
    if (found == nullptr) return std::nullopt;
    return found->route->body_bytes_max;
}

Answer Router::answer_or_throw(Call& call) const {
    const auto* route = find(call);
    if (route == nullptr) throw Refusal(No::unknown, "not_found");
    guard_(call, *route);
    return route->handler(call);
}

Answer Router::answer(Call& call) const {
    Answer answer;
    try {
        answer = answer_or_throw(call);
    } catch (const WrongMethod& wrong) {
        answer = problem(405, "method_not_allowed");
        answer.headers.set("allow", wrong.allow);
    } catch (const Refusal& refusal) {
        answer = refuse(call, refusal);
    } catch (const std::exception& cause) {
        answer = fault(call, cause.what());
    } catch (...) {
        answer = fault(call, "something that is no std::exception was thrown");
    }
    if (call.method == Method::head) {
        if (!answer.stream)
            answer.headers.set("content-length", std::to_string(answer.body.size()));
        answer.body.clear();
        answer.stream = nullptr;
    }
    return answer;
}

Answer Router::problem(int status, std::string_view code, const Params& params) const {
    return problem_of({.status = status, .code = code, .params = params}, words_);
}

Answer Router::refuse(const Call& call, const Refusal& refusal) const {
    if (refused_) refused_(call, refusal);
    return http::problem(refusal, words_);
}

Answer Router::fault(const Call& call, std::string_view cause) const {
    auto digits = hex(random_bytes(4));
    for (char& c : digits) c = static_cast<char>(c >= 'a' ? c - 'a' + 'A' : c);
    const auto reference = fmt::format("f-{}-{}", digits.substr(0, 4), digits.substr(4));
    log::error("fault", {{"reference", reference}, {"route", call.route}, {"cause", cause}});
    return problem(500, "fault", {{"reference", reference}});
}

}  // namespace quittance::http
