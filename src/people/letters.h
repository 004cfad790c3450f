// The letters of this room, in English: plain, short, and each says what to do when it came by
// mistake. For this room only.
#pragma once

#include <string>

#include "base/act.h"
#include "mail/letter.h"
#include "people/person.h"
#include "people/reception.h"
#include "people/roles.h"

namespace quittance::people {

struct InvitationWords {
    std::string to;
    std::string company;
    std::string inviter;  // may be empty: the command line
    Role role;
    std::string link;
};
mail::Letter invitation_letter(const InvitationWords& words);
mail::Letter reset_letter(const Named& to, const std::string& link);
// A notice that the password is another one from now on.
mail::Letter password_changed_letter(const Named& to, const std::string& public_url);

// Seals and queues under the account's key, and tells `reception` after the commit.
void post(
    store::Tx& tx, const Act& act, const Reception& reception, std::string_view purpose,
    const mail::Letter& letter
);

}  // namespace quittance::people
