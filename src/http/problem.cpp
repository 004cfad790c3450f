#include "http/problem.h"
#include "http/phrase.h"

#include <boost/json.hpp>

namespace quittance::http {
namespace {

namespace json = boost::json;

// Nobody reads more, and a body of a megabyte must not be answered with thirty.
constexpr std::size_t errors_most = 100;

int status_of(No no) {
    switch (no) {
        case No::malformed:
            return 400;
        case No::unauthenticated:
            return 401;
        case No::forbidden:
            return 403;
        case No::unknown:
            return 404;
        case No::conflict:
            return 409;
        case No::stale:
            return 412;
        case No::too_large:
            return 413;
        case No::unsupported:
            return 415;
        case No::unacceptable:
            return 422;
        case No::too_many:
            return 429;
        case No::unavailable:
            return 503;
    }
    return 400;
}

json::string text_of(std::string_view text) { return json::string(text.data(), text.size()); }

// Code, words and params, for the problem itself and for each of its fields.
void describe(
    json::object& out, std::string_view code, const Params& params, std::string_view fallback,
    const Words& words
) {
    auto detail = words ? words(code, params) : std::string();
    if (detail.empty()) detail = fallback;
    out["code"] = text_of(code);
    out["detail"] = text_of(detail);
    if (params.empty()) return;
    auto& slot = out["params"].emplace_object();
    for (const auto& [name, value] : params) slot[name] = text_of(value);
}

}  // namespace

Answer problem_of(const Problem& problem, const Words& words) {
    json::object document;
    document["type"] = "about:blank";
    document["title"] = text_of(phrase_of(problem.status));
    document["status"] = problem.status;
    describe(document, problem.code, problem.params, phrase_of(problem.status), words);
    if (problem.errors != nullptr && !problem.errors->empty()) {
        auto& list = document["errors"].emplace_array();
        for (const auto& error : *problem.errors) {
            if (list.size() == errors_most) break;
            json::object entry;
            entry["at"] = text_of(error.at);
            describe(entry, error.code, error.params, error.code, words);
            list.emplace_back(std::move(entry));
        }
    }
    auto answer = Answer::json(problem.status, json::serialize(document));
    answer.headers.set("content-type", "application/problem+json");
    int retry_after_s = problem.retry_after_s;
    if (retry_after_s == 0 && problem.status == 429) retry_after_s = 60;
    if (retry_after_s == 0 && problem.status == 503) retry_after_s = 5;
    if (retry_after_s > 0) answer.headers.set("retry-after", std::to_string(retry_after_s));
    if (problem.status == 401) answer.headers.set("www-authenticate", "Bearer");
    return answer;
}

Answer problem(const Refusal& refusal, const Words& words) {
    return problem_of(
        {.status = status_of(refusal.no),
         .code = refusal.code,
         .params = refusal.params,
         .errors = &refusal.errors,
         .retry_after_s = refusal.retry_after_s},
        words
    );
}

}  // namespace quittance::http
