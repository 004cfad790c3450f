#include <algorithm>
#include <array>

#include "base/email_address.h"
#include "base/tables.h"
#include "people/accounts.h"
#include "people/company.h"
#include "requests/intake.h"
#include "site/choice.h"
#include "site/page.h"
#include "site/pages.h"
#include "site/words.h"
#include "store/store.h"

namespace quittance::site {
namespace {

namespace json = boost::json;

// What somebody typed, as they typed it: shown again when something is missing.
struct Typed {
    std::string type;
    std::string email;
    std::string name;
    std::string country;
    std::string region;
    std::string message;
    std::string website;  // people do not see this field
    std::string step;     // "region" on the page that asks for it
    std::string back;
    std::string switch_to;  // a language: the same page again, with what was typed
};

struct Field {
    std::string_view name;
    std::string Typed::*value;
};
constexpr std::array fields{Field{"type", &Typed::type},       Field{"email", &Typed::email},
                            Field{"name", &Typed::name},       Field{"country", &Typed::country},
                            Field{"region", &Typed::region},   Field{"message", &Typed::message},
                            Field{"website", &Typed::website}, Field{"step", &Typed::step},
                            Field{"back", &Typed::back},       Field{"switch", &Typed::switch_to}};
constexpr std::array kept_for_the_region_page{"type", "email", "name", "country", "message"};

Typed typed_in(const http::Call& call) {
    Typed typed;
    const auto form = call.form();
    for (const auto& [name, value] : form) {
        const auto field = std::ranges::find(fields, name, &Field::name);
        if (field != fields.end()) typed.*(field->value) = value;
    }
    return typed;
}

bool is_empty(const Typed& typed) {
    return std::ranges::all_of(fields, [&](const Field& field) {
        return (typed.*(field.value)).empty();
    });
}

// A privacy centre with what its pages show.
struct Place {
    people::Centre centre;
    people::Company company;
    Act act;
    Day today;
    const Language& language;
};

Place place_of(const Site& site, const http::Call& call, const Language& language) {
    const auto slug = call.in_path.find("slug");
    return site.office.store.read([&](store::Reader& reader) {
        const auto centre = people::centre_at(reader, slug->second);
        if (!centre) throw Refusal(No::unknown, "not_found");
        auto company = people::company(reader, site.office.keys, centre->account);
        const auto today = day_at(reader.now(), company.time_zone);
        return Place{
            *centre, std::move(company), Act{centre->account, {}, {}, Door::site}, today, language};
    });
}

// Which field of the page an error of requests::flaws() belongs to.
std::string field_of(const FieldError& error) { return error.at.substr(error.at.rfind('/') + 1); }

json::object values_for(const Place& place, const std::vector<FieldError>& errors) {
    auto values = values_of(place.company);
    values["slug"] = place.centre.slug;
    values["has_errors"] = !errors.empty();
    json::array listed;
    for (const auto& error : errors) {
        const auto field = field_of(error);
        const auto said = words(place.language, "error." + field);
        if (values.contains("error_" + field)) continue;
        values["error_" + field] = said;
        listed.push_back(json::object{{"field", field}, {"words", said}});
    }
    values["errors"] = std::move(listed);
    return values;
}

json::array types(const Typed& typed, std::string_view language) {
    json::array all;
    for (const auto& type : laws::request_types()) {
        all.push_back(json::object{
            {"id", type.id},
            {"name", type.name.in(language)},
            {"say", type.say.in(language)},
            {"first", all.empty()},
            {"chosen", type.id == typed.type}});
    }
    return all;
}

json::array countries(const Typed& typed, std::string_view language) {
    json::array all;
    for (const auto& country : laws::country_names(language)) {
        all.push_back(json::object{
            {"code", country.code},
            {"name", country.name},
            {"chosen", country.code == typed.country}});
    }
    return all;
}

http::Answer form_page(
    const Place& place, const Typed& typed, const std::vector<FieldError>& errors = {},
    const std::string& notice = {}, int status = 200
) {
    auto values = values_for(place, errors);
    if (!notice.empty()) {
        values["has_errors"] = true;
        values["errors"].as_array().push_back(json::object{{"words", notice}});
    }
    values["typed"] = values["has_errors"].as_bool() || !is_empty(typed);
    values["types"] = types(typed, place.language.tag);
    values["countries"] = countries(typed, place.language.tag);
    for (const auto* name : {"email", "name", "region", "message"}) {
        values[name] = typed.*(std::ranges::find(fields, name, &Field::name)->value);
    }
    const bool wrong = values["has_errors"].as_bool();
    return render({place.language, "form", wrong && status == 200 ? 422 : status, std::move(values)}
    );
}

http::Answer region_page(const Place& place, const Typed& typed, bool chosen_nothing) {
    std::vector<FieldError> errors;
    if (chosen_nothing) errors.push_back({"/region", "required"});
    auto values = values_for(place, errors);
    values["private"] = true;
    values["typed"] = true;
    values["country_name"] = laws::country_name(typed.country, place.language.tag);
    values["none_chosen"] = typed.region == "none";
    json::array regions;
    for (const auto& region : laws::regions()) {
        if (region.country != typed.country) continue;
        regions.push_back(json::object{
            {"code", region.code}, {"name", region.name}, {"chosen", region.code == typed.region}});
    }
    values["regions"] = std::move(regions);
    json::array kept;
    for (const auto* name : kept_for_the_region_page) {
        const auto& value = typed.*(std::ranges::find(fields, name, &Field::name)->value);
        kept.push_back(json::object{{"name", name}, {"value", value}});
    }
    values["kept"] = std::move(kept);
    return render({place.language, "region", errors.empty() ? 200 : 422, std::move(values)});
}

requests::Intake intake_of(const Place& place, const Typed& typed) {
    requests::Intake intake;
    intake.type = typed.type;
    intake.channel = requests::Channel::web;
    intake.country = typed.country;
    intake.language = place.language.tag;
    intake.received_on = place.today;
    intake.centre = place.centre.id;
    // A region of another country: somebody went back and changed the country.
    if (laws::region(typed.country, typed.region)) intake.region = typed.region;
    const std::string name(trimmed(typed.name));
    if (!name.empty()) intake.person.name = name;
    const std::string email(trimmed(typed.email));
    if (!email.empty()) intake.person.email = email;
    const std::string message(trimmed(typed.message));
    if (!message.empty()) intake.person.details.push_back({"message", "Message", message});
    return intake;
}

bool asks_region(const Typed& typed) {
    const auto* country = laws::country(typed.country);
    return country && country->asks_region;
}

bool region_is_open(const Typed& typed) {
    return asks_region(typed) && typed.region != "none" &&
           !laws::region(typed.country, typed.region);
}

void require_tries(
    const Site& site, const http::Call& call, const Place& place, const requests::Intake& intake
) {
    const auto email = EmailAddress::parse(*intake.person.email);
    const auto subject = place.act.account.text() + ":" + email->normal;
    site.office.store.write([&](store::Tx& tx) {
        people::require_try(
            tx, site.office.keys, forms_by_network, people::network_of(call.remote)
        );
        people::require_try(tx, site.office.keys, forms_by_address, subject);
    });
}

// Says where the browser goes next.
std::string take_in(const Site& site, const Place& place, const requests::Intake& intake) {
    // Two requests may draw the same reference; the database notices, and the next draw differs.
    for (int draws_left = 3;; --draws_left) {
        const auto prepared = requests::prepare(site.office, place.act, intake);
        try {
            site.office.store.write(
                [&](store::Tx& tx) { requests::receive(tx, place.act, site.office, prepared); },
                store::Store::Lane::grouped
            );
            return "/r/" + prepared.received_page.value().token + "/received";
        } catch (const store::SqlFault& fault) {
            if (fault.state != "23505" || draws_left == 1) throw;
        }
    }
}

}  // namespace

http::Answer form(const Site& site, const http::Call& call) {
    return form_page(place_of(site, call, language_of(call)), {});
}

http::Answer submit(const Site& site, const http::Call& call) {
    const auto typed = typed_in(call);
    const auto* switched = language(typed.switch_to);
    const auto place = place_of(site, call, switched ? *switched : language_of(call));
    if (switched && typed.step == "region" && asks_region(typed)) {
        return region_page(place, typed, false);
    }
    if (switched || !typed.back.empty()) return form_page(place, typed);
    const auto intake = intake_of(place, typed);
    auto errors = requests::flaws(intake, place.today);
    // Without an address the rule asks for a name instead; here the address is what is missing.
    std::erase_if(errors, [](const FieldError& error) {
        return error.at == "/requester/name" && error.code == "required";
    });
    if (!errors.empty()) return form_page(place, typed, errors);
    // A program fills every field. Should it have been a person's browser, nothing is lost.
    if (!typed.website.empty())
        return form_page(place, typed, {}, words(place.language, "error.trap"));
    if (region_is_open(typed)) return region_page(place, typed, typed.step == "region");
    try {
        require_tries(site, call, place, intake);
        return http::Answer::see_other(take_in(site, place, intake));
    } catch (const Refusal& refusal) {
        const bool too_many = refusal.no == No::too_many;
        if (!too_many && refusal.no != No::unavailable) throw;
        const auto notice = too_many ? words(
                                           place.language, "error.too_many",
                                           {{"minutes", minutes_of(refusal.retry_after_s)}}
                                       )
                                     : words(place.language, "error.unavailable");
        auto answer = form_page(place, typed, {}, notice, too_many ? 429 : 503);
        answer.headers.set("retry-after", std::to_string(std::max(1, refusal.retry_after_s)));
        return answer;
    }
}

}  // namespace quittance::site
