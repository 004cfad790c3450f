// Law and letters as tables inside the binary. A build step (cmake/made.cmake) makes them out of
// laws/*.yaml and pages/letters/*.yaml; nothing is read at run time. Views live for ever.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/languages.h"

namespace quittance::laws {

struct Country {
    std::string_view code;  // ISO 3166-1 alpha-2
    std::string_view name;  // in English
    bool asks_region;       // the public form asks for the state or province
};
std::span<const Country> countries();  // by name
const Country* country(std::string_view code);

struct CountryName {
    std::string_view code;
    std::string_view name;
};
// All of them as the language calls and sorts them (spoken_language()).
std::span<const CountryName> country_names(std::string_view language);
// Empty for an unknown code.
std::string_view country_name(std::string_view code, std::string_view language);

struct Region {
    std::string_view country;
    std::string_view code;  // ISO 3166-2 ("US-CA")
    std::string_view name;
};
std::span<const Region> regions();  // by country, then name
const Region* region(std::string_view country, std::string_view code);

// Whom a requester may complain to.
struct Authority {
    std::string_view country;
    Said say;  // the sentence of the letter: name, address, and that there are courts
};
std::span<const Authority> authorities();
const Authority* authority(std::string_view country);

struct RequestType {
    std::string_view id;         // "erase"
    Said name;                   // "Delete my data"
    Said say;                    // one plain sentence for the requester
    std::string_view statement;  // what is attested: "all data was deleted"
    bool asks_for_proof;         // opt-outs and unsubscribe never do
};
// Those that the product can handle today: erase, rectify, unsubscribe, opt_out_sale.
std::span<const RequestType> request_types();
const RequestType* request_type(std::string_view id);

struct Ground {
    std::string_view id;
    std::string_view kind;  // refuse, redirect, keep, wait
    std::string_view name;  // a few words for the agents' menu
    Said say;               // the sentence of the letter, mustache with {{until}} and {{company}}
    std::vector<std::string_view> types;
    std::vector<std::string_view> needs;  // what must be true first: a check list

    bool is_for(std::string_view type) const;
};
std::span<const Ground> grounds();
const Ground* ground(std::string_view id);

}  // namespace quittance::laws

namespace quittance::letters {

// A default letter of a new account. `occasion`: acknowledgement, verification, granted, partly,
// refused, nothing_found. Every language has the same.
struct Default {
    std::string_view type;
    std::string_view occasion;
    std::string_view language;
    std::string_view name;
    std::string_view subject;
    std::string_view body;
};
std::span<const Default> defaults();

// The mail with a fresh code for the requester's own page: no template of an account.
struct CodeLetter {
    std::string_view language;
    std::string_view subject;
    std::string_view body;
};
const CodeLetter& code_letter(std::string_view language);  // spoken_language()

// What the house itself says in a letter, as mustache.
struct Phrases {
    std::string_view language;
    std::string_view hello;            // "Hello,"
    std::string_view hello_name;       // with name
    std::string_view privacy_officer;  // with name
    std::string_view one_month;        // why the answer is due then
};
const Phrases& phrases(std::string_view language);  // spoken_language()

// The variables that a template for the occasion may use (docs/letters.md).
const std::set<std::string>& variables(std::string_view occasion);

}  // namespace quittance::letters
