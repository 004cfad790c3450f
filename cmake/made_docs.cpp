// Build tool: contract/openapi.yaml becomes a C++ file that holds it as it is, and the page
// /api/docs made from it (api/contract_made.h).
//
//   made_docs contract/openapi.yaml out.cpp
#include <yaml-cpp/yaml.h>

#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

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

// Escaped, with the two marks that the contract uses: `code` and **strong**.
std::string prose(const std::string& text) {
    std::string out;
    bool code = false;
    bool strong = false;
    const auto safe = escaped(text);
    for (std::size_t i = 0; i < safe.size(); ++i) {
        if (safe[i] == '`') {
            out += code ? "</code>" : "<code>";
            code = !code;
        } else if (!code && safe.compare(i, 2, "**") == 0) {
            out += strong ? "</strong>" : "<strong>";
            strong = !strong;
            ++i;
        } else {
            out += safe[i];
        }
    }
    return out;
}

std::string paragraphs(const std::string& text) {
    std::string out;
    std::istringstream lines(text);
    std::string line;
    std::string paragraph;
    const auto flush = [&] {
        if (!paragraph.empty()) out += "<p>" + prose(paragraph) + "</p>\n";
        paragraph.clear();
    };
    while (std::getline(lines, line)) {
        if (line.empty()) {
            flush();
        } else {
            paragraph += (paragraph.empty() ? "" : " ") + line;
        }
    }
    flush();
    return out;
}

std::string listed(const YAML::Node& sequence) {
    std::string out;
    for (const auto& item : sequence) {
        out += (out.empty() ? "" : ", ") + (item.IsNull() ? "null" : item.as<std::string>());
    }
    return out;
}

std::string text_at(const YAML::Node& node, const std::string& key) {
    return node[key] ? node[key].as<std::string>() : "";
}

std::string schema_name(const YAML::Node& schema) {
    const auto ref = text_at(schema, "$ref");
    return ref.substr(ref.rfind('/') + 1);
}

// A schema in a few words: a link, "text, at most 200", "list of …".
std::string in_words(const YAML::Node& schema) {
    if (schema["$ref"]) {
        const auto name = schema_name(schema);
        return "<a href=\"#" + name + "\">" + name + "</a>";
    }
    if (schema["oneOf"]) {
        std::string out;
        for (const auto& one : schema["oneOf"]) out += (out.empty() ? "" : " or ") + in_words(one);
        return out;
    }
    const auto type = schema["type"];
    if (!type) return "anything";
    auto out = type.IsSequence() ? listed(type) : type.as<std::string>();
    if (schema["items"]) out += " of " + in_words(schema["items"]);
    if (schema["format"]) out += ", " + text_at(schema, "format");
    if (schema["enum"]) out += ": <code>" + escaped(listed(schema["enum"])) + "</code>";
    const std::pair<const char*, const char*> bounds[] = {
        {"minLength", ", at least "}, {"maxLength", ", at most "}, {"minimum", ", from "},
        {"maximum", " to "},          {"minItems", ", at least "}, {"maxItems", ", at most "}};
    for (const auto& [key, words] : bounds) {
        if (schema[key]) out += words + text_at(schema, key);
    }
    return out;
}

bool is_required(const YAML::Node& schema, const std::string& member) {
    for (const auto& name : schema["required"]) {
        if (name.as<std::string>() == member) return true;
    }
    return false;
}

std::string members(const YAML::Node& schema) {
    std::string out = "<table><tbody>\n";
    for (const auto& property : schema["properties"]) {
        const auto name = property.first.as<std::string>();
        out += "<tr><td><code>" + escaped(name) + "</code>";
        out += is_required(schema, name) ? "" : " (optional)";
        out += "<td>" + in_words(property.second);
        const auto description = text_at(property.second, "description");
        if (!description.empty()) out += ". " + prose(description);
        if (property.second["properties"]) out += members(property.second);
        if (property.second["items"] && property.second["items"]["properties"]) {
            out += members(property.second["items"]);
        }
        out += "</tr>\n";
    }
    return out + "</tbody></table>\n";
}

YAML::Node resolved(const YAML::Node& contract, const YAML::Node& node, const char* kind) {
    if (!node["$ref"]) return node;
    return contract["components"][kind][schema_name(node)];
}

std::string parameters(const YAML::Node& contract, const YAML::Node& operation) {
    std::string out;
    for (const auto& item : operation["parameters"]) {
        const auto parameter = resolved(contract, item, "parameters");
        out += "<tr><td><code>" + text_at(parameter, "name") + "</code> (" +
               text_at(parameter, "in") + ")<td>" + in_words(parameter["schema"]);
        const auto description = text_at(parameter, "description");
        if (!description.empty()) out += ". " + prose(description);
        out += "</tr>\n";
    }
    return out.empty() ? "" : "<table><tbody>\n" + out + "</tbody></table>\n";
}

std::string content(const YAML::Node& content) {
    std::string out;
    for (const auto& type : content) {
        out += (out.empty() ? "" : ", ") + type.first.as<std::string>() + ": " +
               in_words(type.second["schema"]);
    }
    return out;
}

std::string answers(const YAML::Node& contract, const YAML::Node& operation) {
    std::string out = "<table><tbody>\n";
    for (const auto& item : operation["responses"]) {
        const auto answer = resolved(contract, item.second, "responses");
        out += "<tr><td>" + item.first.as<std::string>() + "<td>" +
               prose(text_at(answer, "description"));
        if (answer["content"]) out += " " + content(answer["content"]);
        out += "</tr>\n";
    }
    return out + "</tbody></table>\n";
}

std::string operation_text(
    const YAML::Node& contract, const std::string& path, std::string method,
    const YAML::Node& operation
) {
    for (char& c : method) c = static_cast<char>(c - 'a' + 'A');
    std::string out = "<h3 id=\"" + text_at(operation, "operationId") + "\"><code>" + method + " " +
                      escaped(path) + "</code></h3>\n";
    out += "<p>" + prose(text_at(operation, "summary")) + "</p>\n";
    out += paragraphs(text_at(operation, "description"));
    out += "<p>For: " + escaped(listed(operation["x-roles"]));
    if (operation["x-scopes"] && operation["x-scopes"].size() > 0) {
        out += ". Keys with: " + escaped(listed(operation["x-scopes"]));
    }
    if (operation["x-fresh"]) out += ". Needs a sign-in younger than 10 minutes";
    out += ".</p>\n" + parameters(contract, operation);
    if (operation["requestBody"]) {
        out += "<p>Body: " + content(operation["requestBody"]["content"]) + "</p>\n";
    }
    return out + answers(contract, operation);
}

std::string operations_of(const YAML::Node& contract, const std::string& tag) {
    std::string out;
    for (const auto& path : contract["paths"]) {
        for (const auto& method : path.second) {
            const auto name = method.first.as<std::string>();
            if (name == "parameters" || method.second["tags"][0].as<std::string>() != tag) continue;
            out += operation_text(contract, path.first.as<std::string>(), name, method.second);
        }
    }
    return out;
}

// Example bodies as the contract writes them, in JSON.
std::string example_text(const YAML::Node& node) {
    YAML::Emitter emitter;
    emitter << YAML::Flow << YAML::DoubleQuoted << node;
    return emitter.c_str();
}

std::string page(const YAML::Node& contract) {
    std::string out = "<h1>" + escaped(text_at(contract["info"], "title")) + "</h1>\n";
    out += paragraphs(text_at(contract["info"], "description"));
    out += "<p><a href=\"/api/openapi.yaml\">The contract as OpenAPI 3.1</a></p>\n";
    for (const auto& tag : contract["tags"]) {
        out += "<h2>" + prose(text_at(tag, "description")) + "</h2>\n";
        out += operations_of(contract, text_at(tag, "name"));
    }
    out += "<h2>Shapes</h2>\n";
    for (const auto& schema : contract["components"]["schemas"]) {
        const auto name = schema.first.as<std::string>();
        out += "<h3 id=\"" + name + "\">" + name + "</h3>\n";
        out += paragraphs(text_at(schema.second, "description"));
        out += schema.second["properties"] ? members(schema.second)
                                           : "<p>" + in_words(schema.second) + "</p>\n";
        const auto example = schema.second["example"];
        if (example && example.IsMap()) {
            out += "<pre>" + escaped(example_text(example)) + "</pre>\n";
        }
    }
    return out;
}

// Pieces, because compilers need not take a longer literal than 64 KiB.
std::string literals(const std::string& text) {
    constexpr std::size_t piece = 16'000;
    std::string out;
    for (std::size_t at = 0; at < text.size(); at += piece) {
        out += "    R\"made~(" + text.substr(at, piece) + ")made~\"\n";
    }
    return out;
}

std::string whole(const char* file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    if (!in) throw std::runtime_error(std::string("cannot read ") + file);
    return text.str();
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (argc != 3) throw std::runtime_error("made_docs CONTRACT OUT");
        const auto text = whole(argv[1]);
        std::ofstream out(argv[2], std::ios::binary);
        out << "#include \"api/contract_made.h\"\n\nnamespace quittance::api::made {\n\n"
            << "std::string_view contract() {\n    return\n"
            << literals(text) << "    ;\n}\n\n"
            << "std::string_view docs() {\n    return\n"
            << literals(page(YAML::Load(text))) << "    ;\n}\n\n"
            << "std::string_view version() { return \""
            << text_at(YAML::Load(text)["info"], "version") << "\"; }\n\n"
            << "}  // namespace quittance::api::made\n";
        return out.flush() ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << "made_docs: " << error.what() << '\n';
        return 1;
    }
}
