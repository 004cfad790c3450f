#include "api/history_page.h"

#include <algorithm>
#include <array>

#include "api/plain_page.h"
#include "base/tables.h"
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

// "due_on" as people read it: "Due on".
std::string words_of(std::string_view key) {
    std::string words(key);
    std::ranges::replace(words, '_', ' ');
    if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') words[0] -= 'a' - 'A';
    return words;
}

std::string text_of_value(std::string_view key, const json::value& value, const AgentNames& names);

std::string listed(const json::array& values, const AgentNames& names) {
    std::string all;
    for (const auto& value : values) {
        all += (all.empty() ? "" : "; ") + text_of_value("", value, names);
    }
    return all;
}

std::string listed(const json::object& members, const AgentNames& names) {
    std::string all;
    for (const auto& [key, value] : members) {
        if (value.is_null()) continue;
        all += (all.empty() ? "" : ", ") + words_of(key) + ": " + text_of_value(key, value, names);
    }
    return all;
}

// What an id stands for, where people know it by a name.
std::string name_for(std::string_view key, std::string_view id, const AgentNames& names) {
    if (key == "to") {
        const auto agent = AgentId::parse(id);
        const auto found = agent ? names.find(*agent) : names.end();
        if (found != names.end()) return found->second;
    }
    if (key == "type") {
        if (const auto* type = laws::request_type(id)) return std::string(type->name.in("en"));
    }
    if (key == "ground") {
        if (const auto* ground = laws::ground(id)) return std::string(ground->name);
    }
    if (key == "country") {
        if (const auto* country = laws::country(id)) return std::string(country->name);
    }
    constexpr std::array values_of_ours{"method", "proof", "decision", "sent_by", "purpose"};
    std::string words(id);
    if (std::ranges::find(values_of_ours, key) != values_of_ours.end()) {
        std::ranges::replace(words, '_', ' ');
    }
    return words;
}

std::string text_of_value(std::string_view key, const json::value& value, const AgentNames& names) {
    if (value.is_string()) return name_for(key, value.get_string(), names);
    if (value.is_bool()) return value.get_bool() ? "yes" : "no";
    if (value.is_array()) return listed(value.get_array(), names);
    if (value.is_object()) return listed(value.get_object(), names);
    return json::serialize(value);
}

json::array details(const ledger::Entry& entry, const AgentNames& names) {
    json::array array;
    if (!entry.detail) return array;
    for (const auto& member : *entry.detail) {
        // A letter's id says nothing to people; nothing said is nothing to print.
        if (member.key() == "letter" || member.value().is_null()) continue;
        array.push_back(json::object{
            {"key", words_of(member.key())},
            {"value", text_of_value(member.key(), member.value(), names)}});
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
            {"details", details(entry, names)}});
    }
    const json::object values{{"reference", reference}, {"entries", std::move(lines)}};
    return plain_page(
        "History of request " + std::string(reference), fill(layout, values, Escape::html)
    );
}

}  // namespace quittance::api
