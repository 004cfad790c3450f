#include "people/security.h"

#include "ledger/ledger.h"
#include "people/person.h"
#include "people/tries.h"

namespace quittance::people {

void record_refusal(
    store::Tx& tx, const Act& act, keys::KeyRing& keys, std::string_view code,
    std::string_view route
) {
    if (!act.agent && !act.key) return;
    const auto subject = act.agent ? act.agent->uuid : *act.key;
    if (!take_try(tx, keys, refusals_recorded, subject.blob())) return;
    ledger::record(
        tx, act, keys.account_key(tx, act.account), "refused", std::nullopt,
        {{"code", code}, {"route", route}}
    );
}

void record_failed_sign_in(store::Tx& tx, keys::KeyRing& keys, PersonId person) {
    if (!take_try(tx, keys, refusals_recorded, person.blob())) return;
    for (const auto& member : memberships(tx, person)) {
        // Nobody has shown who they are: the agent is what the entry tells of, not who acts.
        const Act act{member.account, std::nullopt, std::nullopt, Door::web};
        ledger::record(
            tx, act, keys.account_key(tx, member.account), "sign_in_failed", std::nullopt,
            {{"agent", member.agent.text()}}
        );
    }
}

}  // namespace quittance::people
