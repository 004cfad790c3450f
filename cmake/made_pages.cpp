// Turns pages/site/*.html and pages/texts/*.yaml into the tables of site/words.h. Runs while the
// house is built: made_pages SOURCE_FOLDER OUTPUT.cpp. Each [[key]] of a template becomes the text
// of that name, so at run time only values are filled in. A text that is missing or that nothing
// uses ends the build.
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

namespace {

namespace fs = std::filesystem;
using Texts = std::map<std::string, std::string>;

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error(what); }

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) fail(file.string() + " cannot be read");
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

void flatten(const YAML::Node& node, const std::string& prefix, Texts& out) {
    for (const auto& member : node) {
        const auto key = prefix + member.first.as<std::string>();
        if (member.second.IsMap()) {
            flatten(member.second, key + ".", out);
        } else if (member.second.IsScalar() && !member.second.Scalar().empty()) {
            out[key] = member.second.Scalar();
        } else {
            fail("texts: " + key + " is no text");
        }
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
        out += escaped(found->second);
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

void make(const fs::path& source, const fs::path& output) {
    Texts texts;
    flatten(YAML::LoadFile((source / "pages/texts/en.yaml").string()), "", texts);
    std::set<fs::path> files;
    for (const auto& entry : fs::directory_iterator(source / "pages/site")) files.insert(entry);
    std::string code;
    for (const auto& entry : fs::directory_iterator(source / "src/site")) {
        if (entry.path().extension() == ".cpp") code += read(entry.path());
    }
    std::ostringstream out;
    out << "#include \"site/words.h\"\n\nnamespace quittance::site {\nnamespace {\n\n";
    std::set<std::string> used;
    out << "constexpr Made pages[] = {\n";
    for (const auto& file : files) {
        auto page = read(file);
        // What follows a partial's tag must stand on its line: no line break at the end.
        while (!page.empty() && page.back() == '\n') page.pop_back();
        out << table_row(file.stem().string(), with_texts(file.filename(), page, texts, used));
    }
    out << "};\n\nconstexpr Made texts[] = {\n";
    for (const auto& [key, text] : texts) {
        if (!used.contains(key) && !asked_by_code(key, code))
            fail("text '" + key + "' is not used");
        out << table_row(key, text);
    }
    out << "};\n\n}  // namespace\n\nstd::span<const Made> made_pages() { return pages; }\n"
        << "std::span<const Made> made_texts() { return texts; }\n\n}  // namespace "
           "quittance::site\n";
    std::ofstream(output, std::ios::binary) << out.str();
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
        std::cerr << "made_pages: " << wrong.what() << '\n';
        return 1;
    }
}
