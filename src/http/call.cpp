#include "http/call.h"

#include <algorithm>
#include <stdexcept>

#include "http/percent.h"

namespace quittance::http {
namespace {

bool is_token_char(unsigned char c) {
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           others.find(static_cast<char>(c)) != std::string_view::npos;
}

// Whoever could put a line break into a field could write the rest of the answer.
void check(std::string_view name, std::string_view value) {
    const bool good_value = std::none_of(value.begin(), value.end(), [](unsigned char c) {
        return (c < 0x20 && c != '\t') || c == 0x7f;
    });
    if (name.empty() || !std::all_of(name.begin(), name.end(), is_token_char) || !good_value) {
        throw std::invalid_argument("a header field with a character that none may have");
    }
}

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    }
    return text;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_form(std::string_view content_type) {
    const auto semicolon = std::min(content_type.find(';'), content_type.size());
    const auto type = lower(std::string(trimmed(content_type.substr(0, semicolon))));
    if (type != "application/x-www-form-urlencoded") return false;
    if (semicolon == content_type.size()) return true;
    const auto parameter = lower(std::string(trimmed(content_type.substr(semicolon + 1))));
    return parameter == "charset=utf-8" || parameter == "charset=\"utf-8\"";
}

Answer with_type(int status, std::string_view type, std::string body) {
    Answer answer;
    answer.status = status;
    answer.headers.set("content-type", std::string(type));
    answer.body = std::move(body);
    return answer;
}

}  // namespace

void Headers::add(std::string name, std::string value) {
    check(name, value);
    fields_.emplace_back(lower(std::move(name)), std::move(value));
}

void Headers::set(std::string name, std::string value) {
    check(name, value);
    name = lower(std::move(name));
    std::erase_if(fields_, [&](const auto& field) { return field.first == name; });
    fields_.emplace_back(std::move(name), std::move(value));
}

std::optional<std::string_view> Headers::find(std::string_view lower_case_name) const {
    for (const auto& [name, value] : fields_) {
        if (name == lower_case_name) return value;
    }
    return std::nullopt;
}

std::optional<std::string> Call::cookie(std::string_view name) const {
    for (const auto& [field, value] : headers) {
        if (field != "cookie") continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            const auto pair = trimmed(rest.substr(0, rest.find(';')));
            rest.remove_prefix(std::min(rest.find(';'), rest.size() - 1) + 1);
            const auto equals = pair.find('=');
            if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
                return std::string(pair.substr(equals + 1));
            }
        }
    }
    return std::nullopt;
}

std::vector<std::pair<std::string, std::string>> Call::form() const {
    const auto type = headers.find("content-type");
    if (!type || !is_form(*type)) throw Refusal(No::unsupported, "unsupported_media_type");
    auto fields = form_decoded(body);
    if (!fields) throw Refusal(No::malformed, "malformed_form");
    return std::move(*fields);
}

Answer Answer::json(int status, std::string body) {
    return with_type(status, "application/json", std::move(body));
}
Answer Answer::html(int status, std::string body) {
    return with_type(status, "text/html; charset=utf-8", std::move(body));
}
Answer Answer::text(int status, std::string body) {
    return with_type(status, "text/plain; charset=utf-8", std::move(body));
}
Answer Answer::empty(int status) {
    Answer answer;
    answer.status = status;
    return answer;
}
Answer Answer::see_other(std::string location) {
    auto answer = empty(303);
    answer.headers.set("location", std::move(location));
    return answer;
}

}  // namespace quittance::http
