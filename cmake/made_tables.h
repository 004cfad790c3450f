// What the parts of made_tables share: a YAML file that knows where it is, and C++ source.
#pragma once

#include <yaml-cpp/yaml.h>

#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/template_text.h"

namespace made {

using Tags = std::vector<std::string>;  // of the languages, English first

// A file that is being read: knows where it is when something is wrong.
class Page {
public:
    explicit Page(const std::string& folder, std::string name) : name_(std::move(name)) {
        try {
            root_ = YAML::LoadFile(folder + "/" + name_);
        } catch (const YAML::Exception& broken) {
            fail(broken.mark, broken.msg);
        }
        if (!root_.IsMap()) fail(root_.Mark(), "the file is not a map");
    }

    [[noreturn]] void fail(const YAML::Mark& mark, const std::string& what) const {
        throw std::runtime_error(name_ + ":" + std::to_string(mark.line + 1) + ": " + what);
    }
    [[noreturn]] void fail(const YAML::Node& node, const std::string& what) const {
        fail(node.Mark(), what);
    }

    const YAML::Node root() const { return root_; }
    YAML::Node part(const YAML::Node& node, const std::string& key) const {
        const YAML::Node found = node[key];
        if (!found) fail(node, "'" + key + "' is missing");
        return found;
    }
    std::string text(const YAML::Node& node, const std::string& key) const {
        const auto found = part(node, key);
        if (!found.IsScalar() || found.Scalar().empty()) fail(found, "'" + key + "' is no text");
        return found.Scalar();
    }
    std::string one_of(
        const YAML::Node& node, const std::string& key, const std::set<std::string>& allowed
    ) const {
        const auto found = text(node, key);
        if (!allowed.contains(found)) fail(node[key], "unknown " + key + " '" + found + "'");
        return found;
    }
    std::vector<YAML::Node> list(const YAML::Node& node, const std::string& key) const {
        const auto found = part(node, key);
        if (!found.IsSequence()) fail(found, "'" + key + "' is no list");
        return {found.begin(), found.end()};
    }
    std::vector<std::string> texts(const YAML::Node& node, const std::string& key) const {
        std::vector<std::string> all;
        for (const auto& item : list(node, key)) {
            if (!item.IsScalar()) fail(item, "'" + key + "' holds something that is no text");
            all.push_back(item.Scalar());
        }
        return all;
    }
    std::string english(const YAML::Node& node, const std::string& key) const {
        return text(part(node, key), "en");
    }
    // The same words in every language, with the same variables, out of `known`.
    std::vector<std::string> said(
        const YAML::Node& node, const std::string& key, const Tags& tags,
        const std::set<std::string>& known = {}
    ) const {
        const auto all = part(node, key);
        std::vector<std::string> out;
        for (const auto& tag : tags) {
            out.push_back(text(all, tag));
            require_template(all[tag], out.back(), known);
            require_same_variables(all[tag], out.back(), out.front());
        }
        if (all.size() != tags.size()) fail(all, "a language too many");
        return out;
    }
    // Nobody may use a fact of which nobody knows where it comes from.
    void require_source(const YAML::Node& node) const {
        text(node, "src");
        one_of(node, "conf", {"R", "M"});
    }
    template <class Where>
    void require_template(
        const Where& where, const std::string& text, const std::set<std::string>& known
    ) const {
        const auto flaw = quittance::check_template(text, known);
        if (flaw) fail(where, flaw->code + ": " + flaw->what);
    }
    template <class Where>
    void require_same_variables(
        const Where& where, const std::string& text, const std::string& english
    ) const {
        const auto here = quittance::variables_of(text);
        const auto there = quittance::variables_of(english);
        for (const auto& name : there) {
            if (!here.contains(name)) fail(where, "the English has '" + name + "', this has not");
        }
        for (const auto& name : here) {
            if (!there.contains(name)) fail(where, "the English has no '" + name + "'");
        }
    }

private:
    std::string name_;
    YAML::Node root_;
};

// Text as C++ source.
inline std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n\"\n    \"";
        } else {
            out += c;
        }
    }
    return out + "\"";
}

inline std::string quoted(const std::vector<std::string>& texts) {
    std::string out = "{";
    for (const auto& text : texts) out += (out.size() > 1 ? ", " : "") + quoted(text);
    return out + "}";
}

class Source {
public:
    void once(const Page& page, const YAML::Node& node, const std::string& id) {
        if (!seen_.insert(id).second) page.fail(node, "'" + id + "' stands here twice");
    }
    void add(const std::vector<std::string>& members) {
        body_ += "        {";
        for (std::size_t i = 0; i < members.size(); ++i) body_ += (i ? ", " : "") + members[i];
        body_ += "},\n";
    }
    // A function that gives a view of a table which is made once and never goes.
    std::string function(const std::string& type, const std::string& name) const {
        return "std::span<const " + type + "> " + name + "() {\n    static const std::vector<" +
               type + "> table{\n" + body_ + "    };\n    return table;\n}\n\n";
    }

private:
    std::set<std::string> seen_;
    std::string body_;
};

struct Laws {
    std::set<std::string> countries;
    std::set<std::string> types;
    std::set<std::string> types_with_proof;
};

// The functions of namespace quittance::letters (made_letters.cpp).
std::string letters(const std::string& folder, const Tags& tags, const Laws& laws);

}  // namespace made
