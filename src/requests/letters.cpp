#include "requests/letters.h"

#include <algorithm>

#include "base/tables.h"
#include "base/template_text.h"
#include "ledger/ledger.h"
#include "people/company.h"
#include "requests/attestation.h"
#include "requests/closure.h"
#include "requests/templates.h"

namespace quittance::requests {
namespace {

namespace json = boost::json;

// Whoever answers at an address that nobody has proven may be somebody else: no name for them.
std::string name_to_use(const Row& row, const Person& person) {
    return row.proof == Proof::given ? person.name.value_or("") : "";
}

std::string with_name(std::string_view phrase, const std::string& name) {
    return fill(phrase, {{"name", name}}, Escape::plain_text);
}

std::string greeting(const Row& row, const Person& person, std::string_view language) {
    const auto& phrases = letters::phrases(language);
    const auto name = name_to_use(row, person);
    return name.empty() ? std::string(phrases.hello) : with_name(phrases.hello_name, name);
}

std::string signature(const people::Company& company, std::string_view language) {
    std::string text = company.name;
    if (company.postal_address) text += "\n" + *company.postal_address;
    if (company.privacy_officer) {
        const auto phrase = letters::phrases(language).privacy_officer;
        text += "\n" + with_name(phrase, *company.privacy_officer);
    }
    if (company.policy_url) text += "\n" + *company.policy_url;
    return text;
}

// Dates and sentences in the language of the text that they will stand in.
json::object common_values(
    const people::Company& company, const Row& row, const Person& person, std::string_view language
) {
    return {
        {"greeting", greeting(row, person, language)},
        {"reference", row.reference},
        {"received_on", long_form(row.received_on, language)},
        {"address", person.email.value_or("")},
        {"company", company.name},
        {"privacy_email", company.privacy_email.value_or("")},
        {"signature", signature(company, language)}};
}

// A line break in a value must not end a header.
std::string one_line(std::string text) {
    std::ranges::replace_if(
        text, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' '
    );
    return text;
}

Filled fill_both(std::string_view subject, std::string_view body, const json::object& values) {
    return {
        one_line(fill(subject, values, Escape::plain_text)),
        fill(body, values, Escape::plain_text)};
}

struct Envelope {
    LetterId id;
    std::string_view purpose;
    std::string to;
    std::string_view language;
    mail::Cap cap;
};

mail::Prepared seal(
    const Office& office, const Row& row, const Person& person, const keys::DataKey& key,
    Envelope envelope, Filled filled
) {
    return mail::prepare(
        office.keys, key, row.account, envelope.id, row.id.uuid, envelope.purpose,
        {.to = std::move(envelope.to),
         .to_name = one_line(name_to_use(row, person)),
         .subject = std::move(filled.subject),
         .text = std::move(filled.body),
         .language = std::string(envelope.language)},
        envelope.cap
    );
}

json::array places_of(const Attested& attested) {
    json::array places;
    for (const auto& system : attested.systems.value_or(std::vector<std::string>{})) {
        places.push_back(json::object{{"name", system}});
    }
    return places;
}

json::array kept_of(
    const Attested& attested, const people::Company& company, std::string_view language
) {
    json::array kept;
    const auto exceptions = attested.exceptions.value_or(std::vector<Exception>{});
    for (const auto& exception : exceptions) {
        const auto* ground = laws::ground(exception.ground);
        const json::object values{
            {"until", exception.until.value_or("")}, {"company", company.name}};
        kept.push_back(json::object{
            {"name", exception.system},
            {"sentence", ground ? fill(ground->say.in(language), values, Escape::plain_text) : ""}}
        );
    }
    return kept;
}

void add_attestation(
    json::object& values, const Attestation& attestation, const people::Company& company,
    std::string_view language
) {
    auto places = places_of(attestation.attested);
    auto kept = kept_of(attestation.attested, company, language);
    values["done_on"] = long_form(day_at(attestation.at, company.time_zone), language);
    values["has_places"] = !places.empty();
    values["places"] = std::move(places);
    values["has_kept"] = !kept.empty();
    values["kept"] = std::move(kept);
}

// The template of this account, if it may answer this request as it stands now.
Template template_for_reply(store::Reader& reader, const Row& row, Uuid id) {
    auto found = find_template(reader, row.account, id);
    if (!found || found->archived_at) throw Refusal(No::unknown, "not_found");
    if (found->text.type != row.type) {
        throw Refusal(std::vector<FieldError>{{"/template", "template_not_for_type"}});
    }
    const auto possible = possible_decisions(reader, row);
    const auto outcome = find_value<Decision>(found->text.occasion);
    if (!outcome || std::ranges::find(possible, *outcome) == possible.end()) {
        throw Refusal(std::vector<FieldError>{{"/template", "template_not_for_outcome"}});
    }
    return std::move(*found);
}

}  // namespace

Ready prepare_acknowledgement(
    store::Reader& reader, const Office& office, const Row& row, const Person& person,
    const keys::DataKey& key
) {
    const auto company = people::company(reader, office.keys, row.account);
    const auto text =
        template_for(reader, row.account, row.type, "acknowledgement", row.language).text;
    auto own_page = own_page_address();
    auto values = common_values(company, row, person, text.language);
    values["due_on"] = long_form(row.due_on, text.language);
    values["due_reason"] =
        row.due_law ? letters::phrases(text.language).one_month : std::string_view{};
    values["status_url"] = office.public_url + "/r/" + own_page.token;
    const Envelope envelope{
        LetterId::make(), "acknowledgement", *person.email, text.language,
        mail::Cap::three_an_hour};
    return {
        seal(office, row, person, key, envelope, fill_both(text.subject, text.body, values)),
        row.id, std::move(own_page)};
}

Ready prepare_code(
    store::Reader& reader, const Office& office, const Row& row, const Person& person,
    const keys::DataKey& key, const NewProof& proof, Uuid letter
) {
    const auto company = people::company(reader, office.keys, row.account);
    const auto ready = [&](std::string_view purpose, std::string_view language, auto& text) {
        auto values = common_values(company, row, person, language);
        values["code"] = proof.code;
        values["code_minutes"] = proof_lasts.count();
        if (proof.link) values["link"] = office.public_url + "/confirm/" + proof.link->token;
        Envelope envelope{
            LetterId{letter}, purpose, *person.email, language, mail::Cap::three_an_hour};
        auto filled = fill_both(text.subject, text.body, values);
        return Ready{
            seal(office, row, person, key, std::move(envelope), std::move(filled)), row.id, {}};
    };
    if (!proof.link) {
        const auto& text = letters::code_letter(row.language);
        return ready("code", text.language, text);
    }
    const auto text =
        template_for(reader, row.account, row.type, "verification", row.language).text;
    return ready("verification", text.language, text);
}

void send(store::Tx& tx, const Act& act, const Office& office, const Ready& ready) {
    mail::queue(tx, act, ready.letter);
    if (ready.own_page) store_address(tx, act, ready.request, *ready.own_page);
    tx.after_commit([&office] { office.letter_waits(); });
}

void acknowledge(
    store::Tx& tx, const Act& act, const Office& office, const Row& row, const keys::DataKey& key
) {
    const auto person = person_of(key, row);
    if (!person.email) return;
    send(tx, act, office, prepare_acknowledgement(tx, office, row, person, key));
}

Filled fill_reply(
    store::Reader& reader, const Office& office, const Row& row, const Person& person,
    const keys::DataKey& key, Uuid template_id
) {
    const auto text = template_for_reply(reader, row, template_id).text;
    const auto company = people::company(reader, office.keys, row.account);
    auto values = common_values(company, row, person, text.language);
    const auto attestation = attestation_of(reader, row, key);
    if (attestation) add_attestation(values, *attestation, company, text.language);
    const auto* ground = row.ground ? laws::ground(*row.ground) : nullptr;
    if (ground) {
        values["reason"] =
            fill(ground->say.in(text.language), {{"company", company.name}}, Escape::plain_text);
    }
    const auto* authority = laws::authority(row.country);
    values["complaint_sentence"] =
        authority ? authority->say.in(text.language) : std::string_view{};
    return fill_both(text.subject, text.body, values);
}

mail::Prepared prepare_reply(
    const Office& office, const Row& row, const keys::DataKey& key, const std::string& to,
    const Filled& filled, LetterId letter
) {
    // Nobody has said in which language an agent wrote: no Content-Language.
    const Envelope envelope{letter, "reply", to, "", mail::Cap::none};
    return seal(
        office, row, person_of(key, row), key, envelope, {one_line(filled.subject), filled.body}
    );
}

void letter_settled(
    store::Tx& tx, const Act& act, const Office& office, RequestId request, LetterId letter,
    std::string_view purpose, bool sent, std::string_view words
) {
    const auto row = hold(tx, act, request);
    const auto key = office.keys.find(tx, row.key);
    // Of an erased request nothing new is written down.
    if (!key) return;
    json::object detail{{"letter", letter.text()}, {"purpose", purpose}};
    if (!words.empty()) detail["words"] = words;
    ledger::record(tx, act, *key, sent ? "letter_sent" : "letter_failed", request, detail);
    tell(tx, office, row.account, request);
}

}  // namespace quittance::requests
