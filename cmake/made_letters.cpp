// The part of made_tables that makes pages/letters/*.yaml into tables. English says which letters
// there are and what stands in each; the other languages have the same.
#include <map>
#include <set>
#include <string>
#include <utility>

#include "cmake/made_tables.h"

namespace made {
namespace {

const std::set<std::string> occasions{"acknowledgement", "verification", "granted",
                                      "partly",          "refused",      "nothing_found"};

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

struct Text {
    std::string subject;
    std::string body;
};

// Type and occasion, or "code letter", to the English text.
using English = std::map<std::string, Text>;

// A subject and a body that use what they may, and what the English uses.
Text text_of(
    const Page& page, const YAML::Node& letter, const std::set<std::string>& known,
    const std::string& which, English& english
) {
    const Text text{page.text(letter, "subject"), page.text(letter, "body")};
    page.require_template(letter["subject"], text.subject, known);
    page.require_template(letter["body"], text.body, known);
    const auto& model = english.emplace(which, text).first->second;
    page.require_same_variables(letter["subject"], text.subject, model.subject);
    page.require_same_variables(letter["body"], text.body, model.body);
    return text;
}

void add_code_letter(
    const Page& page, const std::string& language, const Variables& known, English& english,
    Source& source
) {
    auto names = known.at("verification");
    names.erase("link");
    const auto letter = page.part(page.root(), "code_letter");
    const auto text = text_of(page, letter, names, "code letter", english);
    source.add({quoted(language), quoted(text.subject), quoted(text.body)});
}

void add_phrases(const Page& page, const std::string& language, Source& source) {
    const auto phrases = page.part(page.root(), "phrases");
    const auto phrase = [&](const std::string& key, const std::string& model) {
        const auto text = page.text(phrases, key);
        page.require_template(phrases[key], text, {"name"});
        page.require_same_variables(phrases[key], text, model);
        return quoted(text);
    };
    source.add(
        {quoted(language), phrase("hello", ""), phrase("hello_name", "{{name}}"),
         phrase("privacy_officer", "{{name}}"), phrase("one_month", "")}
    );
}

// One of a table that has a row per language.
std::string by_language(const std::string& type, const std::string& table) {
    return "const " + type + "& " + table + "(std::string_view language) {\n" +
           "    const auto& spoken = spoken_language(language);\n    return " + table +
           "_table()[static_cast<std::size_t>(&spoken - languages().data())];\n}\n\n";
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

void add_letters(
    const Page& page, const std::string& language, const Variables& known, const Laws& laws,
    English& english, Source& source
) {
    std::set<std::pair<std::string, std::string>> there;
    for (const auto& letter : page.list(page.root(), "letters")) {
        const auto type = page.one_of(letter, "type", laws.types);
        const auto occasion = page.one_of(letter, "occasion", occasions);
        const auto which = type + ", " + occasion;
        source.once(page, letter, which + ", " + language);
        there.insert({type, occasion});
        const auto text = text_of(page, letter, known.at(occasion), which, english);
        source.add(
            {quoted(type), quoted(occasion), quoted(language), quoted(page.text(letter, "name")),
             quoted(text.subject), quoted(text.body)}
        );
    }
    require_complete(page, there, laws);
}

}  // namespace

std::string letters(const std::string& folder, const Tags& tags, const Laws& laws) {
    const auto known = variables(Page(folder, "pages/letters/en.yaml"));
    English english;
    Source letters, code_letters, phrases;
    for (const auto& tag : tags) {
        const Page page(folder, "pages/letters/" + tag + ".yaml");
        page.require_source(page.root());
        page.one_of(page.root(), "language", {tag});
        add_letters(page, tag, known, laws, english, letters);
        add_code_letter(page, tag, known, english, code_letters);
        add_phrases(page, tag, phrases);
    }
    return letters.function("Default", "defaults") + variables_function(known) + "namespace {\n\n" +
           code_letters.function("CodeLetter", "code_letter_table") +
           phrases.function("Phrases", "phrases_table") + "}  // namespace\n\n" +
           by_language("CodeLetter", "code_letter") + by_language("Phrases", "phrases");
}

}  // namespace made
