// A letter as bytes on the wire: RFC 5322 and MIME, built by GMime. 7-bit throughout, so any server
// takes it.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "mail/letter.h"

namespace quittance::mail {

struct Sender {
    std::string address;
    std::string name;
    std::string reply_to;  // may be empty
};

// The address as it travels: the domain in its ASCII form (RFC 5891), the rest as written.
std::string wire_address(std::string_view address);

// Whether nobody wrote the letter by hand, so that no machine should answer it (RFC 3834).
enum class Written { by_hand, by_quittance };

// The Message-ID is made of the letter's id: another try of the same letter is the same message,
// and mailboxes show it once.
std::string mime_of(
    const Letter& letter, const Sender& sender, Written written, LetterId id, Instant at
);

}  // namespace quittance::mail
