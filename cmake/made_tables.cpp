// Turns laws/*.yaml and pages/letters/*.yaml into the tables of base/tables.h. Runs while the house
// is built: made_tables SOURCE_FOLDER OUTPUT.cpp. The first wrong entry ends the build, said as
// "file:line: what is wrong", as compilers say it.
#include <yaml-cpp/yaml.h>

#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/template_text.h"

namespace {

using quittance::check_template;

const std::set<std::string> kinds{"refuse", "redirect", "keep", "wait"};
const std::set<std::string> occasions{"acknowledgement", "verification", "granted",
                                      "partly",          "refused",      "nothing_found"};
const std::set<std::string> ground_variables{"until", "company"};

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
    // Nobody may use a fact of which nobody knows where it comes from.
    void require_source(const YAML::Node& node) const {
        text(node, "src");
        one_of(node, "conf", {"R", "M"});
    }
    void require_template(
        const YAML::Node& where, const std::string& text, const std::set<std::string>& known
    ) const {
        const auto flaw = check_template(text, known);
        if (flaw) fail(where, flaw->code + ": " + flaw->what);
    }

private:
    std::string name_;
    YAML::Node root_;
};

// Text as C++ source.
std::string quoted(const std::string& text) {
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

std::string quoted(const std::vector<std::string>& texts) {
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

std::string countries(const std::string& folder, Laws& laws) {
    const Page page(folder, "laws/countries.yaml");
    page.require_source(page.part(page.root(), "meta"));
    Source source;
    for (const auto& country : page.list(page.root(), "countries")) {
        const auto code = page.text(country, "code");
        if (code.size() != 2) page.fail(country, "'" + code + "' is no country code");
        source.once(page, country, code);
        laws.countries.insert(code);
        const bool asks = country["regions"] && country["regions"].as<bool>();
        source.add({quoted(code), quoted(page.text(country, "name")), asks ? "true" : "false"});
    }
    return source.function("Country", "countries");
}

std::string regions(const std::string& folder, const Laws& laws) {
    const Page page(folder, "laws/regions.yaml");
    page.require_source(page.part(page.root(), "meta"));
    Source source;
    for (const auto& country : page.part(page.root(), "regions")) {
        const auto code = country.first.Scalar();
        if (!laws.countries.contains(code)) page.fail(country.first, "unknown country " + code);
        for (const YAML::Node& region : country.second) {
            const auto own = page.text(region, "code");
            if (!own.starts_with(code + "-")) page.fail(region, own + " is not in " + code);
            source.once(page, region, own);
            source.add({quoted(code), quoted(own), quoted(page.text(region, "name"))});
        }
    }
    return source.function("Region", "regions");
}

std::string authorities(const std::string& folder, const Laws& laws) {
    const Page page(folder, "laws/authorities.yaml");
    const auto meta = page.part(page.root(), "meta");
    page.require_source(meta);
    const auto sentence = page.text(meta, "sentence");
    page.require_template(meta, sentence, {"authority", "web"});
    Source source;
    for (const auto& authority : page.list(page.root(), "authorities")) {
        const auto country = page.text(authority, "country");
        if (!laws.countries.contains(country)) page.fail(authority, "unknown country " + country);
        source.once(page, authority, country);
        page.one_of(authority, "conf", {"R", "M"});
        const auto say = quittance::fill(
            sentence,
            {{"authority", page.text(authority, "name")}, {"web", page.text(authority, "web")}},
            quittance::Escape::plain_text
        );
        source.add({quoted(country), quoted(say)});
    }
    return source.function("Authority", "authorities");
}

std::string request_types(const std::string& folder, Laws& laws) {
    const Page page(folder, "laws/request_types.yaml");
    Source source;
    for (const auto& type : page.list(page.root(), "types")) {
        const auto id = page.text(type, "id");
        source.once(page, type, id);
        page.require_source(type);
        page.part(type, "laws");
        const auto proof = page.part(type, "proof");
        page.text(proof, "why");
        page.text(proof, "src");
        const bool asks = page.one_of(proof, "use", {"light", "forbidden"}) == "light";
        source.add(
            {quoted(id), quoted(page.english(type, "name")), quoted(page.english(type, "say")),
             quoted(page.text(type, "statement")), asks ? "true" : "false"}
        );
        laws.types.insert(id);
        if (asks) laws.types_with_proof.insert(id);
    }
    return source.function("RequestType", "request_types");
}

std::string grounds(const std::string& folder, const Laws& laws) {
    const Page page(folder, "laws/grounds.yaml");
    Source source;
    for (const auto& ground : page.list(page.root(), "grounds")) {
        const auto id = page.text(ground, "id");
        source.once(page, ground, id);
        page.require_source(ground);
        page.part(ground, "laws");
        const auto types = page.texts(ground, "for");
        if (types.empty()) page.fail(ground, "'" + id + "' is for no type");
        for (const auto& type : types) {
            if (!laws.types.contains(type)) page.fail(ground["for"], "unknown type " + type);
        }
        const auto say = page.english(ground, "say");
        page.require_template(ground["say"], say, ground_variables);
        source.add(
            {quoted(id), quoted(page.one_of(ground, "kind", kinds)),
             quoted(page.english(ground, "name")), quoted(say), quoted(types),
             quoted(page.texts(ground, "need"))}
        );
    }
    return source.function("Ground", "grounds");
}

using Variables = std::map<std::string, std::set<std::string>>;

Variables variables(const Page& page) {
    Variables all;
    for (const auto& variable : page.list(page.root(), "variables")) {
        const auto name = page.text(variable, "name");
        page.text(variable, "means");
        for (const auto& place : page.texts(variable, "in")) {
            if (place != "all" && !occasions.contains(place)) {
                page.fail(variable, "unknown occasion '" + place + "'");
            }
            for (const auto& occasion : occasions) {
                if (place == "all" || place == occasion) all[occasion].insert(name);
            }
        }
    }
    return all;
}

std::string variables_function(const Variables& all) {
    std::string out =
        "const std::set<std::string>& variables(std::string_view occasion) {\n"
        "    static const std::set<std::string> none;\n"
        "    static const std::map<std::string, std::set<std::string>, std::less<>> all{\n";
    for (const auto& [occasion, names] : all) {
        out += "        {" + quoted(occasion) + ", " +
               quoted(std::vector<std::string>(names.begin(), names.end())) + "},\n";
    }
    return out +
           "    };\n    const auto found = all.find(occasion);\n"
           "    return found == all.end() ? none : found->second;\n}\n\n";
}

std::string code_letter(const Page& page, const std::string& language, Variables& known) {
    const auto letter = page.part(page.root(), "code_letter");
    auto names = known["verification"];
    names.erase("link");
    const auto subject = page.text(letter, "subject");
    const auto body = page.text(letter, "body");
    page.require_template(letter["subject"], subject, names);
    page.require_template(letter["body"], body, names);
    return "const CodeLetter& code_letter() {\n    static const CodeLetter letter{" +
           quoted(language) + ", " + quoted(subject) + ", " + quoted(body) +
           "};\n    return letter;\n}\n\n";
}

// Every type needs a letter for every occasion; for the proof exactly when the type asks for one.
void require_complete(
    const Page& page, const std::set<std::pair<std::string, std::string>>& there, const Laws& laws
) {
    for (const auto& type : laws.types) {
        for (const auto& occasion : occasions) {
            const bool needed = occasion != "verification" || laws.types_with_proof.contains(type);
            if (needed == there.contains({type, occasion})) continue;
            page.fail(
                page.root()["letters"],
                (needed ? "no letter for " : "a letter too many: ") + type + ", " + occasion
            );
        }
    }
}

std::string letters(const std::string& folder, const std::string& language, const Laws& laws) {
    const Page page(folder, "pages/letters/" + language + ".yaml");
    page.require_source(page.root());
    auto known = variables(page);
    Source source;
    std::set<std::pair<std::string, std::string>> there;
    for (const auto& letter : page.list(page.root(), "letters")) {
        const auto type = page.one_of(letter, "type", laws.types);
        const auto occasion = page.one_of(letter, "occasion", occasions);
        source.once(page, letter, type + ", " + occasion);
        there.insert({type, occasion});
        const auto subject = page.text(letter, "subject");
        const auto body = page.text(letter, "body");
        page.require_template(letter["subject"], subject, known[occasion]);
        page.require_template(letter["body"], body, known[occasion]);
        source.add(
            {quoted(type), quoted(occasion), quoted(language), quoted(page.text(letter, "name")),
             quoted(subject), quoted(body)}
        );
    }
    require_complete(page, there, laws);
    return source.function("Default", "defaults") + variables_function(known) +
           code_letter(page, language, known);
}

std::string everything(const std::string& folder) {
    Laws laws;
    std::string out =
        "// Made by cmake/made_tables.cpp out of laws/ and pages/letters/.\n"
        "#include \"base/tables.h\"\n\n#include <map>\n\nnamespace quittance::laws {\n\n";
    out += countries(folder, laws);
    out += regions(folder, laws);
    out += authorities(folder, laws);
    out += request_types(folder, laws);
    out += grounds(folder, laws);
    out += "}  // namespace quittance::laws\n\nnamespace quittance::letters {\n\n";
    out += letters(folder, "en", laws);
    return out + "}  // namespace quittance::letters\n";
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: made_tables SOURCE_FOLDER OUTPUT.cpp\n";
        return 2;
    }
    try {
        const auto made = everything(argv[1]);
        std::ofstream out(argv[2], std::ios::binary);
        out << made;
        out.close();
        if (!out) throw std::runtime_error(std::string(argv[2]) + ": cannot be written");
    } catch (const std::exception& wrong) {
        std::cerr << wrong.what() << '\n';
        return 1;
    }
    return 0;
}
