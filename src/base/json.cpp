#include "base/json.h"

namespace quittance {

boost::json::value parse_json(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = 32;
    boost::json::stream_parser parser({}, options);
    boost::json::error_code error;
    const auto read = parser.write_some(text.data(), text.size(), error);
    if (!error && read == text.size()) parser.finish(error);
    if (error || read < text.size()) {
        throw Refusal(No::malformed, "malformed_json", {{"position", std::to_string(read)}});
    }
    return parser.release();
}

}  // namespace quittance
