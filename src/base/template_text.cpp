#include "base/template_text.h"

#include <kainjow/mustache.hpp>

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "base/email_address.h"

namespace quittance {
namespace {

namespace km = kainjow::mustache;

km::data to_data(const boost::json::value& value, const Partials& partials);

km::data to_object(const boost::json::object& object, const Partials& partials) {
    km::data out{km::data::type::object};
    for (const auto& entry : object) {
        out.set(
            std::string(entry.key().data(), entry.key().size()), to_data(entry.value(), partials)
        );
    }
    return out;
}

km::data to_data(const boost::json::value& value, const Partials& partials) {
    switch (value.kind()) {
        case boost::json::kind::object:
            return to_object(value.get_object(), partials);
        case boost::json::kind::array: {
            km::data out{km::data::type::list};
            for (const auto& item : value.get_array()) out.push_back(to_data(item, partials));
            return out;
        }
        case boost::json::kind::string:
            return km::data{std::string(value.get_string().data(), value.get_string().size())};
        case boost::json::kind::bool_:
            return km::data{
                value.get_bool() ? km::data::type::bool_true : km::data::type::bool_false};
        case boost::json::kind::int64:
            return km::data{std::to_string(value.get_int64())};
        case boost::json::kind::null:
            return km::data{km::data::type::bool_false};
        default:
            throw std::logic_error("a template value is neither text, number, list nor flag");
    }
}

// An empty text hides its section: that is how optional parts of a letter are written.
boost::json::object without_empty_text(const boost::json::object& values) {
    boost::json::object out;
    for (const auto& entry : values) {
        const bool empty = entry.value().is_string() && entry.value().get_string().empty();
        out.emplace(entry.key(), empty ? boost::json::value(false) : entry.value());
    }
    return out;
}

struct Tag {
    char kind;  // # ^ / & > ! = { or v for a plain variable
    std::string name;
};

// The tags of a template in order; stops at one that is not closed.
template <class F>
void each_tag(std::string_view text, F&& f) {
    std::size_t at = 0;
    while ((at = text.find("{{", at)) != std::string_view::npos) {
        at += 2;
        const auto end = text.find("}}", at);
        if (end == std::string_view::npos) return;
        auto inner = trimmed(text.substr(at, end - at));
        char kind = 'v';
        if (!inner.empty() && std::string_view("#^/&>!={").find(inner.front()) != inner.npos) {
            kind = inner.front();
            inner = trimmed(inner.substr(1));
        }
        f(Tag{kind, std::string(inner)});
        at = end + 2;
    }
}

// A list inside itself would multiply with every level: five tags fill a disk, or hold a worker for
// hours. No letter needs it.
std::optional<std::string> section_in_itself(std::string_view text) {
    std::vector<std::string> open;
    std::optional<std::string> found;
    each_tag(text, [&](const Tag& tag) {
        if (tag.kind == '/' && !open.empty()) open.pop_back();
        if (tag.kind != '#' && tag.kind != '^') return;
        if (!found && std::ranges::find(open, tag.name) != open.end()) found = tag.name;
        open.push_back(tag.name);
    });
    return found;
}

// Far beyond any letter; a list in a list with a long text inside gets there. Pages are our own and
// grow with what they show.
constexpr std::size_t letter_bytes_max = 8'000'000;

bool is_tag_line(std::string_view line) {
    line = trimmed(line);
    return line.size() > 5 && line.starts_with("{{") && line.find("}}") == line.size() - 2 &&
           std::string_view("#^/").find(line[2]) != std::string_view::npos;
}

// The library lets a line with nothing but a section tag vanish, as mustache asks, except after a
// section that it skips. An empty part that is always there makes it see that line, too.
std::string with_marked_tag_lines(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        out += line;
        if (is_tag_line(line)) out += "{{^-}}{{/-}}";
        if (end < text.size()) out += '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

// The library keeps values and parts in one table. So that a value may have the name of a part, the
// parts stand in it as ">name".
std::string with_named_parts(std::string_view text) {
    std::string out;
    while (true) {
        const auto at = text.find("{{>");
        const auto end = at == text.npos ? at : text.find("}}", at);
        if (end == text.npos) return out.append(text);
        out.append(text.substr(0, at)).append("{{>>");
        out.append(trimmed(text.substr(at + 3, end - at - 3)));
        text.remove_prefix(end);
    }
}

}  // namespace

std::string fill(
    std::string_view text, const boost::json::object& values, Escape escape,
    const Partials& partials
) {
    km::mustache parsed{with_marked_tag_lines(with_named_parts(text))};
    if (!parsed.is_valid()) throw std::logic_error("broken template: " + parsed.error_message());
    if (escape == Escape::plain_text) {
        parsed.set_custom_escape([](const std::string& value) { return value; });
    }
    auto data = to_object(without_empty_text(values), partials);
    for (const auto& [name, partial] : partials) {
        data.set(
            ">" + name, km::data{km::partial{[&partial] { return with_named_parts(partial); }}}
        );
    }
    std::string filled;
    parsed.render(data, [&](const std::string& piece) {
        const bool letter = escape == Escape::plain_text;
        if (letter && filled.size() + piece.size() > letter_bytes_max) {
            throw std::length_error("a template grew too long while it was filled");
        }
        filled += piece;
    });
    return filled;
}

std::optional<TemplateFlaw> check_template(
    std::string_view text, const std::set<std::string>& known
) {
    std::optional<TemplateFlaw> flaw;
    each_tag(text, [&](const Tag& tag) {
        if (flaw || tag.kind == '!') return;
        if (tag.kind == '{' || tag.kind == '&' || tag.kind == '>' || tag.kind == '=') {
            flaw = TemplateFlaw{"template_forbidden_tag", std::string(1, tag.kind)};
        } else if (tag.name != "." && !known.contains(tag.name)) {
            flaw = TemplateFlaw{"template_unknown_variable", tag.name};
        }
    });
    if (flaw) return flaw;
    if (const auto name = section_in_itself(text)) {
        return TemplateFlaw{"template_syntax", "The section " + *name + " stands inside itself"};
    }
    const km::mustache parsed{std::string(text)};
    if (!parsed.is_valid()) return TemplateFlaw{"template_syntax", parsed.error_message()};
    return std::nullopt;
}

std::set<std::string> variables_of(std::string_view text) {
    std::set<std::string> names;
    each_tag(text, [&](const Tag& tag) {
        if (tag.kind == 'v' || tag.kind == '#' || tag.kind == '^') names.insert(tag.name);
    });
    return names;
}

}  // namespace quittance
