// Checking a password that somebody gives: tries counted before, the hash compared outside of any
// Tx, failures noted. For this room only.
#pragma once

#include <optional>
#include <string_view>

#include "people/person.h"
#include "people/reception.h"
#include "people/session.h"

namespace quittance::people {

struct Proven {
    PersonId person;
    PasswordHash hash;  // what it was compared with: hold it against still_has_password() in the Tx
};

// Somebody at the door. 401 `sign_in_failed`, 429 `too_many_tries`; takes the same whether or not
// the address is known. `address` is the normal form, or whatever was typed.
Proven check_at_the_door(
    const Reception& reception, std::string_view address, std::string_view password,
    std::string_view client_address
);
[[noreturn]] void refuse_at_the_door(const Reception& reception, std::optional<PersonId> person);

// Somebody who is signed in. 403 `wrong_password`, 429 `too_many_tries`.
Proven check_again(const Reception& reception, const SignedIn& who, std::string_view password);

}  // namespace quittance::people
