#include "requests/closure.h"

#include <algorithm>

#include "base/email_address.h"
#include "ledger/ledger.h"
#include "requests/reply.h"
#include "requests/stage.h"
#include "requests/texts.h"

namespace quittance::requests {
namespace {

constexpr auto find_exceptions =
    "SELECT exceptions FROM attestations WHERE account_id = ? AND request_id = ?";

std::string names_of(const std::vector<Decision>& decisions) {
    std::vector<std::string_view> names;
    for (const auto decision : decisions) names.push_back(name_of(decision));
    return listed(names);
}

void end_with(
    store::Tx& tx, const Act& act, const Office& office, Row& row, Decision decision,
    const boost::json::object& detail
) {
    take(tx, act, row, "end", decision);
    ledger::record(tx, act, key_of(tx, office.keys, row), "ended", row.id, detail);
    tell(tx, office, row.account, row.id);
}

}  // namespace

std::vector<Decision> possible_decisions(store::Reader& reader, const Row& row) {
    if (row.decision == Decision::refused) return {Decision::refused};
    const auto kept =
        reader.one(find_exceptions, {row.account, row.id}, [](const store::Row& found) {
            return found.integer(0);
        });
    if (kept.value_or(0) > 0) return {Decision::partly, Decision::nothing_found};
    return {Decision::granted, Decision::partly, Decision::nothing_found};
}

void close(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, Decision decision,
    std::optional<std::int64_t> if_match
) {
    auto row = in_hand(tx, act, id, if_match);
    require_stage(row, Stage::reply);
    const auto possible = possible_decisions(tx, row);
    if (std::ranges::find(possible, decision) == possible.end()) {
        throw Refusal(std::vector<FieldError>{
            {"/decision", "decision_not_possible", {{"possible", names_of(possible)}}}});
    }
    if (!has_reply(tx, row.account, id)) throw Refusal(No::conflict, "no_reply");
    take(tx, act, row, "close", decision);
    ledger::record(
        tx, act, key_of(tx, office.keys, row), "closed", id, {{"decision", name_of(decision)}}
    );
    tell(tx, office, row.account, id);
}

void end(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, Decision decision,
    std::string_view note, std::optional<std::int64_t> if_match
) {
    std::vector<FieldError> errors;
    if (decision != Decision::withdrawn && decision != Decision::spam &&
        decision != Decision::expired) {
        errors.push_back(
            {"/decision", "decision_not_possible", {{"possible", "withdrawn, spam, expired"}}}
        );
    }
    check_text(errors, "/note", note, 1, reason_characters);
    auto row = in_hand(tx, act, id, if_match);
    if (row.stage == Stage::closed) require_stage(row, Stage::review);
    if (!errors.empty()) throw Refusal(std::move(errors));
    end_with(
        tx, act, office, row, decision, {{"decision", name_of(decision)}, {"note", trimmed(note)}}
    );
}

void withdraw(store::Tx& tx, const Act& act, const Office& office, RequestId id) {
    auto row = in_hand(tx, act, id);
    end_with(
        tx, act, office, row, Decision::withdrawn, {{"decision", "withdrawn"}, {"by", "requester"}}
    );
}

}  // namespace quittance::requests
