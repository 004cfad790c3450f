#include <condition_variable>
#include <mutex>
#include <shared_mutex>

#include "base/digest.h"
#include "keys/key_file.h"
#include "keys/keys.h"
#include "keys/sealing.h"

namespace quittance::keys {
namespace {

constexpr std::string_view hash_version_1("\x01", 1);

std::string keyed_hash(const Secret& installation, std::string_view of, std::string_view text) {
    std::string hash(hash_version_1);
    const Secret use_key(hmac_sha256(installation.bytes(), of));
    return hash + hmac_sha256(use_key.bytes(), text);
}

class Ring final : public KeyRing {
public:
    // Without a file the ring lives in memory only.
    Ring(std::string file, KeySet keys) : file_(std::move(file)), keys_(std::move(keys)) {}

    void bind(store::Store& store) override;

    DataKey make() override { return {KeyId::make(), Secret()}; }
    void store_wrap(store::Tx& tx, AccountId account, const DataKey& key) override;
    std::optional<DataKey> find(store::Reader& reader, KeyId id) override;
    DataKey unwrap(AccountId account, KeyId id, std::int64_t epoch, std::string_view wrapped)
        override;
    void destroy(store::Tx& tx, AccountId account, KeyId id) override;

    DataKey account_key(store::Reader& reader, AccountId account) override;
    DataKey make_account_key(store::Tx& tx, AccountId account) override;

    std::string account_hash(AccountId account, std::string_view use, std::string_view text)
        override;
    std::string installation_hash(std::string_view use, std::string_view text) override;

    void new_epoch(store::Store& store) override;

private:
    void require_epochs_of_accounts(store::Store& store);
    std::optional<Secret> epoch_key(std::int64_t epoch);
    // The number and key that wrap now, for as long as somebody holds on to them.
    struct Current {
        std::int64_t epoch;
        Secret secret;
        std::shared_ptr<void> hold;
    };
    Current current();
    void wait_for_holders_before(std::int64_t epoch);
    void read_file_again();
    std::int64_t begin_epoch();
    std::optional<Uuid> rewrap_batch(store::Tx& tx, std::int64_t epoch, const Uuid& after);
    void rewrap_all(store::Store& store, std::int64_t epoch);
    void forget_epochs_before(std::int64_t epoch);

    const std::string file_;
    std::shared_mutex mutex_;  // over the members below
    KeySet keys_;
    std::map<AccountId, DataKey> account_keys_;
    std::map<std::int64_t, int> holders_;  // by epoch
    std::condition_variable_any released_;
    std::mutex one_epoch_at_a_time_;
};

// --- which database the key file belongs to

constexpr auto find_installation = "SELECT id, key_check FROM installation WHERE one = 1";

constexpr auto insert_installation =
    "INSERT INTO installation (one, id, key_check, created_at) VALUES (1, ?, ?, ?) "
    "ON CONFLICT DO NOTHING";

void Ring::bind(store::Store& store) {
    const auto found = [&] {
        return store.read([&](store::Reader& reader) {
            return reader.one(find_installation, {}, [](const store::Row& row) {
                return std::pair(row.id<Uuid>(0), row.bytes(1));
            });
        });
    };
    auto installation = found();
    if (!installation) {
        const auto id = Uuid::make();
        const auto check = installation_hash("key check", id.blob());
        store.write([&](store::Tx& tx) {
            tx.run(insert_installation, {id, store::Blob{check}, tx.now()});
        });
        // Another node may have been quicker: what the database holds now counts.
        installation = found();
    }
    const auto& [id, check] = installation.value();
    if (!equal_in_constant_time(check, installation_hash("key check", id.blob()))) {
        throw std::runtime_error(
            "The key file " + file_ +
            " does not belong to this database; start with the one that " +
            "does, or nothing in it can be read."
        );
    }
    require_epochs_of_accounts(store);
}

// All data keys would be the full test, but may be millions; accounts are few, and an epoch that
// is missing for requests only was destroyed by new_epoch, which rewraps accounts as well.
constexpr auto epochs_of_accounts =
    "SELECT DISTINCT w.epoch FROM accounts a JOIN key_wraps w ON w.id = a.key_id";

void Ring::require_epochs_of_accounts(store::Store& store) {
    const auto epochs = store.read([&](store::Reader& reader) {
        return reader.all(epochs_of_accounts, {}, [](const store::Row& row) {
            return row.integer(0);
        });
    });
    for (const auto epoch : epochs) {
        if (epoch_key(epoch)) continue;
        throw std::runtime_error(
            "The key file " + file_ + " lacks epoch " + std::to_string(epoch) +
            ", which this database needs; it is an older or newer copy than the one in use."
        );
    }
}

// --- epoch keys

std::optional<Secret> Ring::epoch_key(std::int64_t epoch) {
    for (const bool again : {false, true}) {
        // Another process may have begun an epoch since we read the file.
        if (again) read_file_again();
        const std::shared_lock lock(mutex_);
        const auto found = keys_.epochs.find(epoch);
        if (found != keys_.epochs.end()) return found->second;
    }
    return std::nullopt;
}

Ring::Current Ring::current() {
    const std::unique_lock lock(mutex_);
    const auto& [epoch, secret] = *keys_.epochs.rbegin();
    ++holders_[epoch];
    const auto release = [this, held = epoch](void*) {
        const std::unique_lock again(mutex_);
        if (--holders_[held] == 0) holders_.erase(held);
        released_.notify_all();
    };
    return {epoch, secret, std::shared_ptr<void>(this, release)};
}

void Ring::wait_for_holders_before(std::int64_t epoch) {
    std::unique_lock lock(mutex_);
    released_.wait(lock, [&] { return holders_.empty() || holders_.begin()->first >= epoch; });
}

void Ring::read_file_again() {
    if (file_.empty()) return;
    auto fresh = read_key_file(file_);
    const std::unique_lock lock(mutex_);
    if (fresh.installation.bytes() == keys_.installation.bytes()) keys_ = std::move(fresh);
}

// --- data keys

constexpr auto insert_wrap =
    "INSERT INTO key_wraps (id, account_id, epoch, wrapped) VALUES (?, ?, ?, ?)";

void Ring::store_wrap(store::Tx& tx, AccountId account, const DataKey& key) {
    auto now = current();
    const auto wrapped = wrap_with(random_bytes(nonce_bytes), now.secret, account, key);
    tx.run(insert_wrap, {key.id, account, now.epoch, store::Blob{wrapped}});
    // Held until the Tx has ended, either way: new_epoch must not overlook a wrap that is under
    // way.
    tx.after_commit([hold = std::move(now.hold)] {});
}

constexpr auto find_wrap = "SELECT account_id, epoch, wrapped FROM key_wraps WHERE id = ?";

std::optional<DataKey> Ring::find(store::Reader& reader, KeyId id) {
    return reader.one(find_wrap, {id}, [&](const store::Row& row) {
        return unwrap(row.id<AccountId>(0), id, row.integer(1), row.blob(2));
    });
}

DataKey Ring::unwrap(AccountId account, KeyId id, std::int64_t epoch, std::string_view wrapped) {
    const auto secret = epoch_key(epoch);
    if (!secret) {
        throw Unsealable("epoch " + std::to_string(epoch) + " is not in the key file");
    }
    return unwrap_with(*secret, account, id, wrapped);
}

constexpr auto delete_wrap = "DELETE FROM key_wraps WHERE id = ? AND account_id = ?";

void Ring::destroy(store::Tx& tx, AccountId account, KeyId id) {
    tx.run(delete_wrap, {id, account});
    tx.after_commit([self = this, account, id] {
        const std::unique_lock lock(self->mutex_);
        const auto cached = self->account_keys_.find(account);
        if (cached != self->account_keys_.end() && cached->second.id == id) {
            self->account_keys_.erase(cached);
        }
    });
}

// --- account keys

constexpr auto find_account_key =
    "SELECT w.id, w.epoch, w.wrapped FROM accounts a JOIN key_wraps w ON w.id = a.key_id "
    "WHERE a.id = ?";

DataKey Ring::account_key(store::Reader& reader, AccountId account) {
    {
        const std::shared_lock lock(mutex_);
        const auto cached = account_keys_.find(account);
        if (cached != account_keys_.end()) return cached->second;
    }
    const auto key = reader.one(find_account_key, {account}, [&](const store::Row& row) {
        return unwrap(account, row.id<KeyId>(0), row.integer(1), row.blob(2));
    });
    if (!key) throw Unsealable("the account " + account.text() + " has no key");
    const std::unique_lock lock(mutex_);
    return account_keys_.insert_or_assign(account, *key).first->second;
}

DataKey Ring::make_account_key(store::Tx& tx, AccountId account) {
    auto key = make();
    store_wrap(tx, account, key);
    // A Tx that runs again makes another key: what an earlier run left in the cache must not seal.
    const std::unique_lock lock(mutex_);
    return account_keys_.insert_or_assign(account, std::move(key)).first->second;
}

// --- keyed hashes

std::string Ring::account_hash(AccountId account, std::string_view use, std::string_view text) {
    const std::shared_lock lock(mutex_);
    return keyed_hash(
        keys_.installation, list({"account", account.blob(), use, hash_version_1}), text
    );
}

std::string Ring::installation_hash(std::string_view use, std::string_view text) {
    const std::shared_lock lock(mutex_);
    return keyed_hash(keys_.installation, list({"installation", use, hash_version_1}), text);
}

// --- a new epoch

std::int64_t Ring::begin_epoch() {
    read_file_again();
    const std::unique_lock lock(mutex_);
    auto with_new = keys_;
    const auto epoch = with_new.epochs.rbegin()->first + 1;
    with_new.epochs.emplace(epoch, Secret());
    // On the disk before anything is wrapped under it.
    if (!file_.empty()) replace_key_file(file_, with_new);
    keys_ = std::move(with_new);
    return epoch;
}

constexpr auto find_old_wraps =
    "SELECT id, account_id, epoch, wrapped FROM key_wraps WHERE id > ? AND epoch <> ? "
    "ORDER BY id LIMIT 500";

// Changes nothing when the key has been destroyed since it was read.
constexpr auto update_wrap =
    "UPDATE key_wraps SET epoch = ?, wrapped = ? WHERE id = ? AND epoch = ?";

std::optional<Uuid> Ring::rewrap_batch(store::Tx& tx, std::int64_t epoch, const Uuid& after) {
    struct Old {
        std::int64_t epoch;
        AccountId account;
        DataKey key;
    };
    const auto batch = tx.all(find_old_wraps, {after, epoch}, [&](const store::Row& row) {
        const auto account = row.id<AccountId>(1);
        const auto old = row.integer(2);
        return Old{old, account, unwrap(account, row.id<KeyId>(0), old, row.blob(3))};
    });
    const auto secret = epoch_key(epoch).value();
    for (const auto& old : batch) {
        const auto wrapped = wrap_with(random_bytes(nonce_bytes), secret, old.account, old.key);
        tx.run(update_wrap, {epoch, store::Blob{wrapped}, old.key.id, old.epoch});
    }
    return batch.empty() ? std::nullopt : std::optional(batch.back().key.id.uuid);
}

constexpr auto any_old_wrap = "SELECT 1 FROM key_wraps WHERE epoch <> ? LIMIT 1";

// Waits on PostgreSQL for a transaction whose COMMIT was sent and never answered. SQLite has no
// such thing.
constexpr auto wait_for_writers = "LOCK TABLE key_wraps IN SHARE MODE";

void Ring::rewrap_all(store::Store& store, std::int64_t epoch) {
    wait_for_holders_before(epoch);
    for (;;) {
        auto after = std::optional(Uuid{});
        while (after) {
            after = store.write([&](store::Tx& tx) { return rewrap_batch(tx, epoch, *after); });
        }
        const bool left = store.write([&](store::Tx& tx) {
            if (store.dialect() == store::Dialect::postgresql) tx.run(wait_for_writers, {});
            return tx.any(any_old_wrap, {epoch});
        });
        if (!left) return;
    }
}

void Ring::forget_epochs_before(std::int64_t epoch) {
    const std::unique_lock lock(mutex_);
    auto kept = keys_;
    kept.epochs.erase(kept.epochs.begin(), kept.epochs.find(epoch));
    if (!file_.empty()) replace_key_file(file_, kept);
    keys_ = std::move(kept);
}

void Ring::new_epoch(store::Store& store) {
    const std::lock_guard one(one_epoch_at_a_time_);
    const auto epoch = begin_epoch();
    rewrap_all(store, epoch);
    // The old wraps leave the write-ahead log before their key leaves the file.
    store.checkpoint();
    forget_epochs_before(epoch);
}

}  // namespace

std::shared_ptr<KeyRing> KeyRing::load(const std::string& file, bool may_create) {
    if (!key_file_exists(file)) {
        if (!may_create) {
            throw std::runtime_error(
                "There is no key file " + file + "; without it nothing in the database can be read."
            );
        }
        make_key_file(file, KeySet::fresh());
    }
    // Also after making it: another process may have been quicker.
    return std::make_shared<Ring>(file, read_key_file(file));
}

std::shared_ptr<KeyRing> KeyRing::in_memory() {
    return std::make_shared<Ring>("", KeySet::fresh());
}

}  // namespace quittance::keys
