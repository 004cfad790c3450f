#include "requests/intake.h"

#include <re2/re2.h>

#include <algorithm>

#include "base/email_address.h"
#include "base/tables.h"
#include "people/company.h"
#include "requests/counts.h"
#include "requests/due.h"
#include "requests/reference.h"
#include "requests/texts.h"

namespace quittance::requests {
namespace {

bool needs_email(Channel channel) {
    return channel == Channel::web || channel == Channel::email || channel == Channel::api;
}

void check_person(std::vector<FieldError>& errors, const Intake& intake) {
    const auto& person = intake.person;
    if (person.name) {
        check_text(errors, "/requester/name", *person.name, 0, name_characters);
        check_one_line(errors, "/requester/name", *person.name);
    }
    if (person.email && !EmailAddress::parse(*person.email)) {
        errors.push_back({"/requester/email", "not_an_email"});
    }
    if (!person.email && needs_email(intake.channel)) {
        errors.push_back({"/requester/email", "required"});
    }
    if (!person.email && (!person.name || trimmed(*person.name).empty())) {
        errors.push_back({"/requester/name", "required"});
    }
    if (person.details.size() > detail_fields) {
        errors.push_back({"/details", "too_many", {{"most", std::to_string(detail_fields)}}});
    }
    for (const auto& detail : person.details) {
        const auto at = "/details/" + detail.key;
        check_text(errors, at, detail.key, 1, name_characters);
        check_text(errors, at, detail.label, 0, name_characters);
        const bool message = detail.key == "message";
        check_text(errors, at, detail.value, 0, message ? message_characters : detail_characters);
    }
}

// Where we keep no list, any code of the country's own in the form of ISO 3166-2 will do.
bool region_exists(const std::string& country, const std::string& region) {
    const auto listed = std::ranges::find(laws::regions(), country, &laws::Region::country);
    if (listed != laws::regions().end()) return laws::region(country, region) != nullptr;
    if (!region.starts_with(country + "-") || region.size() < 4 || region.size() > 6) return false;
    return std::ranges::all_of(region.substr(3), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
}

void check_place(std::vector<FieldError>& errors, const Intake& intake) {
    if (!laws::country(intake.country)) {
        errors.push_back({"/country", "unknown_country"});
    } else if (intake.region && !region_exists(intake.country, *intake.region)) {
        errors.push_back({"/region", "unknown_region", {{"country", intake.country}}});
    }
}

// A tag of BCP 47 by its outer form: parts of 1 to 8 letters and digits, the first of letters.
bool is_language(std::string_view tag) {
    static const re2::RE2 form("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");
    return tag.size() <= 35 && re2::RE2::FullMatch(re2::StringPiece(tag.data(), tag.size()), form);
}

Proof proof_at_first(const Intake& intake) {
    if (!laws::request_type(intake.type)->asks_for_proof) return Proof::not_needed;
    const bool mails = intake.channel == Channel::web || intake.channel == Channel::email ||
                       (intake.channel == Channel::api && intake.verify);
    return mails && intake.person.email ? Proof::awaited : Proof::missing;
}

Row row_of(const Act& act, const Intake& intake, KeyId key, Instant now) {
    const auto due = requests::due(intake.type, intake.country, intake.received_on);
    const auto proof = proof_at_first(intake);
    return {
        .account = act.account,
        .id = RequestId::make(),
        .reference = random_reference(),
        .type = intake.type,
        .channel = intake.channel,
        .country = intake.country,
        .region = intake.region,
        .language = intake.language,
        .centre = intake.centre,
        .received_on = intake.received_on,
        .received_at = now,
        .due_on = due.on,
        .due_law = due.law,
        .due_rule = due.rule,
        .stage = Stage::review,
        .proof = proof,
        .parked = proof == Proof::awaited,
        .decision = {},
        .ground = {},
        .assignee = {},
        .key = key,
        .sealed = {},
        .version = 1,
        .updated_at = now,
        .closed_at = {},
    };
}

boost::json::object detail_of(const Intake& intake, const Row& row) {
    boost::json::object detail{
        {"reference", row.reference},
        {"type", row.type},
        {"channel", name_of(row.channel)},
        {"country", row.country},
        {"received_on", text_of(row.received_on)},
        {"due_on", text_of(row.due_on)},
        {"proof", name_of(row.proof)}};
    if (row.region) detail["region"] = *row.region;
    boost::json::object reported;
    for (const auto& field : intake.person.details) reported[field.key] = field.value;
    if (!reported.empty()) detail["details"] = std::move(reported);
    return detail;
}

Person tidy(const Person& person) {
    Person out = person;
    if (out.name) out.name = std::string(trimmed(*out.name));
    if (out.name && out.name->empty()) out.name.reset();
    if (out.email) out.email = EmailAddress::parse(*out.email)->written;
    return out;
}

std::optional<Ready> first_letter(
    store::Reader& reader, const Office& office, const Prepared& prepared, const Person& person
) {
    if (!person.email) return std::nullopt;
    if (prepared.proof) {
        return prepare_code(
            reader, office, prepared.row, person, prepared.key, *prepared.proof, Uuid::make()
        );
    }
    if (prepared.row.proof == Proof::missing) return std::nullopt;
    return prepare_acknowledgement(reader, office, prepared.row, person, prepared.key);
}

constexpr auto add_request =
    "INSERT INTO requests (account_id, id, reference, type, channel, country, region, language, "
    "centre_id, received_on, received_at, due_on, due_law, due_rule, stage, proof, parked, "
    "email_hash, key_id, sealed, version, updated_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'review', ?, ?, ?, ?, ?, 1, ?)";

}  // namespace

std::vector<FieldError> flaws(const Intake& intake, Day today) {
    std::vector<FieldError> errors;
    if (!laws::request_type(intake.type)) errors.push_back({"/type", "unknown_type"});
    check_person(errors, intake);
    check_place(errors, intake);
    if (!is_language(intake.language)) errors.push_back({"/language", "not_a_language"});
    const auto first = day_number(today) - 731;
    if (day_number(intake.received_on) > day_number(today) + 1) {
        errors.push_back({"/received_on", "in_the_future"});
    } else if (day_number(intake.received_on) < first) {
        errors.push_back({"/received_on", "too_old"});
    }
    return errors;
}

Prepared prepare(const Office& office, const Act& act, const Intake& intake) {
    return office.store.read([&](store::Reader& reader) {
        const auto company = people::company(reader, office.keys, act.account);
        const auto now = office.store.clock();
        if (auto errors = flaws(intake, day_at(now, company.time_zone)); !errors.empty()) {
            throw Refusal(std::move(errors));
        }
        auto key = office.keys.make();
        const auto person = tidy(intake.person);
        Prepared prepared{
            .row = row_of(act, intake, key.id, now),
            .email_hash = {},
            .key = key,
            .received_page = {},
            .proof = {},
            .letter = {},
            .entry = {}};
        auto& row = prepared.row;
        if (person.email) {
            prepared.email_hash = office.keys.account_hash(
                act.account, "email look-up", EmailAddress::parse(*person.email)->normal
            );
        }
        row.sealed = seal_person(key, act.account, row.id, person);
        if (row.proof == Proof::awaited) {
            prepared.proof = new_proof(office, act.account, Purpose::confirm);
        }
        if (intake.channel == Channel::web) prepared.received_page = own_page_address();
        prepared.letter = first_letter(reader, office, prepared, person);
        prepared.entry =
            ledger::draft(key, act.account, "received", row.id, detail_of(intake, row));
        return prepared;
    });
}

void receive(store::Tx& tx, const Act& act, const Office& office, const Prepared& prepared) {
    const auto& row = prepared.row;
    office.keys.store_wrap(tx, act.account, prepared.key);
    const auto hash = prepared.email_hash.empty() ? store::Value(nullptr)
                                                  : store::Value(store::Blob{prepared.email_hash});
    tx.run(
        add_request, {act.account,
                      row.id,
                      row.reference,
                      row.type,
                      name_of(row.channel),
                      row.country,
                      row.region,
                      row.language,
                      row.centre,
                      row.received_on,
                      tx.now(),
                      row.due_on,
                      row.due_law,
                      row.due_rule,
                      name_of(row.proof),
                      row.parked ? 1 : 0,
                      hash,
                      row.key,
                      store::Blob{row.sealed},
                      tx.now()}
    );
    count(tx, act, Standing::of(row), +1);
    if (prepared.received_page) store_address(tx, act, row.id, *prepared.received_page);
    if (prepared.proof) store_proof(tx, act, row.id, *prepared.proof);
    if (prepared.letter) send(tx, act, office, *prepared.letter);
    ledger::record(tx, act, prepared.entry);
    tell(tx, office, act.account, row.id);
}

}  // namespace quittance::requests
