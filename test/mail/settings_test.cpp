#include "mail/settings.h"

#include "base/json.h"
#include "test/mail/post_office.h"

namespace quittance::mail {
namespace {

class MailSettings : public PostOffice {
protected:
    SettingsOrder order(std::optional<std::string> password = "s3cret word") const {
        return {
            .host = "mail.company.example",
            .port = 587,
            .security = Security::starttls,
            .sign_in = "privacy",
            .password = std::move(password),
            .from = {"privacy@company.example", "Company"},
            .reply_to = "dpo@company.example"};
    }
    std::optional<Settings> stored() {
        return store().read([&](store::Reader& reader) {
            return find_settings(reader, *keys, act.account);
        });
    }
    std::string wrong(const SettingsOrder& order) {
        std::string all;
        const auto errors = flaws(order, stored());
        for (const auto& error : errors) all += error.at + " " + error.code + ";";
        return all;
    }
};
INSTANTIATE_TEST_SUITE_P(databases, MailSettings, test::both(), test::name_of);

TEST_P(MailSettings, name_the_field_that_is_wrong) {
    auto bad = order();
    bad.host = "mail server";
    EXPECT_EQ(wrong(bad), "/host not_a_host;");
    for (const auto* host : {"", "a..b", ".a", "-a", "a/b", "a:25", "user@host", "1.2.3"}) {
        bad.host = host;
        EXPECT_EQ(wrong(bad), "/host not_a_host;") << host;
    }
    bad = order();
    bad.port = 0;
    EXPECT_EQ(wrong(bad), "/port out_of_range;");
    bad = order();
    bad.security = Security::none;
    EXPECT_EQ(wrong(bad), "/security only_on_loopback;");
    bad = order();
    bad.from.name = "Company\r\nBcc: x@example.com";
    EXPECT_EQ(wrong(bad), "/from/name one_line;");
    bad.from.name = std::string(201, 'x');
    EXPECT_EQ(wrong(bad), "/from/name too_long;");
    bad = order();
    bad.from.address = "nobody";
    bad.reply_to = "a@b c";
    EXPECT_EQ(wrong(bad), "/from/address not_an_email;/reply_to not_an_email;");
    EXPECT_EQ(wrong(order(std::nullopt)), "/password required;");
    EXPECT_EQ(wrong(order()), "");
    EXPECT_THROW(save(act, bad), Refusal);
    EXPECT_FALSE(stored());
}

TEST_P(MailSettings, a_stored_password_never_goes_to_another_host_or_in_the_clear) {
    save(act, order());
    EXPECT_EQ(wrong(order(std::nullopt)), "");
    auto moved = order(std::nullopt);
    moved.host = "mail.elsewhere.example";
    EXPECT_EQ(wrong(moved), "/password required;");
    moved = order(std::nullopt);
    moved.port = 2525;
    EXPECT_EQ(wrong(moved), "/password required;");
    moved = order(std::nullopt);
    moved.sign_in = "somebody";
    EXPECT_EQ(wrong(moved), "/password required;");
}

TEST_P(MailSettings, the_password_stays_when_it_is_not_given_and_is_never_shown) {
    save(act, order());
    auto change = order(std::nullopt);
    change.from.name = "The Company";
    save(act, change);
    EXPECT_EQ(stored()->server.password, "s3cret word");
    EXPECT_EQ(stored()->sender.name, "The Company");
    const auto shown = write_json(view_of(*stored()));
    EXPECT_EQ(shown.find("s3cret"), std::string::npos) << shown;
    EXPECT_NE(shown.find(R"("has_password":true)"), std::string::npos) << shown;

    change = order(std::nullopt);
    change.sign_in = {};
    save(act, change);
    EXPECT_EQ(stored()->server.password, "");
    EXPECT_FALSE(view_of(*stored()).has_password);
}

TEST_P(MailSettings, are_sealed_in_the_database) {
    save(act, order());
    store().read([&](store::Reader& reader) {
        reader.each("SELECT sealed FROM settings", {}, [](const store::Row& row) {
            EXPECT_EQ(row.bytes(0).find("s3cret"), std::string::npos);
            EXPECT_EQ(row.bytes(0).find("company"), std::string::npos);
        });
    });
}

TEST_P(MailSettings, a_change_of_an_old_version_is_refused) {
    const auto version = [&] {
        return store().read([&](auto& reader) { return settings_version(reader, act.account); });
    };
    EXPECT_EQ(version(), 0);
    save(act, order());
    EXPECT_EQ(version(), 1);
    const auto change = [&](std::int64_t if_match) {
        store().write([&](store::Tx& tx) { save_settings(tx, act, *keys, order(), if_match); });
    };
    change(1);
    EXPECT_EQ(version(), 2);
    try {
        change(1);
        FAIL() << "an old version was accepted";
    } catch (const Refusal& refusal) {
        EXPECT_EQ(refusal.code, "stale");
    }
    EXPECT_EQ(version(), 2);
}

TEST_P(MailSettings, are_another_accounts_business) {
    save(act, order());
    const auto other = new_account();
    store().read([&](store::Reader& reader) {
        EXPECT_FALSE(find_settings(reader, *keys, other.account));
        EXPECT_EQ(settings_version(reader, other.account), 0);
    });
}

TEST_P(MailSettings, a_change_is_recorded) {
    save(act, order());
    int entries = 0;
    store().read([&](store::Reader& reader) {
        reader.each(
            "SELECT id, sealed FROM entries WHERE account_id = ? AND event = 'settings_changed'",
            {act.account}, [&](const store::Row&) { ++entries; }
        );
    });
    EXPECT_EQ(entries, 1);
}

}  // namespace
}  // namespace quittance::mail
