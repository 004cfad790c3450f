// Sessions: who is signed in. The browser holds a random token, the database its SHA-256. A session
// belongs to one person in one account; it ends 12 hours after it was last seen, and 7 days after
// it began.
//
// Knows nothing of cookies: the guard hands over the token.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/act.h"
#include "base/clock.h"
#include "base/id.h"
#include "people/agents.h"
#include "people/reception.h"
#include "people/roles.h"

namespace quittance::people {

inline constexpr std::chrono::hours session_idle{12};
inline constexpr std::chrono::hours session_longest{7 * 24};
inline constexpr std::chrono::minutes proof_fresh{10};

struct SignedIn {
    Act act;  // account and agent; door web
    PersonId person;
    Uuid session;
    Role role;
    Instant created_at;
    Instant seen_at;
    Instant proof_at;  // the last time the password was given
    Instant ends_at;   // unless it is seen again before
    bool fresh;        // the proof is younger than ten minutes
};

// A session that has just begun: the token goes into the cookie and nowhere else.
struct NewSession {
    std::string token;
    SignedIn who;
};

// Who holds the token; nullopt when it is unknown, over, or its agent archived. Writes seen_at at
// most once a minute (the only write, in a Tx of its own).
std::optional<SignedIn> resume(const Reception& reception, std::string_view token);

// The same without counting as being seen: for a stream that stays open while nobody is there.
std::optional<SignedIn> glance(store::Reader& reader, std::string_view token);

// Throws Refusal 403 `fresh_sign_in_needed` unless the proof is fresh.
void require_fresh(const SignedIn& who);

struct Attempt {
    std::string email;
    std::string password;
    std::optional<AccountId> account;  // which one, for a person who is a member of several
    std::string network;               // the client's address
};
// Signs in. Without `account` it is the one where the person was seen last, or else the oldest;
// the session page offers the others (switch_account). Refuses with 401 `sign_in_failed`: unknown
// address, wrong password and an account that the person is no member of look and take the same.
// 429 `too_many_tries` (tries.h). Entries `signed_in`; `sign_in_failed` for a known person.
NewSession sign_in(const Reception& reception, const Attempt& attempt);

// Gives the password again: the session counts as fresh. 403 `wrong_password`, 429.
void prove(const Reception& reception, const SignedIn& who, std::string_view password);

// Goes on in another account of the same person, under a new token; the old one ends. 404.
NewSession switch_account(
    store::Tx& tx, const SignedIn& who, keys::KeyRing& keys, AccountId account
);

void sign_out(store::Tx& tx, const SignedIn& who);

// The signed-in person as the session page shows them.
struct Membership {
    AccountId account;
    std::string name;  // of the company
    Role role;
};
struct Me {
    Agent agent;
    std::string account_name;
    std::vector<Membership> accounts;  // living ones, oldest first
};
Me me(store::Reader& reader, keys::KeyRing& keys, const SignedIn& who);

struct Session {
    Uuid id;
    AccountId account;
    Instant created_at;
    Instant seen_at;
    bool current;
};
// The person's sessions that are not over, latest seen first, in every account.
std::vector<Session> sessions(store::Reader& reader, const SignedIn& who);
// Ends one of the person's own. 404. Entry `sessions_ended`.
void end_session(store::Tx& tx, const SignedIn& who, keys::KeyRing& keys, Uuid id);
// Ends all but the current one; says how many. Entry `sessions_ended`.
std::int64_t end_other_sessions(store::Tx& tx, const SignedIn& who, keys::KeyRing& keys);

// For this room: begins a session, in the Tx that let the person in.
NewSession begin_session(
    store::Tx& tx, AccountId account, AgentId agent, PersonId person, Role role
);

// Sessions that are over, at most 1,000; true when there may be more.
bool forget_ended_sessions(store::Tx& tx);

}  // namespace quittance::people
