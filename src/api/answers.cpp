#include "api/answers.h"

#include <charconv>

namespace quittance::api {

http::Answer json_answer(int status, const boost::json::value& value) {
    auto answer = http::Answer::json(status, boost::json::serialize(value));
    answer.headers.set("cache-control", "no-store");
    return answer;
}

http::Answer json_answer(int status, const boost::json::value& value, std::int64_t version) {
    auto answer = json_answer(status, value);
    answer.headers.set("etag", '"' + std::to_string(version) + '"');
    return answer;
}

http::Answer list_answer(
    std::string_view name, boost::json::array items, const std::optional<std::string>& next
) {
    return json_answer(
        200, boost::json::object{{name, std::move(items)}, {"next", text_or_null(next)}}
    );
}

http::Answer accepted(Uuid id) { return json_answer(202, boost::json::object{{"id", id.text()}}); }

std::optional<std::int64_t> if_match(const http::Call& call) {
    constexpr std::int64_t nothing_has_it = -1;
    const auto field = call.headers.find("if-match");
    if (!field || *field == "*") return std::nullopt;
    if (field->size() < 3 || !field->starts_with('"') || !field->ends_with('"')) {
        return nothing_has_it;
    }
    std::int64_t version = nothing_has_it;
    const auto* end = field->data() + field->size() - 1;
    const auto [read, error] = std::from_chars(field->data() + 1, end, version);
    return error == std::errc{} && read == end ? version : nothing_has_it;
}

boost::json::value time_or_null(const std::optional<Instant>& at) {
    if (!at) return nullptr;
    return boost::json::value(at->text());
}

boost::json::value text_or_null(const std::optional<std::string>& text) {
    if (!text) return nullptr;
    return boost::json::value(*text);
}

}  // namespace quittance::api
