#include "base/tables.h"
#include "requests/address.h"
#include "requests/closure.h"
#include "requests/stage.h"
#include "site/page.h"
#include "site/pages.h"
#include "site/visitor.h"
#include "site/words.h"

namespace quittance::site {
namespace {

namespace json = boost::json;
using requests::Decision;
using requests::Proof;
using requests::Redeemed;
using requests::Row;
using requests::Stage;

http::Answer proof_page(const Visitor& visitor, std::string_view error = {}) {
    auto values = values_of(visitor);
    if (!error.empty()) add_code_error(values, visitor.language, error);
    return render({visitor.language, "proof", error.empty() ? 200 : 422, std::move(values)});
}

http::Answer to_own_page(const Visitor& visitor) {
    return http::Answer::see_other("/r/" + visitor.token + visitor.query);
}

bool awaits_proof(const Row& row) {
    return row.stage != Stage::closed &&
           (row.proof == Proof::awaited || row.proof == Proof::missing);
}

std::string lead_of(const Visitor& visitor, Day today) {
    const auto& row = visitor.row;
    const auto& language = visitor.language;
    const json::object due{{"due_on", long_form(row.due_on, language.tag)}};
    if (row.stage != Stage::closed) {
        return words(language, today > row.due_on ? "stage.late_lead" : "stage.open_lead", due);
    }
    const json::object closed{
        {"closed_on",
         long_form(
             day_at(row.closed_at.value_or(row.updated_at), visitor.company.time_zone), language.tag
         )}};
    switch (row.decision.value_or(Decision::expired)) {
        case Decision::withdrawn:
            return words(language, "stage.withdrawn_lead", closed);
        case Decision::spam:
        case Decision::expired:
            return words(language, "stage.closed_lead", closed);
        default:
            return words(language, "stage.answered_lead", closed);
    }
}

std::string title_of(const Visitor& visitor) {
    const auto& row = visitor.row;
    const auto name =
        row.stage == Stage::closed && row.decision ? name_of(*row.decision) : name_of(row.stage);
    return words(visitor.language, "stage." + std::string(name));
}

enum class When { past, now, next };

// What has happened, where it stands, what comes.
json::array path_of(const Visitor& visitor) {
    const auto& row = visitor.row;
    const auto& language = visitor.language;
    json::array path;
    const auto milestone = [&](std::string_view name, When when, std::string said = {}) {
        static constexpr std::string_view classes[] = {"past", "now", "next"};
        return json::object{
            {"name", words(language, "path." + std::string(name))},
            {"when", classes[static_cast<int>(when)]},
            {"now", when == When::now},
            {"words", std::move(said)}};
    };
    path.push_back(milestone("received", When::past, long_form(row.received_on, language.tag)));
    if (row.proof == Proof::given) path.push_back(milestone("confirmed", When::past));
    const bool open = row.stage != Stage::closed;
    if (awaits_proof(row)) {
        path.push_back(milestone("to_confirm", When::now, words(language, "path.to_confirm_words"))
        );
    }
    const auto at = [&](Stage stage) {
        if (row.stage > stage) return When::past;
        return row.stage == stage && !awaits_proof(row) ? When::now : When::next;
    };
    const auto said = [&](Stage stage, std::string_view name) {
        return row.stage > stage ? std::string() : words(language, name);
    };
    const auto decision = row.decision;
    const bool answered = decision == Decision::granted || decision == Decision::partly ||
                          decision == Decision::refused || decision == Decision::nothing_found;
    if (open || answered) {
        path.push_back(
            milestone("checked", at(Stage::review), said(Stage::review, "path.checked_words"))
        );
        if (decision != Decision::refused) {
            path.push_back(
                milestone("worked", at(Stage::process), said(Stage::process, "path.worked_words"))
            );
        }
        path.push_back(
            milestone("answered", at(Stage::reply), said(Stage::reply, "path.answered_words"))
        );
    }
    if (!open) {
        const auto day = day_at(row.closed_at.value_or(row.updated_at), visitor.company.time_zone);
        path.push_back(milestone("ended", When::past, long_form(day, language.tag)));
    }
    return path;
}

http::Answer request_page(const Site& site, const Visitor& visitor) {
    const auto& row = visitor.row;
    const auto today = day_at(site.office.store.clock(), visitor.company.time_zone);
    auto values = values_of(visitor);
    values["stage_title"] = title_of(visitor);
    values["stage_lead"] = lead_of(visitor, today);
    values["path"] = path_of(visitor);
    values["open"] = row.stage != Stage::closed;
    values["waiting_words"] =
        words(visitor.language, awaits_proof(row) ? "own.waits_for_proof" : "own.waits_for_us");
    values["type_name"] = laws::request_type(row.type)->name.in(visitor.language.tag);
    values["reference"] = row.reference;
    return render({visitor.language, "own", 200, std::move(values)});
}

http::Answer redeem(const Site& site, const Visitor& visitor, const std::string& code) {
    const auto entrance = site.office.store.write([&](store::Tx& tx) {
        return requests::type_code(tx, visitor.act, site.office, visitor.address, code);
    });
    if (entrance.outcome == Redeemed::opened) {
        auto answer = to_own_page(visitor);
        give_session(site, answer, entrance.session);
        return answer;
    }
    // The same for a wrong and for a used code: else a stranger would see when the right one came.
    return proof_page(visitor, "code");
}

}  // namespace

// Where the form leads to. It says no more than what was just done with this address: the
// reference, and whether a proof is asked for; it stays the same whatever becomes of the request.
http::Answer received(const Site& site, const http::Call& call) {
    const auto who = visitor(site, call, requests::Purpose::own_page);
    const auto& row = who.row;
    auto values = values_of(who);
    // Not whether it is still awaited: whoever typed somebody else's address would see them
    // confirm.
    values["awaits_proof"] = row.proof != Proof::not_needed;
    values["reference"] = row.reference;
    values["due_on"] = long_form(row.due_on, who.language.tag);
    return render({who.language, "received", 200, std::move(values)});
}

http::Answer own_page(const Site& site, const http::Call& call) {
    const auto who = visitor(site, call, requests::Purpose::own_page);
    return who.proven ? request_page(site, who) : proof_page(who);
}

http::Answer knock(const Site& site, const http::Call& call) {
    const auto who = visitor(site, call, requests::Purpose::own_page);
    require_button(site, call);
    if (field(call, "again").empty()) return redeem(site, who, field(call, "code"));
    // Whether a mail went out or three have gone already: the page is the same.
    site.office.store.write([&](store::Tx& tx) {
        requests::mail_fresh_code(tx, who.act, site.office, who.address);
    });
    return mailed_page(who, "/r/" + who.token + who.query);
}

http::Answer withdrawal(const Site& site, const http::Call& call) {
    const auto who = visitor(site, call, requests::Purpose::own_page);
    if (!who.proven || who.row.stage == Stage::closed) return to_own_page(who);
    return render({who.language, "withdraw", 200, values_of(who)});
}

http::Answer withdraw(const Site& site, const http::Call& call) {
    const auto who = visitor(site, call, requests::Purpose::own_page);
    require_button(site, call);
    if (!who.proven || field(call, "sure").empty()) return to_own_page(who);
    try {
        site.office.store.write([&](store::Tx& tx) {
            requests::withdraw(tx, who.act, site.office, who.address.request);
        });
    } catch (const Refusal& refusal) {
        // Closed meanwhile: the page says so.
        if (refusal.code != "not_in_stage") throw;
    }
    return to_own_page(who);
}

}  // namespace quittance::site
