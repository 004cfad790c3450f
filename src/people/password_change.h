// How a person gets a new password: by giving the old one, or by a mailed link.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "people/reception.h"
#include "people/session.h"
#include "store/store.h"

namespace quittance::people {

inline constexpr std::chrono::minutes reset_good_for{30};

// Ends all other sessions of the person in every account, makes this one fresh, and mails a notice.
// 403 `wrong_password`; 429; 422 at /password. Entry `password_changed` in every account of the
// person.
void change_password(
    const Reception& reception, const SignedIn& who, std::string_view old_password,
    std::string_view new_password
);

// Somebody says they forgot theirs. Does the same and takes the same whether or not the address is
// known: what there is to do is left in the back room, which mails the link
// {public_url}/app/new-password#{token} (30 minutes, once). At most 3 an hour per address; what is
// over is silently dropped. 429 per network; 422 at /email when it is no address.
void ask_for_reset(const Reception& reception, const std::string& email, std::string_view network);

// Uses the link: new password, every session of the person ends, other links of theirs are void,
// and a notice is mailed. 404 `reset_gone` (unknown, used or over); 422 at /password. Entry
// `password_reset` in every account of the person.
void reset_password(
    const Reception& reception, std::string_view token, std::string_view new_password
);

// Resets that are over, at most 1,000; true when there may be more.
bool forget_old_resets(store::Tx& tx);

}  // namespace quittance::people
