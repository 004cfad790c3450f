// How somebody becomes signed in and proves it again (people/session.h).
#include <algorithm>

#include "base/email_address.h"
#include "ledger/ledger.h"
#include "people/credentials.h"
#include "people/session.h"
#include "people/tries.h"

namespace quittance::people {
namespace {

constexpr auto last_seen_in =
    "SELECT account_id FROM sessions WHERE person_id = ? ORDER BY seen_at DESC, id LIMIT 1";

// Where to go on: the account asked for, else the one seen last, else the oldest.
std::optional<Member> choose(
    store::Reader& reader, PersonId person, std::optional<AccountId> wanted
) {
    const auto members = memberships(reader, person);
    const auto in = [&](std::optional<AccountId> account) -> std::optional<Member> {
        const auto found = std::ranges::find_if(members, [&](const Member& member) {
            return member.account == account;
        });
        return found == members.end() ? std::nullopt : std::optional(*found);
    };
    if (wanted) return in(wanted);
    const auto last = reader.one(last_seen_in, {person}, [](const store::Row& row) {
        return row.id<AccountId>(0);
    });
    if (const auto found = in(last)) return found;
    return members.empty() ? std::nullopt : std::optional(members.front());
}

}  // namespace

NewSession sign_in(const Reception& reception, const Attempt& attempt) {
    const auto email = EmailAddress::parse(attempt.email);
    const std::string address = email ? email->normal : attempt.email;
    const auto proven = check_at_the_door(reception, address, attempt.password, attempt.network);
    auto session = reception.store.write([&](store::Tx& tx) -> std::optional<NewSession> {
        if (!still_has_password(tx, proven.person, proven.hash)) return std::nullopt;
        const auto member = choose(tx, proven.person, attempt.account);
        if (!member) return std::nullopt;
        forgive_tries(tx, reception.keys, sign_in_by_address, address);
        auto begun = begin_session(tx, member->account, member->agent, proven.person, member->role);
        ledger::record(
            tx, begun.who.act, reception.keys.account_key(tx, member->account), "signed_in",
            std::nullopt, {{"how", "password"}}
        );
        return begun;
    });
    if (!session) refuse_at_the_door(reception, proven.person);
    return std::move(*session);
}

constexpr auto set_proof = "UPDATE sessions SET proof_at = ? WHERE person_id = ? AND id = ?";

void prove(const Reception& reception, const SignedIn& who, std::string_view password) {
    const auto proven = check_again(reception, who, password);
    reception.store.write([&](store::Tx& tx) {
        if (!still_has_password(tx, who.person, proven.hash) ||
            tx.change(set_proof, {tx.now(), who.person, who.session}) != 1) {
            throw Refusal(No::unauthenticated, "not_signed_in");
        }
        forgive_tries(tx, reception.keys, password_by_person, who.person.blob());
    });
}

}  // namespace quittance::people
