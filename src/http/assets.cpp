#include "http/assets.h"

#include <algorithm>
#include <map>

#include "base/digest.h"

namespace quittance::http {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Takes the next part of a comma-separated list.
std::string_view next_of(std::string_view& list) {
    const auto part = list.substr(0, list.find(','));
    list.remove_prefix(std::min(part.size() + 1, list.size()));
    return trimmed(part);
}

// "q=0", "q=0.0" and so on say no; every other weight says yes, which is all we ask.
bool says_no(std::string_view parameters) {
    const auto weight = parameters.find("q=");
    if (weight == std::string_view::npos) return false;
    const auto value = trimmed(parameters.substr(weight + 2));
    return value.starts_with('0') && value.find_first_not_of("0.") == std::string_view::npos;
}

// RFC 9110, 12.5.3. Without the field a client gets the plain bytes.
bool accepts(const Call& call, std::string_view encoding) {
    std::string_view list = call.headers.find("accept-encoding").value_or("");
    bool by_star = false;
    while (!list.empty()) {
        const auto part = next_of(list);
        const auto semicolon = std::min(part.find(';'), part.size());
        const auto name = trimmed(part.substr(0, semicolon));
        const bool yes = !says_no(part.substr(semicolon));
        if (name == encoding) return yes;
        if (name == "*") by_star = yes;
    }
    return by_star;
}

// RFC 9110, 13.1.2: compared weakly.
bool has_it_already(const Call& call, std::string_view etag) {
    std::string_view list = call.headers.find("if-none-match").value_or("");
    while (!list.empty()) {
        auto part = next_of(list);
        if (part.starts_with("W/")) part.remove_prefix(2);
        if (part == etag || part == "*") return true;
    }
    return false;
}

struct Kept {
    const EmbeddedFile* file;
    std::string etag;  // without the quotes
};

std::string etag_of(const EmbeddedFile& file) {
    return base64url(sha256(file.bytes)).substr(0, 22);
}

const std::map<std::string_view, Kept>& kept_files() {
    static const auto kept = [] {
        std::map<std::string_view, Kept> out;
        for (const auto& file : embedded_files()) out[file.path] = {&file, etag_of(file)};
        return out;
    }();
    return kept;
}

Answer answer_with(const Call& call, const EmbeddedFile& file, std::string etag) {
    Answer answer;
    std::string_view bytes = file.bytes;
    if (!file.brotli.empty() && accepts(call, "br")) {
        bytes = file.brotli;
        etag += "-br";
        answer.headers.add("content-encoding", "br");
    } else if (!file.gzip.empty() && accepts(call, "gzip")) {
        bytes = file.gzip;
        etag += "-gz";
        answer.headers.add("content-encoding", "gzip");
    }
    etag = '"' + etag + '"';
    answer.headers.add("content-type", std::string(file.content_type));
    answer.headers.add("vary", "accept-encoding");
    answer.headers.add(
        "cache-control", file.hashed ? "public, max-age=31536000, immutable" : "no-cache"
    );
    answer.headers.add("etag", etag);
    if (has_it_already(call, etag)) {
        answer.status = 304;
    } else {
        answer.body = bytes;
    }
    return answer;
}

// For whoever started a build without the UI.
constexpr std::string_view not_built = R"(<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Quittance</title>
<h1>The agents' pages are not part of this build</h1>
<p>The server runs, but web/dist was not there when it was built. Run
<code>npm ci &amp;&amp; npm run build</code> in the folder <code>web</code>, then build the server
again; <code>bin/run</code> does both.</p>
</html>
)";

}  // namespace

Answer asset(const Call& call, std::string_view path) {
    if (path.starts_with('/')) path.remove_prefix(1);
    const auto found = kept_files().find(path);
    // index.html is only shown with its nonce.
    if (found == kept_files().end() || path == "index.html") {
        throw Refusal(No::unknown, "not_found");
    }
    return answer_with(call, *found->second.file, found->second.etag);
}

Answer asset(const Call& call, const EmbeddedFile& file) {
    return answer_with(call, file, etag_of(file));
}

Answer index() {
    const auto found = kept_files().find("index.html");
    if (found == kept_files().end()) return Answer::html(503, std::string(not_built));
    return page_with_nonce(found->second.file->bytes);
}

Answer page_with_nonce(std::string_view html) {
    constexpr std::string_view placeholder = "{{nonce}}";
    const auto nonce = base64url(random_bytes(18));
    std::string page;
    for (std::size_t at = 0; at < html.size();) {
        const auto found = std::min(html.find(placeholder, at), html.size());
        page += html.substr(at, found - at);
        if (found == html.size()) break;
        page += nonce;
        at = found + placeholder.size();
    }
    auto answer = Answer::html(200, std::move(page));
    answer.headers.set(
        "content-security-policy",
        "default-src 'self'; script-src 'self' 'nonce-" + nonce + "'; style-src 'self' 'nonce-" +
            nonce +
            "'; img-src 'self' data:; connect-src 'self'; object-src 'none'; "
            "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    );
    return answer;
}

}  // namespace quittance::http
