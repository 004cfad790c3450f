#include "requests/review.h"

#include "base/email_address.h"
#include "base/tables.h"
#include "ledger/ledger.h"
#include "requests/stage.h"
#include "requests/texts.h"

namespace quittance::requests {
namespace {

void check_ground(std::vector<FieldError>& errors, std::string_view type, std::string_view ground) {
    const auto* found = laws::ground(ground);
    if (!found) {
        errors.push_back({"/ground", "unknown_ground"});
    } else if (found->kind != "refuse" && found->kind != "redirect") {
        errors.push_back({"/ground", "ground_not_for_refusal"});
    } else if (!found->is_for(type)) {
        errors.push_back({"/ground", "ground_not_for_type", {{"type", std::string(type)}}});
    }
}

boost::json::object detail_of(const Rejection& rejection) {
    boost::json::object detail{{"ground", rejection.ground}};
    if (rejection.note) detail["note"] = trimmed(*rejection.note);
    if (rejection.confirmed) {
        boost::json::array confirmed;
        for (const auto& need : *rejection.confirmed) confirmed.emplace_back(need);
        detail["confirmed"] = std::move(confirmed);
    }
    return detail;
}

}  // namespace

void approve(
    store::Tx& tx, const Act& act, const Office& office, RequestId id,
    std::optional<std::int64_t> if_match
) {
    auto row = in_hand(tx, act, id, if_match);
    require_stage(row, Stage::review);
    if (row.proof != Proof::given && row.proof != Proof::not_needed) {
        throw Refusal(No::conflict, "unverified");
    }
    take(tx, act, row, "approve");
    ledger::record(tx, act, key_of(tx, office.keys, row), "approved", id, {});
    tell(tx, office, row.account, id);
}

void reject(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, const Rejection& rejection,
    std::optional<std::int64_t> if_match
) {
    auto row = in_hand(tx, act, id, if_match);
    require_stage(row, Stage::review);
    std::vector<FieldError> errors;
    check_ground(errors, row.type, rejection.ground);
    if (rejection.note) check_text(errors, "/note", *rejection.note, 0, reason_characters);
    if (rejection.confirmed && rejection.confirmed->size() > 20) {
        errors.push_back({"/confirmed", "too_many", {{"most", "20"}}});
    }
    if (rejection.confirmed) {
        for (const auto& need : *rejection.confirmed) {
            check_text(errors, "/confirmed", need, 1, reason_characters);
        }
    }
    if (!errors.empty()) throw Refusal(std::move(errors));
    take(tx, act, row, "reject", Decision::refused, rejection.ground);
    ledger::record(tx, act, key_of(tx, office.keys, row), "rejected", id, detail_of(rejection));
    tell(tx, office, row.account, id);
}

}  // namespace quittance::requests
