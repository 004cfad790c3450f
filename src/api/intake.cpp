// POST /requests: a request that an agent takes down, or that another program hands over.
#include "requests/intake.h"

#include "api/body.h"
#include "api/once.h"
#include "api/requests.h"
#include "api/resources.h"
#include "people/company.h"

namespace quittance::api {
namespace {

using http::Answer;
using http::Call;
using http::Method;

struct Requester {
    std::optional<std::string> name;
    std::optional<std::string> email;
};
BOOST_DESCRIBE_STRUCT(Requester, (), (name, email))

struct IntakeBody {
    std::string type;
    Requester requester;
    std::string country;
    std::optional<std::string> region;
    requests::Channel channel;
    std::optional<Day> received_on;
    std::optional<std::map<std::string, std::string>> details;
    std::optional<std::string> language;
    std::optional<bool> verify;
};
BOOST_DESCRIBE_STRUCT(
    IntakeBody, (),
    (type, requester, country, region, channel, received_on, details, language, verify)
)

// "order_number" as a label: "Order number".
std::string label_of(std::string key) {
    for (char& c : key) {
        if (c == '_') c = ' ';
    }
    if (!key.empty() && key[0] >= 'a' && key[0] <= 'z') {
        key[0] = static_cast<char>(key[0] - 'a' + 'A');
    }
    return key;
}

requests::Intake intake_of(const IntakeBody& body, Day day) {
    requests::Intake intake;
    intake.type = body.type;
    intake.channel = body.channel;
    intake.country = body.country;
    intake.region = body.region;
    intake.language = body.language.value_or("en");
    intake.received_on = day;
    intake.person.name = body.requester.name;
    intake.person.email = body.requester.email;
    intake.verify = body.verify.value_or(true);
    const auto details = body.details.value_or(std::map<std::string, std::string>{});
    for (const auto& [key, value] : details) {
        intake.person.details.push_back({key, label_of(key), value});
    }
    return intake;
}

Day today(const House& house, AccountId account) {
    return house.store().read([&](store::Reader& reader) {
        const auto company = people::company(reader, house.keys(), account);
        return day_at(house.store().clock(), company.time_zone);
    });
}

// What was just made, without reading it again: nothing but the intake has happened to it.
Answer made_answer(const requests::Prepared& prepared, Instant at) {
    requests::View view{
        .row = prepared.row,
        .person = requests::person_of(prepared.key, prepared.row),
        .verification = {},
        .identifiers = {},
        .exits = {},
        .attestation = {},
        .draft = {},
        .replies = {},
        .possible_decisions = {}};
    view.row.received_at = at;
    view.row.updated_at = at;
    return json_answer(201, request_json(view, {}), view.row.version);
}

Answer receive_once(House& house, const Call& call, const requests::Intake& intake) {
    const auto prepared = requests::prepare(house.office, call.act(), intake);
    Instant at;
    const auto work = [&](store::Tx& tx) {
        requests::receive(tx, call.act(), house.office, prepared);
        at = tx.now();
        return prepared.row.id.uuid;
    };
    const auto show = [&](Uuid id) {
        if (id == prepared.row.id.uuid) return made_answer(prepared, at);
        return request_answer(house, call, 201, RequestId{id});
    };
    return once(house, call, 201, work, show, store::Store::Lane::grouped);
}

// Two requests that draw the same reference are one in 2^40: the second draws again.
constexpr int draws = 3;

Answer receive(House& house, const Call& call) {
    const auto order = body<IntakeBody>(call);
    const auto day = order.received_on ? *order.received_on : today(house, call.act().account);
    const auto intake = intake_of(order, day);
    for (int draw = 1; draw < draws; ++draw) {
        try {
            return receive_once(house, call, intake);
        } catch (const store::SqlFault& fault) {
            if (fault.state != "23505") throw;
        }
    }
    return receive_once(house, call, intake);
}

}  // namespace

Routes intake_routes(House& house) {
    return {{Method::post, "/api/v1/requests", "intake", in(house, receive)}};
}

}  // namespace quittance::api
