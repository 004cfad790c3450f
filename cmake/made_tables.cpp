// Turns laws/*.yaml, pages/languages.yaml and pages/letters/*.yaml into the tables of base/tables.h
// and base/languages.h. Runs while the house
// is built: made_tables SOURCE_FOLDER OUTPUT.cpp. The first wrong entry ends the build, said as
// "file:line: what is wrong", as compilers say it.
#include <fstream>
#include <iostream>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "cmake/made_tables.h"

namespace {

using made::Laws;
using made::Page;
using made::quoted;
using made::Source;
using made::Tags;

const std::set<std::string> kinds{"refuse", "redirect", "keep", "wait"};
const std::set<std::string> ground_variables{"until", "company"};

std::string said(const std::vector<std::string>& texts) { return "{" + quoted(texts) + "}"; }

std::string languages(const std::string& folder, Tags& tags) {
    const Page page(folder, "pages/languages.yaml");
    Source source;
    for (const auto& language : page.list(page.root(), "languages")) {
        const auto tag = page.text(language, "tag");
        source.once(page, language, tag);
        tags.push_back(tag);
        const auto date = page.text(language, "date");
        page.require_template(language["date"], date, {"day", "month", "year"});
        page.require_same_variables(language["date"], date, "{{day}}{{month}}{{year}}");
        const auto months = page.texts(language, "months");
        if (months.size() != 12) page.fail(language["months"], "a year has twelve months");
        source.add(
            {quoted(tag), quoted(page.text(language, "name")),
             quoted(page.one_of(language, "dir", {"ltr", "rtl"})), quoted(date),
             quoted(language["first"] ? page.text(language, "first") : ""), said(months)}
        );
    }
    if (tags.empty() || tags.front() != "en") page.fail(page.root(), "English is not the first");
    return source.function("Language", "languages");
}

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

// A table per language, as it stands in the file; English as countries.yaml has it.
std::string country_names(const std::string& folder, const Tags& tags, const Laws& laws) {
    const Page page(folder, "laws/country_names.yaml");
    page.require_source(page.part(page.root(), "meta"));
    page.text(page.root()["meta"], "licence");
    const auto names = page.part(page.root(), "names");
    std::string tables;
    for (const auto& tag : tags) {
        if (tag == "en") continue;
        std::set<std::string> missing = laws.countries;
        std::string rows;
        for (const auto& country : page.list(names, tag)) {
            const auto code = page.text(country, "code");
            if (missing.erase(code) == 0) page.fail(country, code + " is unknown or stands twice");
            rows +=
                "            {" + quoted(code) + ", " + quoted(page.text(country, "name")) + "},\n";
        }
        if (!missing.empty()) page.fail(names[tag], tag + " has no " + *missing.begin());
        tables += "        {" + quoted(tag) + ", {\n" + rows + "        }},\n";
    }
    return "std::span<const CountryName> country_names(std::string_view language) {\n"
           "    static const std::map<std::string_view, std::vector<CountryName>> tables = [] {\n"
           "        std::map<std::string_view, std::vector<CountryName>> all{\n" +
           tables +
           "        };\n"
           "        for (const auto& one : countries()) all[\"en\"].push_back({one.code, "
           "one.name});\n"
           "        return all;\n    }();\n"
           "    return tables.at(spoken_language(language).tag);\n}\n\n";
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

// Names that an authority gives itself are not translated: in a language that is not its own it is
// called by its English name.
std::string authorities(const std::string& folder, const Tags& tags, const Laws& laws) {
    const Page page(folder, "laws/authorities.yaml");
    const auto meta = page.part(page.root(), "meta");
    page.require_source(meta);
    const auto sentences = page.said(meta, "sentence", tags, {"authority", "web"});
    Source source;
    for (const auto& authority : page.list(page.root(), "authorities")) {
        const auto country = page.text(authority, "country");
        if (!laws.countries.contains(country)) page.fail(authority, "unknown country " + country);
        source.once(page, authority, country);
        page.one_of(authority, "conf", {"R", "M"});
        const auto name = page.part(authority, "name");
        auto abroad = page.text(name, "en");
        std::vector<std::string> all;
        for (std::size_t i = 0; i < tags.size(); ++i) {
            const auto here = name[tags[i]] ? page.text(name, tags[i]) : abroad;
            // The English sentence needs the article, a list does not.
            if (i == 0 && abroad.starts_with("the ")) abroad.erase(0, 4);
            all.push_back(quittance::fill(
                sentences[i], {{"authority", here}, {"web", page.text(authority, "web")}},
                quittance::Escape::plain_text
            ));
        }
        source.add({quoted(country), said(all)});
    }
    return source.function("Authority", "authorities");
}

std::string request_types(const std::string& folder, const Tags& tags, Laws& laws) {
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
            {quoted(id), said(page.said(type, "name", tags)), said(page.said(type, "say", tags)),
             quoted(page.text(type, "statement")), asks ? "true" : "false"}
        );
        laws.types.insert(id);
        if (asks) laws.types_with_proof.insert(id);
    }
    return source.function("RequestType", "request_types");
}

std::string grounds(const std::string& folder, const Tags& tags, const Laws& laws) {
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
        const auto say = page.said(ground, "say", tags, ground_variables);
        source.add(
            {quoted(id), quoted(page.one_of(ground, "kind", kinds)),
             quoted(page.english(ground, "name")), said(say), quoted(types),
             quoted(page.texts(ground, "need"))}
        );
    }
    return source.function("Ground", "grounds");
}

std::string everything(const std::string& folder) {
    Laws laws;
    Tags tags;
    std::string out =
        "// Made by cmake/made_tables.cpp out of laws/ and pages/.\n"
        "#include \"base/tables.h\"\n\n#include <map>\n\nnamespace quittance {\n\n";
    out += languages(folder, tags);
    out += "}  // namespace quittance\n\nnamespace quittance::laws {\n\n";
    out += countries(folder, laws);
    out += country_names(folder, tags, laws);
    out += regions(folder, laws);
    out += authorities(folder, tags, laws);
    out += request_types(folder, tags, laws);
    out += grounds(folder, tags, laws);
    out += "}  // namespace quittance::laws\n\nnamespace quittance::letters {\n\n";
    out += made::letters(folder, tags, laws);
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
