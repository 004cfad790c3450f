#include "people/password_change.h"

#include "base/digest.h"
#include "ledger/ledger.h"
#include "people/company.h"
#include "people/credentials.h"
#include "people/letters.h"
#include "people/texts.h"
#include "people/tries.h"

namespace quittance::people {
namespace {

// 422 unless the password is by the rules for this person, as the account knows them.
void require_good(const Reception& reception, const Known& known, std::string_view password) {
    const auto company_name = reception.store.read([&](store::Reader& reader) {
        return company(reader, reception.keys, known.member.account).name;
    });
    auto errors =
        password_flaws("/password", password, {known.named.name, known.named.email, company_name});
    if (!errors.empty()) throw Refusal(std::move(errors));
}

constexpr auto replace_hash =
    "UPDATE people SET password_hash = ? WHERE id = ? AND password_hash = ?";
constexpr auto end_others = "DELETE FROM sessions WHERE person_id = ? AND id <> ?";
constexpr auto set_proof = "UPDATE sessions SET proof_at = ? WHERE person_id = ? AND id = ?";
constexpr auto void_resets =
    "UPDATE password_resets SET used_at = ? WHERE person_id = ? AND used_at IS NULL";

}  // namespace

void change_password(
    const Reception& reception, const SignedIn& who, std::string_view old_password,
    std::string_view new_password
) {
    const auto proven = check_again(reception, who, old_password);
    const auto known = reception.store.read([&](store::Reader& reader) {
        return known_as(reader, reception.keys, who.person, who.act.account);
    });
    if (!known) throw Refusal(No::unauthenticated, "not_signed_in");
    require_good(reception, *known, new_password);
    const auto hash = hash_password(new_password);
    reception.store.write([&](store::Tx& tx) {
        // Another change was quicker: what was given is no longer the password.
        if (tx.change(replace_hash, {hash.text, who.person, proven.hash.text}) != 1) {
            throw Refusal(No::forbidden, "wrong_password");
        }
        tx.run(end_others, {who.person, who.session});
        tx.run(set_proof, {tx.now(), who.person, who.session});
        tx.run(void_resets, {tx.now(), who.person});
        forgive_tries(tx, reception.keys, password_by_person, who.person.blob());
        record_everywhere(
            tx, Door::web, reception.keys, who.person, "password_changed",
            {{"agent", known->member.agent.text()}}
        );
        post(
            tx, who.act, reception, "password_notice",
            password_changed_letter(known->named, reception.public_url)
        );
    });
}

namespace {

// How the oldest account knows the person; nullopt for a member of none.
std::optional<Known> known_at_all(store::Reader& reader, keys::KeyRing& keys, PersonId person) {
    const auto members = memberships(reader, person);
    if (members.empty()) return std::nullopt;
    return known_as(reader, keys, person, members.front().account);
}

constexpr auto insert_reset =
    "INSERT INTO password_resets (token_hash, person_id, created_at, expires_at) "
    "VALUES (?, ?, ?, ?)";

void mail_reset(store::Tx& tx, const Reception& reception, std::string_view normal_address) {
    const auto person = person_with(tx, email_hash(reception.keys, normal_address));
    if (!person) return;
    const auto known = known_at_all(tx, reception.keys, person->id);
    if (!known) return;
    const auto token = random_token();
    const auto digest = sha256(token);
    const auto now = tx.now();
    tx.run(insert_reset, {store::Blob{digest}, person->id, now, now + reset_good_for});
    const Act act{known->member.account, std::nullopt, std::nullopt, Door::web};
    const auto link = reception.public_url + "/app/new-password#" + token;
    post(tx, act, reception, "password_reset", reset_letter(known->named, link));
    ledger::record(
        tx, act, reception.keys.account_key(tx, act.account), "password_reset_asked", std::nullopt,
        {{"agent", known->member.agent.text()}}
    );
}

}  // namespace

void ask_for_reset(const Reception& reception, const std::string& email, std::string_view network) {
    std::vector<FieldError> errors;
    const auto address = check_email(errors, "/email", email);
    if (!address) throw Refusal(std::move(errors));
    const bool more = reception.store.write([&](store::Tx& tx) {
        require_try(tx, reception.keys, reset_by_network, network_of(network));
        return take_try(tx, reception.keys, reset_by_address, address->normal);
    });
    if (!more) return;
    reception.back_room.leave([&reception, normal = address->normal] {
        reception.store.write([&](store::Tx& tx) { mail_reset(tx, reception, normal); });
    });
}

namespace {

constexpr auto find_reset =
    "SELECT person_id FROM password_resets "
    "WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?";
constexpr auto use_reset =
    "UPDATE password_resets SET used_at = ? "
    "WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?";
constexpr auto set_hash = "UPDATE people SET password_hash = ? WHERE id = ?";
constexpr auto end_all = "DELETE FROM sessions WHERE person_id = ?";

void use(
    store::Tx& tx, const Reception& reception, std::string_view digest, PersonId person,
    const Known& known, const PasswordHash& hash
) {
    const auto now = tx.now();
    if (tx.change(use_reset, {now, store::Blob{digest}, now}) != 1) {
        throw Refusal(No::unknown, "reset_gone");
    }
    tx.run(set_hash, {hash.text, person});
    tx.run(end_all, {person});
    tx.run(void_resets, {now, person});
    // Whoever could read the mail may try again at once.
    const auto address = EmailAddress::parse(known.named.email);
    if (address) forgive_tries(tx, reception.keys, sign_in_by_address, address->normal);
    record_everywhere(
        tx, Door::web, reception.keys, person, "password_reset",
        {{"agent", known.member.agent.text()}}
    );
    const Act act{known.member.account, known.member.agent, std::nullopt, Door::web};
    post(
        tx, act, reception, "password_notice",
        password_changed_letter(known.named, reception.public_url)
    );
}

}  // namespace

void reset_password(
    const Reception& reception, std::string_view token, std::string_view new_password
) {
    const auto digest = sha256(token);
    struct Found {
        PersonId person;
        Known known;
    };
    const auto found = reception.store.read([&](store::Reader& reader) -> std::optional<Found> {
        const auto person =
            reader.one(find_reset, {store::Blob{digest}, reader.now()}, [](const store::Row& row) {
                return row.id<PersonId>(0);
            });
        if (!person) return std::nullopt;
        const auto known = known_at_all(reader, reception.keys, *person);
        return known ? std::optional<Found>({*person, *known}) : std::nullopt;
    });
    if (!found) throw Refusal(No::unknown, "reset_gone");
    require_good(reception, found->known, new_password);
    const auto hash = hash_password(new_password);
    reception.store.write([&](store::Tx& tx) {
        use(tx, reception, digest, found->person, found->known, hash);
    });
}

constexpr auto forget_resets =
    "DELETE FROM password_resets WHERE token_hash IN "
    "(SELECT token_hash FROM password_resets WHERE expires_at <= ? LIMIT 1000)";

bool forget_old_resets(store::Tx& tx) { return tx.change(forget_resets, {tx.now()}) == 1'000; }

}  // namespace quittance::people
