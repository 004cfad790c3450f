#include "http/target.h"

#include <algorithm>

#include "http/percent.h"

namespace quittance::http {
namespace {

[[noreturn]] void refuse() { throw Refusal(No::malformed, "malformed_target"); }

// What the absolute form has before the path says nothing that we believe.
std::string_view without_origin(std::string_view target) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!target.starts_with(scheme)) continue;
        const auto path = target.find_first_of("/?", scheme.size());
        return path == std::string_view::npos || target[path] == '?' ? "/" : target.substr(path);
    }
    return target;
}

// A slash that was encoded would split one part into two after decoding.
bool hides_a_slash(std::string_view path) {
    for (std::size_t i = 0; i + 2 < path.size(); ++i) {
        if (path[i] != '%') continue;
        const char low = static_cast<char>(path[i + 2] | 0x20);
        if ((path[i + 1] == '2' && low == 'f') || (path[i + 1] == '5' && low == 'c')) return true;
    }
    return path.find('\\') != std::string_view::npos;
}

bool climbs(std::string_view path) {
    for (std::size_t start = 0; start < path.size();) {
        const auto end = std::min(path.find('/', start), path.size());
        const auto part = path.substr(start, end - start);
        if (part == "." || part == "..") return true;
        start = end + 1;
    }
    return false;
}

std::string decoded_path(std::string_view path) {
    if (!path.starts_with('/') || hides_a_slash(path)) refuse();
    auto decoded = percent_decoded(path);
    if (!decoded || climbs(*decoded)) refuse();
    const bool control = std::any_of(decoded->begin(), decoded->end(), [](unsigned char c) {
        return c < 0x20 || c == 0x7f;
    });
    if (control) refuse();
    return std::move(*decoded);
}

}  // namespace

void set_target(Call& call, std::string_view target) {
    if (target.find('#') != std::string_view::npos) refuse();
    const auto rest = without_origin(target);
    const auto question = std::min(rest.find('?'), rest.size());
    call.path = decoded_path(rest.substr(0, question));
    call.query.clear();
    if (question == rest.size()) return;
    auto parts = form_decoded(rest.substr(question + 1));
    if (!parts) refuse();
    for (auto& [name, value] : *parts) {
        const auto [place, fresh] = call.query.emplace(std::move(name), std::move(value));
        if (!fresh) {
            throw Refusal(No::malformed, "duplicate_parameter", {{"parameter", place->first}});
        }
    }
}

}  // namespace quittance::http
