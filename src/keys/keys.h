// Keys: what seals personal data and what finds it again. The key file (outside the database,
// mode 0600) holds the installation key and the epoch keys; the database holds data keys wrapped
// under an epoch key. Formats are fixed for ever in docs/ledger.md, with test vectors.
//
// Knows nothing of requests, agents or letters: whoever seals says for which account, with which
// data key, under which purpose and row.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/id.h"
#include "store/store.h"

namespace quittance::keys {

constexpr std::size_t secret_bytes = 32;

// 32 secret bytes, wiped when they go.
class Secret {
public:
    // A fresh one.
    Secret();
    // Throws std::logic_error unless there are 32; the caller wipes its own copy.
    explicit Secret(std::string_view bytes);
    Secret(const Secret&) = default;
    Secret& operator=(const Secret&) = default;
    ~Secret();
    std::string_view bytes() const { return {bytes_.data(), bytes_.size()}; }

private:
    std::array<char, secret_bytes> bytes_;
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
    std::string_view row;      // the bytes of the row's id
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

    // Remembers the key file in a new database. Throws std::runtime_error with one sentence for the
    // operator when it belongs to another database or lacks an epoch key that this one needs.
    virtual void bind(store::Store& store) = 0;

    // A fresh data key. Its wrap must be stored in the same Tx as what it seals (store_wrap);
    // making it is free of the database, so it can happen before the Tx.
    virtual DataKey make() = 0;
    virtual void store_wrap(store::Tx& tx, AccountId account, const DataKey& key) = 0;
    // The data key, unwrapped; nullopt once it has been destroyed.
    virtual std::optional<DataKey> find(store::Reader& reader, KeyId id) = 0;
    // Unwraps what a query has already joined in (key_wraps.epoch, key_wraps.wrapped). Throws
    // Unsealable when it is damaged, another account's, or of an epoch that is not in the file.
    virtual DataKey unwrap(
        AccountId account, KeyId id, std::int64_t epoch, std::string_view wrapped
    ) = 0;
    // Everything sealed with the key is unreadable from this commit on.
    virtual void destroy(store::Tx& tx, AccountId account, KeyId id) = 0;

    // The account's own key (agents' names, settings, account-level entries); cached. Throws
    // Unsealable when there is no such account or its key has been destroyed.
    virtual DataKey account_key(store::Reader& reader, AccountId account) = 0;
    // Makes it and stores its wrap, in the Tx that creates the account, once; the caller puts its
    // id into accounts.key_id.
    virtual DataKey make_account_key(store::Tx& tx, AccountId account) = 0;

    // HMAC-SHA-256 under a key derived from the installation key for this account and use
    // ("email look-up", "code", "cap" …). 33 bytes: the hash version, then the HMAC.
    virtual std::string account_hash(
        AccountId account, std::string_view use, std::string_view text
    ) = 0;
    // The same for what belongs to no account (people, tokens).
    virtual std::string installation_hash(std::string_view use, std::string_view text) = 0;

    // Wraps all living data keys under a new epoch key and destroys the old ones, in batches. May
    // be interrupted anywhere: both epoch keys are in the file until the old one is needed no more,
    // and the next call finishes the work. Other nodes with the same file must be stopped.
    virtual void new_epoch(store::Store& store) = 0;
};

}  // namespace quittance::keys
