// An account with letters to send, on either database.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <mutex>

#include "base/email_address.h"
#include "mail/post.h"
#include "test/databases.h"
#include "test/mail/sink.h"

namespace quittance::mail {

class PostOffice : public test::Databases {
protected:
    struct Told {
        std::optional<Uuid> owner;
        LetterId letter;
        std::string purpose;
        bool sent;
        std::string words;
    };

    void SetUp() override {
        Databases::SetUp();
        if (IsSkipped()) return;
        keys = keys::KeyRing::in_memory();
        keys->bind(store());
        act = new_account();
    }

    Act new_account() {
        Act fresh{AccountId::make(), {}, {}, Door::web};
        store().write([&](store::Tx& tx) {
            const auto key = keys->make_account_key(tx, fresh.account);
            tx.run(
                "INSERT INTO accounts (id, key_id, created_at) VALUES (?, ?, ?)",
                {fresh.account, key.id, tx.now()}
            );
        });
        return fresh;
    }

    SettingsOrder order_for(int port) const {
        return {
            .host = "127.0.0.1",
            .port = port,
            .security = Security::none,
            .sign_in = {},
            .password = {},
            .from = {"privacy@company.example", "Company"},
            .reply_to = {}};
    }
    void save(const Act& who, const SettingsOrder& order) {
        store().write([&](store::Tx& tx) { save_settings(tx, who, *keys, order, {}); });
    }
    void send_through(const Sink& sink) { save(act, order_for(sink.port())); }

    LetterId put(const Act& who, const std::string& to, Cap cap = Cap::none, Uuid owner = {}) {
        const auto id = LetterId::make();
        store().write([&](store::Tx& tx) {
            const auto key = keys->account_key(tx, who.account);
            const Letter letter{to, "Ada Löwe", "Your request", "Hello.\n", "en"};
            const auto purpose = cap == Cap::none ? "reply" : "verification";
            queue(tx, who, prepare(*keys, key, who.account, id, owner, purpose, letter, cap));
        });
        owners[id] = owner;
        return id;
    }
    LetterId put(const std::string& to, Cap cap = Cap::none) {
        return put(act, to, cap, Uuid::make());
    }

    std::unique_ptr<Post> post(PostOptions options = {}) {
        options.dialling.networks = {"127.0.0.0/8"};
        return std::make_unique<Post>(
            store(), *keys,
            [this](
                store::Tx&, const Act&, std::optional<Uuid> owner, LetterId letter,
                std::string_view purpose, bool sent, std::string_view words
            ) {
                const std::lock_guard lock(mutex);
                told.push_back({owner, letter, std::string(purpose), sent, std::string(words)});
            },
            options
        );
    }
    // Until there is nothing left to do now.
    void deliver(PostOptions options = {}) {
        const auto office = post(options);
        while (office->round()) {
        }
    }
    void later(std::chrono::milliseconds by) {
        offset += by;
        store().set_clock_offset(offset);
    }
    Standing standing(const Act& who, LetterId id) {
        return store().read([&](store::Reader& reader) {
            return letters_of(reader, who.account, owners.at(id)).at(0);
        });
    }
    Standing standing(LetterId id) { return standing(act, id); }
    Instant now() {
        return store().read([](store::Reader& reader) { return reader.now(); });
    }

    std::shared_ptr<keys::KeyRing> keys;
    Act act;
    std::map<LetterId, Uuid> owners;
    std::vector<Told> told;
    std::mutex mutex;
    std::chrono::milliseconds offset{0};
};

#define REQUIRE_THE_TOWN_AND_A_DATABASE() \
    if (IsSkipped()) GTEST_SKIP();        \
    REQUIRE_THE_TOWN()

}  // namespace quittance::mail
