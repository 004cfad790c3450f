#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <thread>

#include "base/digest.h"
#include "keys/key_file.h"
#include "test/databases.h"

namespace quittance::keys {
namespace {

namespace fs = std::filesystem;

constexpr auto insert_account = "INSERT INTO accounts (id, key_id, created_at) VALUES (?, ?, ?)";
constexpr auto read_wrap = "SELECT epoch, wrapped FROM key_wraps WHERE id = ?";
constexpr auto change_epoch = "UPDATE key_wraps SET epoch = epoch + 7 WHERE id = ?";
constexpr auto give_away = "UPDATE key_wraps SET account_id = ? WHERE id = ?";

class Keys : public test::Databases {
public:
    Keys() { fs::create_directory(folder); }
    ~Keys() override { fs::remove_all(folder); }

protected:
    std::shared_ptr<KeyRing> load(bool may_create = false) {
        return KeyRing::load(file, may_create);
    }

    DataKey stored(KeyRing& ring, AccountId account) {
        auto key = ring.make();
        store().write([&](store::Tx& tx) { ring.store_wrap(tx, account, key); });
        return key;
    }
    AccountId new_account(KeyRing& ring) {
        const auto account = AccountId::make();
        store().write([&](store::Tx& tx) {
            const auto key = ring.make_account_key(tx, account);
            tx.run(insert_account, {account, key.id, tx.now()});
        });
        return account;
    }
    std::optional<DataKey> find(KeyRing& ring, KeyId id) {
        return store().read([&](store::Reader& reader) { return ring.find(reader, id); });
    }
    DataKey account_key(KeyRing& ring, AccountId account) {
        return store().read([&](store::Reader& reader) { return ring.account_key(reader, account); }
        );
    }
    std::int64_t epoch_of(KeyId id) {
        return store()
            .read([&](store::Reader& reader) {
                return reader.one(read_wrap, {id}, [](const auto& row) { return row.integer(0); });
            })
            .value();
    }

    const fs::path folder = fs::temp_directory_path() / ("quittance-ring-" + random_token());
    const std::string file = folder / "keys";
};
INSTANTIATE_TEST_SUITE_P(databases, Keys, test::both(), test::name_of);

TEST_P(Keys, of_another_database_are_refused) {
    load(true)->bind(store());
    fs::rename(file, folder / "elsewhere");
    const auto foreign = load(true);
    EXPECT_THROW(foreign->bind(store()), std::runtime_error);
    EXPECT_NO_THROW(KeyRing::load(folder / "elsewhere", false)->bind(store()));
}

TEST_P(Keys, from_an_older_copy_of_the_file_are_refused) {
    const auto ring = load(true);
    ring->bind(store());
    new_account(*ring);
    fs::copy_file(file, folder / "copy");
    ring->new_epoch(store());
    EXPECT_THROW(KeyRing::load(folder / "copy", false)->bind(store()), std::runtime_error);
    EXPECT_NO_THROW(load()->bind(store()));
}

TEST_P(Keys, moved_to_another_account_or_epoch_do_not_unwrap) {
    const auto ring = KeyRing::in_memory();
    const auto key = stored(*ring, AccountId::make());
    store().write([&](store::Tx& tx) { tx.run(give_away, {AccountId::make(), key.id}); });
    EXPECT_THROW(find(*ring, key.id), Unsealable);
    const auto other = stored(*ring, AccountId::make());
    store().write([&](store::Tx& tx) { tx.run(change_epoch, {other.id}); });
    EXPECT_THROW(find(*ring, other.id), Unsealable);
}

TEST_P(Keys, are_found_again_after_a_restart) {
    auto ring = load(true);
    ring->bind(store());
    const auto key = stored(*ring, AccountId::make());
    ring = load();
    ring->bind(store());
    EXPECT_EQ(find(*ring, key.id)->secret.bytes(), key.secret.bytes());
    EXPECT_EQ(find(*ring, KeyId::make()), std::nullopt);
}

TEST_P(Keys, never_stand_unwrapped_in_the_database) {
    const auto ring = KeyRing::in_memory();
    const auto key = stored(*ring, AccountId::make());
    store().read([&](store::Reader& reader) {
        reader.each(read_wrap, {key.id}, [&](const store::Row& row) {
            EXPECT_EQ(row.blob(1).find(key.secret.bytes()), std::string_view::npos);
        });
    });
}

TEST_P(Keys, that_are_destroyed_are_gone_and_only_for_their_account) {
    const auto ring = KeyRing::in_memory();
    const auto account = AccountId::make();
    const auto key = stored(*ring, account);
    store().write([&](store::Tx& tx) { ring->destroy(tx, AccountId::make(), key.id); });
    EXPECT_TRUE(find(*ring, key.id));
    store().write([&](store::Tx& tx) { ring->destroy(tx, account, key.id); });
    EXPECT_FALSE(find(*ring, key.id));
}

TEST_P(Keys, of_an_account_are_one_each_and_not_cached_once_destroyed) {
    const auto ring = KeyRing::in_memory();
    const auto account = new_account(*ring);
    const auto key = account_key(*ring, account);
    EXPECT_EQ(account_key(*ring, account).secret.bytes(), key.secret.bytes());
    EXPECT_NE(account_key(*ring, new_account(*ring)).secret.bytes(), key.secret.bytes());
    EXPECT_THROW(account_key(*ring, AccountId::make()), Unsealable);
    store().write([&](store::Tx& tx) { ring->destroy(tx, account, key.id); });
    EXPECT_THROW(account_key(*ring, account), Unsealable);
}

TEST_P(Keys, of_a_refused_destruction_stay) {
    const auto ring = KeyRing::in_memory();
    const auto account = AccountId::make();
    const auto key = stored(*ring, account);
    EXPECT_THROW(
        store().write([&](store::Tx& tx) {
            ring->destroy(tx, account, key.id);
            throw Refusal(No::conflict, "not_in_stage");
        }),
        Refusal
    );
    EXPECT_TRUE(find(*ring, key.id));
}

TEST_P(Keys, are_all_rewrapped_in_a_new_epoch_and_the_old_epoch_leaves_the_file) {
    const auto ring = load(true);
    ring->bind(store());
    const auto account = new_account(*ring);
    std::vector<DataKey> keys;
    store().write([&](store::Tx& tx) {
        keys.clear();
        for (int i = 0; i < 1'203; ++i) {  // more than two batches
            keys.push_back(ring->make());
            ring->store_wrap(tx, account, keys.back());
        }
    });
    const auto old_file = read_key_file(file);
    ring->new_epoch(store());

    const auto new_file = read_key_file(file);
    ASSERT_EQ(new_file.epochs.size(), 1);
    EXPECT_EQ(new_file.epochs.begin()->first, 2);
    EXPECT_EQ(new_file.installation.bytes(), old_file.installation.bytes());
    EXPECT_NE(new_file.epochs.at(2).bytes(), old_file.epochs.at(1).bytes());
    const auto restarted = load();
    for (const auto& key : keys) {
        ASSERT_EQ(epoch_of(key.id), 2);
        ASSERT_EQ(find(*restarted, key.id)->secret.bytes(), key.secret.bytes());
    }
    EXPECT_EQ(
        account_key(*restarted, account).secret.bytes(), account_key(*ring, account).secret.bytes()
    );
}

TEST_P(Keys, that_are_stored_while_the_epoch_changes_are_not_lost) {
    const auto ring = load(true);
    const auto account = AccountId::make();
    std::vector<std::vector<DataKey>> stored_keys(4);
    std::vector<std::thread> clients;
    for (auto& keys : stored_keys) {
        clients.emplace_back([&] {
            for (int i = 0; i < 50; ++i) keys.push_back(stored(*ring, account));
        });
    }
    ring->new_epoch(store());
    ring->new_epoch(store());
    for (auto& client : clients) client.join();
    const auto restarted = load();
    for (const auto& keys : stored_keys) {
        for (const auto& key : keys) {
            ASSERT_EQ(find(*restarted, key.id)->secret.bytes(), key.secret.bytes());
        }
    }
}

TEST_P(Keys, of_a_refused_change_do_not_hold_up_the_next_epoch) {
    const auto ring = load(true);
    const auto key = ring->make();
    EXPECT_THROW(
        store().write([&](store::Tx& tx) {
            ring->store_wrap(tx, AccountId::make(), key);
            throw Refusal(No::conflict, "not_in_stage");
        }),
        Refusal
    );
    ring->new_epoch(store());
    EXPECT_EQ(find(*ring, key.id), std::nullopt);
}

TEST_P(Keys, survive_a_change_of_epoch_that_died_half_way) {
    auto ring = load(true);
    ring->bind(store());
    const auto account = new_account(*ring);
    const auto early = stored(*ring, account);
    // What a crash after the first write of the file leaves: both epochs, wraps of the old one.
    auto both = read_key_file(file);
    both.epochs.emplace(2, Secret());
    replace_key_file(file, both);

    ring = load();
    ring->bind(store());
    const auto late = stored(*ring, account);
    EXPECT_EQ(epoch_of(early.id), 1);
    EXPECT_EQ(epoch_of(late.id), 2);
    EXPECT_EQ(find(*ring, early.id)->secret.bytes(), early.secret.bytes());

    ring->new_epoch(store());
    EXPECT_EQ(read_key_file(file).epochs.size(), 1);
    EXPECT_EQ(epoch_of(early.id), 3);
    EXPECT_EQ(epoch_of(late.id), 3);
    EXPECT_EQ(find(*load(), early.id)->secret.bytes(), early.secret.bytes());
}

TEST_P(Keys, keep_the_old_epoch_when_a_wrap_cannot_be_opened) {
    const auto ring = load(true);
    const auto account = AccountId::make();
    const auto key = stored(*ring, account);
    const auto damaged = stored(*ring, account);
    store().write([&](store::Tx& tx) { tx.run(give_away, {AccountId::make(), damaged.id}); });
    EXPECT_THROW(ring->new_epoch(store()), Unsealable);
    EXPECT_EQ(read_key_file(file).epochs.size(), 2);
    EXPECT_EQ(find(*load(), key.id)->secret.bytes(), key.secret.bytes());
}

TEST_P(Keys, of_an_epoch_that_another_process_began_are_found_in_the_file) {
    const auto ring = load(true);
    const auto other = load();
    const auto key = stored(*ring, AccountId::make());
    ring->new_epoch(store());
    EXPECT_EQ(find(*other, key.id)->secret.bytes(), key.secret.bytes());
}

}  // namespace
}  // namespace quittance::keys
