#include "api/history_page.h"

#include "api/plain_page.h"
#include "base/template_text.h"
#include "requests/history.h"

namespace quittance::api {
namespace {

namespace json = boost::json;

constexpr auto layout = R"(<h1>History of request {{reference}}</h1>
<table>
<thead><tr>
<th scope="col">When (UTC)<th scope="col">What<th scope="col">Who<th scope="col">Details
</tr></thead>
<tbody>
{{#entries}}<tr><td><time datetime="{{at}}">{{when}}</time><td>{{what}}<td><bdi>{{who}}</bdi><td>
{{#details}}<div><span class="key">{{key}}</span> <bdi>{{value}}</bdi></div>{{/details}}</tr>
{{/entries}}</tbody>
</table>
)";

// "2026-11-24T14:02:11.000Z" as people read it: "2026-11-24 14:02:11".
std::string when(Instant at) {
    auto text = at.text().substr(0, 19);
    text[10] = ' ';
    return text;
}

std::string who(const ledger::Entry& entry, const AgentNames& names) {
    if (entry.agent) {
        const auto found = names.find(*entry.agent);
        return found == names.end() ? "" : found->second;
    }
    if (entry.key) return "API key";
    if (entry.door == "site") return "Requester";
    return "Quittance";
}

json::array details(const ledger::Entry& entry) {
    json::array array;
    if (!entry.detail) return array;
    for (const auto& member : *entry.detail) {
        const auto& value = member.value();
        array.push_back(json::object{
            {"key", member.key()},
            {"value", value.is_string() ? std::string(value.get_string()) : json::serialize(value)}}
        );
    }
    return array;
}

}  // namespace

http::Answer history_page(
    std::string_view reference, const std::vector<ledger::Entry>& entries, const AgentNames& names
) {
    json::array lines;
    for (const auto& entry : entries) {
        lines.push_back(json::object{
            {"at", entry.at.text()},
            {"when", when(entry.at)},
            {"what", requests::words_for(entry)},
            {"who", who(entry, names)},
            {"details", details(entry)}});
    }
    const json::object values{{"reference", reference}, {"entries", std::move(lines)}};
    return plain_page(
        "History of request " + std::string(reference), fill(layout, values, Escape::html)
    );
}

}  // namespace quittance::api
