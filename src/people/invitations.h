// Invitations: a mailed link by which somebody becomes an agent. Good for 7 days, once. The
// database holds the token's digest only; the address is sealed under the account's key.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/act.h"
#include "base/clock.h"
#include "base/id.h"
#include "people/reception.h"
#include "people/roles.h"
#include "people/session.h"
#include "store/store.h"

namespace quittance::people {

inline constexpr std::chrono::hours invitation_good_for{7 * 24};

struct NewInvitation {
    std::string email;
    Role role;
};
BOOST_DESCRIBE_STRUCT(NewInvitation, (), (email, role))

struct Invitation {
    Uuid id;
    std::string email;
    Role role;
    std::optional<AgentId> invited_by;
    Instant created_at;
    Instant expires_at;
    std::optional<Instant> accepted_at;
    std::optional<Instant> archived_at;
};

// Mails the link {public_url}/app/invitation#{token} (behind the #: it reaches no log and no
// Referer). An open invitation to the same address is archived: the newest link is the one that
// works. 422; 409 `already_agent`; 409 `too_many` over 200 open ones. Entry `agent_invited`.
Uuid invite(
    store::Tx& tx, const Act& act, const Reception& reception, const NewInvitation& invitation
);
// Those of the last 90 days and all open ones, newest first, at most 200.
std::vector<Invitation> invitations(store::Reader& reader, keys::KeyRing& keys, AccountId account);
Invitation invitation(store::Reader& reader, keys::KeyRing& keys, AccountId account, Uuid id);
// The link works no more. 404; 409 `accepted`, `archived`. Entry `invitation_archived`.
void archive_invitation(store::Tx& tx, const Act& act, keys::KeyRing& keys, Uuid id);

// What the accept page shows to whoever holds the link.
struct InvitationPage {
    std::string company;
    std::string email;
    Role role;
    Instant expires_at;
    // A member of another account: they give the password they have, and no name is asked.
    bool known;
};
// 404 `invitation_gone`: unknown, over, accepted or archived.
InvitationPage look_at_invitation(
    store::Reader& reader, keys::KeyRing& keys, std::string_view token
);

struct Acceptance {
    std::string token;
    std::string name;      // 1 to 200 characters
    std::string password;  // a new one by the rules; for a known person, theirs
    std::string network;   // the client's address
};
// Becomes an agent and is signed in. Of two at the same moment one wins, the other sees 404
// `invitation_gone`. A known person's password is checked like a sign-in: 401 `sign_in_failed`,
// 429. 422 /name, /password. Entry `agent_joined`.
NewSession accept_invitation(const Reception& reception, const Acceptance& acceptance);

// Those that are over for 90 days, at most 1,000; true when there may be more.
bool forget_old_invitations(store::Tx& tx);

}  // namespace quittance::people
