// Static files inside the binary: the agents' UI (web/dist) and what the public pages need
// (pages/assets), as they are and compressed with Brotli and gzip at build time (cmake/made.cmake).
#pragma once

#include <span>
#include <string_view>

#include "http/call.h"

namespace quittance::http {

struct EmbeddedFile {
    // web/dist/X is "X" ("assets/index-C5nRvQ2s.js"), pages/assets/X is "assets/pages/X".
    std::string_view path;
    std::string_view content_type;
    std::string_view bytes;
    std::string_view gzip;    // "" when compressing does not pay
    std::string_view brotli;  // the same
    // The name holds a digest of the content, so the file may be kept for ever.
    bool hashed;
};
std::span<const EmbeddedFile> embedded_files();  // by path

// The file of that path (a leading slash is ignored): strong ETag, 304, Accept-Encoding (br before
// gzip), "immutable" for hashed names and revalidation for the others. Refusal 404 `not_found`.
Answer asset(const Call& call, std::string_view path);
Answer asset(const Call& call, const EmbeddedFile& file);

// The agents' UI: index.html with a fresh nonce for each {{nonce}} and the Content-Security-Policy
// that goes with it. A build without web/dist answers 503 with a page that says how to build it.
Answer index();
// The same for any page.
Answer page_with_nonce(std::string_view html);

}  // namespace quittance::http
