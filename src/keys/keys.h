// Keys: what seals personal data and what finds it again. The key file (outside the database,
// mode 0600) holds the installation key and the epoch keys; the database holds data keys wrapped
// under an epoch key. Formats are fixed for ever in docs/ledger.md, with test vectors.
//
// Knows nothing of requests, agents or letters: whoever seals says for which account, with which
// data key, under which purpose and row.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "store/store.h"

namespace quittance::keys {

// 32 secret bytes, wiped when they go.
class Secret {
public:
    explicit Secret(std::string bytes);
    Secret(const Secret&) = default;
    Secret(Secret&&) noexcept = default;
    Secret& operator=(const Secret&) = default;
    Secret& operator=(Secret&&) noexcept = default;
    ~Secret();
    std::string_view bytes() const { return bytes_; }

private:
    std::string bytes_;
};

// A data key in hand: seals and opens. Made by KeyRing; never stored unwrapped.
struct DataKey {
    KeyId id;
    Secret secret;
};

// What a sealed value is bound to: it opens only as the thing it was sealed as.
struct Place {
    AccountId account;
    std::string_view purpose;  // constant, e.g. "request", "entry", "letter"; never a table name
    std::string_view row;      // 16 bytes of the row's id
};

// XChaCha20-Poly1305 with a random nonce; the blob names the key it needs.
std::string seal(const DataKey& key, const Place& place, std::string_view plain);
// Throws Unsealable (a fault) when the blob is damaged, of another place or of another key.
std::string open(const DataKey& key, const Place& place, std::string_view sealed);
// The key that a blob was sealed with; throws Unsealable when it is no blob of ours.
KeyId key_of(std::string_view sealed);

class Unsealable : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class KeyRing {
public:
    // Reads the key file, or makes it when there is none and `may_create`. Throws
    // std::runtime_error with one sentence for whoever runs the server.
    static std::shared_ptr<KeyRing> load(const std::string& file, bool may_create);
    // A ring that lives in memory only: tests.
    static std::shared_ptr<KeyRing> in_memory();
    virtual ~KeyRing() = default;

    // Refuses to start when the key file belongs to another database; remembers it in a new one.
    virtual void bind(store::Store& store) = 0;

    // A fresh data key. Its wrap must be stored in the same Tx as what it seals (store_wrap);
    // making it is free of the database, so it can happen before the Tx.
    virtual DataKey make() = 0;
    virtual void store_wrap(store::Tx& tx, AccountId account, const DataKey& key) = 0;
    // The data key, unwrapped; nullopt once it has been destroyed.
    virtual std::optional<DataKey> find(store::Reader& reader, KeyId id) = 0;
    // Unwraps what a query has already joined in (key_wraps.epoch, key_wraps.wrapped).
    virtual DataKey unwrap(AccountId account, KeyId id, std::int64_t epoch, std::string_view wrapped) = 0;
    // Everything sealed with the key is unreadable from this commit on.
    virtual void destroy(store::Tx& tx, AccountId account, KeyId id) = 0;

    // The account's own key (agents' names, settings, account-level entries); cached.
    virtual DataKey account_key(store::Reader& reader, AccountId account) = 0;
    // Makes it, with the account: once per account, in the Tx that creates it.
    virtual DataKey make_account_key(store::Tx& tx, AccountId account) = 0;

    // HMAC-SHA-256 under a key derived from the installation key for this account and use
    // ("email look-up", "code", "cap" …). 32 bytes.
    virtual std::string account_hash(
        AccountId account, std::string_view use, std::string_view text
    ) = 0;
    // The same for what belongs to no account (people, tokens).
    virtual std::string installation_hash(std::string_view use, std::string_view text) = 0;

    // Wraps all living data keys under a new epoch key and destroys the old ones.
    virtual void new_epoch(store::Store& store) = 0;
};

}  // namespace quittance::keys
