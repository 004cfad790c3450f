// The company, its mail and its public pages.
#include "mail/settings.h"

#include "api/answers.h"
#include "api/body.h"
#include "api/resources.h"
#include "base/email_address.h"
#include "mail/letter.h"
#include "people/accounts.h"
#include "people/company.h"

namespace quittance::api {
namespace {

namespace json = boost::json;
using http::Answer;
using http::Call;
using http::Method;

Answer look_at_company(House& house, const Call& call) {
    const auto [company, version] = house.store().read([&](store::Reader& reader) {
        const auto account = call.act().account;
        return std::pair(
            people::company(reader, house.keys(), account), people::company_version(reader, account)
        );
    });
    auto shown = to_json(company).as_object();
    shown["version"] = version;
    return json_answer(200, shown, version);
}

Answer save_company(House& house, const Call& call) {
    const auto company = body<people::Company>(call);
    house.store().write([&](store::Tx& tx) {
        people::save_company(tx, call.act(), house.keys(), company, if_match(call));
    });
    return look_at_company(house, call);
}

Answer look_at_mail(House& house, const Call& call) {
    const auto [settings, version] = house.store().read([&](store::Reader& reader) {
        const auto account = call.act().account;
        return std::pair(
            mail::find_settings(reader, house.keys(), account),
            mail::settings_version(reader, account)
        );
    });
    auto shown = to_json(settings ? mail::view_of(*settings) : mail::SettingsView{}).as_object();
    shown["configured"] = settings.has_value();
    shown["version"] = version;
    return json_answer(200, shown, version);
}

Answer save_mail(House& house, const Call& call) {
    const auto order = body<mail::SettingsOrder>(call);
    house.store().write([&](store::Tx& tx) {
        mail::save_settings(tx, call.act(), house.keys(), order, if_match(call));
        tx.after_commit(house.office.letter_waits);
    });
    return look_at_mail(house, call);
}

struct TestOrder {
    std::string to;
};
BOOST_DESCRIBE_STRUCT(TestOrder, (), (to))

mail::Letter test_letter(const TestOrder& order) {
    const auto address = EmailAddress::parse(order.to);
    if (!address) throw Refusal(std::vector<FieldError>{{"/to", "not_an_email"}});
    return {
        .to = address->written,
        .to_name = "",
        .subject = "Test mail from Quittance",
        .text = "This mail was sent to see whether mail goes out. It does.\n",
        .language = "en"};
}

// 200 whatever the mail server said: what came of it is an outcome, not a refusal of ours.
Answer test_mail(House& house, const Call& call) {
    const auto letter = test_letter(body<TestOrder>(call));
    const auto outcome = house.post.send_test(call.act().account, letter);
    return json_answer(
        200,
        json::object{
            {"sent", outcome.kind == mail::Outcome::Kind::sent},
            {"final", outcome.kind != mail::Outcome::Kind::later},
            {"words", outcome.words}}
    );
}

Answer backlog(House& house, const Call& call) {
    const auto account = call.act().account;
    const auto [backlog, configured] = house.store().read([&](store::Reader& reader) {
        return std::pair(
            mail::backlog(reader, account),
            mail::find_settings(reader, house.keys(), account).has_value()
        );
    });
    return json_answer(
        200,
        json::object{
            {"configured", configured}, {"queued", backlog.queued}, {"failed", backlog.failed}}
    );
}

Answer privacy_centres(House& house, const Call& call) {
    const auto centres = house.store().read([&](store::Reader& reader) {
        return people::centres(reader, call.act().account);
    });
    json::array all;
    for (const auto& centre : centres) {
        all.push_back(json::object{
            {"id", centre.id.text()},
            {"slug", centre.slug},
            {"url", house.office.public_url + "/" + centre.slug}});
    }
    return list_answer("privacy_centres", std::move(all));
}

}  // namespace

Routes settings_routes(House& house) {
    return {
        {Method::get, "/api/v1/settings/company", "read", in(house, look_at_company)},
        {Method::put, "/api/v1/settings/company", "manage", in(house, save_company)},
        {Method::get, "/api/v1/settings/mail", "see_house", in(house, look_at_mail)},
        {Method::put, "/api/v1/settings/mail", "manage", in(house, save_mail)},
        {Method::post, "/api/v1/settings/mail/tests", "manage", in(house, test_mail)},
        {Method::get, "/api/v1/letters/backlog", "read", in(house, backlog)},
        {Method::get, "/api/v1/privacy-centres", "read", in(house, privacy_centres)},
    };
}

}  // namespace quittance::api
