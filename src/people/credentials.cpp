#include "people/credentials.h"

#include "people/security.h"
#include "people/tries.h"

namespace quittance::people {

void refuse_at_the_door(const Reception& reception, std::optional<PersonId> person) {
    // Left behind in both cases: the answer to an unknown address must not be the faster one.
    reception.back_room.leave([&reception, person] {
        if (!person) return;
        reception.store.write([&](store::Tx& tx) {
            record_failed_sign_in(tx, reception.keys, *person);
        });
    });
    throw Refusal(No::unauthenticated, "sign_in_failed");
}

Proven check_at_the_door(
    const Reception& reception, std::string_view address, std::string_view password,
    std::string_view client_address
) {
    reception.store.write([&](store::Tx& tx) {
        require_try(tx, reception.keys, sign_in_by_network, network_of(client_address));
        require_try(tx, reception.keys, sign_in_by_address, address);
    });
    const auto person = reception.store.read([&](store::Reader& reader) {
        return person_with(reader, email_hash(reception.keys, address));
    });
    const auto hash = person ? person->hash : std::nullopt;
    if (!password_matches(hash, password)) {
        refuse_at_the_door(reception, person ? std::optional(person->id) : std::nullopt);
    }
    return {person->id, *hash};
}

Proven check_again(const Reception& reception, const SignedIn& who, std::string_view password) {
    reception.store.write([&](store::Tx& tx) {
        require_try(tx, reception.keys, password_by_person, who.person.blob());
    });
    const auto hash =
        reception.store.read([&](store::Reader& reader) { return hash_of(reader, who.person); });
    if (!password_matches(hash, password)) {
        reception.store.write([&](store::Tx& tx) {
            record_failed_sign_in(tx, reception.keys, who.person);
        });
        throw Refusal(No::forbidden, "wrong_password");
    }
    return {who.person, *hash};
}

}  // namespace quittance::people
