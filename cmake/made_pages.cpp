// Turns pages/site/*.html and pages/texts/*.yaml into the tables of site/words.h, once for each
// language. Runs while the house is built: made_pages SOURCE_FOLDER OUTPUT.cpp. Each [[key]] of a
// template becomes the text of that name, so at run time only values are filled in. A text that is
// missing or that nothing uses ends the build, and so does a language that has other texts than
// English, or other values in them.
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>

#include "cmake/made_tables.h"

namespace {

namespace fs = std::filesystem;
using made::Page;

struct Text {
    std::string words;
    YAML::Mark at;
};
using Texts = std::map<std::string, Text>;

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error(what); }

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) fail(file.string() + " cannot be read");
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

void flatten(const Page& page, const YAML::Node& node, const std::string& prefix, Texts& out) {
    for (const auto& member : node) {
        const auto key = prefix + member.first.as<std::string>();
        if (member.second.IsMap()) {
            flatten(page, member.second, key + ".", out);
        } else if (member.second.IsScalar() && !member.second.Scalar().empty()) {
            out[key] = {member.second.Scalar(), member.second.Mark()};
        } else {
            page.fail(member.first, key + " is no text");
        }
    }
}

// The keys of English, all of them and no others, with the same values to fill in.
void require_same(const Page& page, const Texts& texts, const Texts& english) {
    for (const auto& [key, text] : english) {
        if (!texts.contains(key)) page.fail(page.root(), "'" + key + "' is missing");
    }
    for (const auto& [key, text] : texts) {
        const auto model = english.find(key);
        if (model == english.end()) page.fail(text.at, "there is no '" + key + "' in English");
        page.require_template(text.at, text.words, quittance::variables_of(model->second.words));
        page.require_same_variables(text.at, text.words, model->second.words);
    }
}

// For HTML, also inside attributes; the braces of values are left alone.
std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else if (c == '"') {
            out += "&quot;";
        } else {
            out += c;
        }
    }
    return out;
}

std::string with_texts(
    const std::string& name, const std::string& page, const Texts& texts,
    std::set<std::string>& used
) {
    std::string out;
    std::size_t at = 0;
    for (;;) {
        const auto begin = page.find("[[", at);
        out += page.substr(at, begin - at);
        if (begin == std::string::npos) return out;
        const auto end = page.find("]]", begin);
        if (end == std::string::npos) fail(name + ": [[ without ]]");
        const auto key = page.substr(begin + 2, end - begin - 2);
        const auto found = texts.find(key);
        if (found == texts.end()) fail(name + ": there is no text '" + key + "'");
        used.insert(key);
        out += escaped(found->second.words);
        at = end + 2;
    }
}

// A raw string literal per line keeps every one below the compilers' limit.
std::string literal(const std::string& text) {
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto end = std::min(text.find('\n', at), text.size() - 1) + 1;
        out += "\n    R\"q_(" + text.substr(at, end - at) + ")q_\"";
        at = end;
    }
    return out.empty() ? "\"\"" : out;
}

std::string table_row(const std::string& name, const std::string& text) {
    return "    {\"" + name + "\"," + literal(text) + "},\n";
}

// Keys that the code asks for by name, some of them put together: "stage." + a decision.
bool asked_by_code(const std::string& key, const std::string& code) {
    if (code.find('"' + key + '"') != std::string::npos) return true;
    const auto dot = key.rfind('.');
    return dot != std::string::npos &&
           code.find('"' + key.substr(0, dot + 1) + '"') != std::string::npos;
}

std::string code_of_the_room(const fs::path& source) {
    std::string code;
    for (const auto& entry : fs::directory_iterator(source / "src/site")) {
        if (entry.path().extension() == ".cpp") code += read(entry.path());
    }
    return code;
}

// The table of pages and the table of texts in one language.
std::string tables(
    const fs::path& source, const std::string& tag, const Texts& texts, std::set<std::string>& used
) {
    std::set<fs::path> files;
    for (const auto& entry : fs::directory_iterator(source / "pages/site")) files.insert(entry);
    std::string out = "constexpr Made pages_" + tag + "[] = {\n";
    for (const auto& file : files) {
        auto page = read(file);
        // What follows a partial's tag must stand on its line: no line break at the end.
        while (!page.empty() && page.back() == '\n') page.pop_back();
        out += table_row(file.stem().string(), with_texts(file.filename(), page, texts, used));
    }
    out += "};\nconstexpr Made texts_" + tag + "[] = {\n";
    for (const auto& [key, text] : texts) out += table_row(key, text.words);
    return out + "};\n\n";
}

std::string chooser(const std::string& table, const made::Tags& tags) {
    std::string out = "std::span<const Made> made_" + table + "(const Language& language) {\n" +
                      "    static const std::map<std::string_view, std::span<const Made>> all{\n";
    for (const auto& tag : tags) out += "        {\"" + tag + "\", " + table + "_" + tag + "},\n";
    return out + "    };\n    return all.at(language.tag);\n}\n\n";
}

void make(const fs::path& source, const fs::path& output) {
    const Page languages(source.string(), "pages/languages.yaml");
    std::string out =
        "#include \"site/words.h\"\n\n#include <map>\n\nnamespace quittance::site {\n"
        "namespace {\n\n";
    made::Tags tags;
    Texts english;
    std::set<std::string> used;
    for (const auto& language : languages.list(languages.root(), "languages")) {
        const auto& tag = tags.emplace_back(languages.text(language, "tag"));
        const Page page(source.string(), "pages/texts/" + tag + ".yaml");
        Texts texts;
        flatten(page, page.root(), "", texts);
        if (english.empty()) english = texts;
        require_same(page, texts, english);
        page.one_of(page.root(), "lang", {tag});
        page.one_of(page.root(), "dir", {languages.text(language, "dir")});
        out += tables(source, tag, texts, used);
    }
    const auto code = code_of_the_room(source);
    for (const auto& [key, text] : english) {
        if (used.contains(key) || asked_by_code(key, code)) continue;
        fail("pages/texts/en.yaml: text '" + key + "' is not used");
    }
    out += "}  // namespace\n\n" + chooser("pages", tags) + chooser("texts", tags) +
           "}  // namespace quittance::site\n";
    std::ofstream(output, std::ios::binary) << out;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        std::cerr << "made_pages SOURCE_FOLDER OUTPUT.cpp\n";
        return 2;
    }
    try {
        make(arguments[1], arguments[2]);
    } catch (const std::exception& wrong) {
        std::cerr << wrong.what() << '\n';
        return 1;
    }
}
