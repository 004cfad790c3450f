#include "api/query.h"

#include <algorithm>
#include <charconv>

namespace quittance::api {

std::optional<std::string> Query::text(std::string_view name) {
    known_.emplace_back(name);
    const auto found = call_.query.find(name);
    if (found == call_.query.end()) return std::nullopt;
    return found->second;
}

std::optional<bool> Query::boolean(std::string_view name) {
    const auto given = text(name);
    if (!given) return std::nullopt;
    if (*given != "true" && *given != "false") {
        wrong(name, "not_one_of", {{"allowed", "true, false"}});
    }
    return *given == "true";
}

std::optional<Uuid> Query::id(std::string_view name) {
    const auto given = text(name);
    if (!given) return std::nullopt;
    const auto id = Uuid::parse(*given);
    if (!id) wrong(name, "not_an_id");
    return id;
}

int Query::limit() {
    const auto given = text("limit");
    if (!given) return 50;
    int limit = 0;
    const auto* end = given->data() + given->size();
    const auto [read, error] = std::from_chars(given->data(), end, limit);
    if (error != std::errc{} || read != end || limit < 1 || limit > 200) {
        wrong("limit", "out_of_range", {{"least", "1"}, {"most", "200"}});
    }
    return limit;
}

void Query::wrong(
    std::string_view name, std::string code, std::map<std::string, std::string> params
) {
    errors_.push_back({"?" + std::string(name), std::move(code), std::move(params)});
}

void Query::done() {
    for (const auto& [name, value] : call_.query) {
        if (std::ranges::find(known_, name) == known_.end()) wrong(name, "unknown_parameter");
    }
    if (!errors_.empty()) throw Refusal(std::move(errors_));
}

}  // namespace quittance::api
