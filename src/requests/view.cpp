#include "requests/view.h"

#include "requests/closure.h"

namespace quittance::requests {

View view(store::Reader& reader, const Office& office, AccountId account, RequestId id) {
    auto row = look(reader, account, id);
    const auto key = key_of(reader, office.keys, row);
    View view{
        .row = row,
        .person = person_of(key, row),
        .verification = verification_of(reader, row, key),
        .identifiers = identifiers(reader, row, key),
        .exits = exits(reader, account, id),
        .attestation = attestation_of(reader, row, key),
        .draft = draft_of(reader, row, key),
        .replies = replies(reader, row, key),
        .possible_decisions = {}};
    if (row.stage == Stage::reply) view.possible_decisions = possible_decisions(reader, row);
    return view;
}

}  // namespace quittance::requests
