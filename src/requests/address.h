// The requester's way in without an account: addresses (long-lived unguessable links that show
// nothing), mailed proofs (a link and an 8-digit code, good for ten minutes, once) and the short
// cookie session that a proof opens. Only digests of tokens and codes are stored.
//
// Opening a link changes nothing; pressing the button on its page, or typing the code, does.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/act.h"
#include "requests/office.h"
#include "requests/row.h"
#include "store/store.h"

namespace quittance::requests {

inline constexpr std::chrono::minutes proof_lasts{10};
inline constexpr std::chrono::minutes session_lasts{30};
inline constexpr int code_tries = 5;
inline constexpr int proofs_an_hour = 3;  // per request

enum class Purpose { confirm, own_page };
BOOST_DESCRIBE_ENUM(Purpose, confirm, own_page)

struct NewAddress {
    std::string token;
    Purpose purpose = Purpose::own_page;
    std::optional<Uuid> proof;  // of a confirmation link
};
NewAddress own_page_address();
void store_address(store::Tx& tx, const Act& act, RequestId request, const NewAddress& address);

struct NewProof {
    Uuid id;
    Purpose purpose;
    std::string code;
    std::string code_hash;
    std::optional<NewAddress> link;  // for `confirm`
};
NewProof new_proof(const Office& office, AccountId account, Purpose purpose);
void store_proof(store::Tx& tx, const Act& act, RequestId request, const NewProof& proof);

struct Address {
    AccountId account;
    RequestId request;
    Purpose purpose;
    std::optional<Uuid> proof;
};
std::optional<Address> find_address(store::Reader& reader, std::string_view token);

// What a confirmation link can do now.
enum class LinkState { live, expired, used };
LinkState link_state(store::Reader& reader, const Address& address);

enum class Redeemed { opened, wrong_code, expired, used };
struct Entrance {
    Redeemed outcome;
    std::string session;  // the cookie's value when opened
    std::string
        own_page;  // a fresh token of /r/… when the button of a confirmation link was pressed
};
// Neither throws for a wrong code: the try has to be counted, so the Tx must commit.
Entrance press_button(store::Tx& tx, const Act& act, const Office& office, const Address& address);
Entrance type_code(
    store::Tx& tx, const Act& act, const Office& office, const Address& address,
    std::string_view code
);

// Mails a fresh code (with a confirmation link while the proof is still to be given). False, and
// nothing happens, when three were made in the last hour or the request has no e-mail address.
bool mail_fresh_code(store::Tx& tx, const Act& act, const Office& office, const Address& address);

// The request that the cookie's session is for, while it lasts.
std::optional<RequestId> session_request(
    store::Reader& reader, AccountId account, std::string_view session
);
// The round: forgets sessions that have ended and proofs older than 30 days. False when done.
bool forget_old_proofs(store::Tx& tx);

// The agent's button "Send verification mail". 409 `proof_not_needed`, `already_verified`,
// `not_in_stage` (closed), `too_many_mails`; 422 `no_email` when there is no address to write to.
Uuid send_verification_mail(store::Tx& tx, const Act& act, const Office& office, RequestId request);

}  // namespace quittance::requests
