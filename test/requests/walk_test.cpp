// One request from the form to its closure, and what it leaves behind.
#include <map>

#include "requests/address.h"
#include "requests/attestation.h"
#include "requests/closure.h"
#include "requests/history.h"
#include "requests/review.h"
#include "requests/verification.h"
#include "test/requests/office_fixture.h"

namespace quittance::requests {
namespace {

class Walk : public OfficeTest {
protected:
    // Through every function that takes words of people.
    RequestId whole_walk();
    std::vector<std::pair<std::string, std::string>> columns();
    HistoryPage page(RequestId id, std::int64_t after, int limit) {
        return store().read([&](store::Reader& reader) {
            return history(reader, office(), account, id, after, limit);
        });
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Walk, test::both(), test::name_of);

// What the people of this test typed, wherever they typed it.
const std::vector<std::string> words_of_people{
    "Zebedee", "Jane.Roe", "jane.roe", "mailbox.test", "48151623", "Quokka",  "Wombat", "Numbat",
    "Bilby",   "Potoroo",  "Bettong",  "Pademelon",    "Kowari",   "Dunnart", "Mulgara"};

RequestId Walk::whole_walk() {
    const auto prepared = receive(intake());
    const auto id = prepared.row.id;
    const auto address = store().read([&](store::Reader& reader) {
        return *find_address(reader, prepared.received_page->token);
    });
    const auto f = [&](const std::function<void(store::Tx&)>& step) { write(step); };
    f([&](auto& tx) { type_code(tx, jane, office(), address, "Quokka"); });
    f([&](auto& tx) { mail_fresh_code(tx, jane, office(), address); });
    f([&](auto& tx) { type_code(tx, jane, office(), address, prepared.proof->code); });
    f([&](auto& tx) {
        state_verified(tx, ada, office(), id, Method::known_to_agent, "She is called Wombat");
    });
    f([&](auto& tx) {
        attest_identifier(
            tx, ada, office(), id, "account_name", "Numbat", Method::document, "Seen on Bilby"
        );
    });
    approve(id);
    f([&](auto& tx) {
        requests::attest(
            tx, ada, office(), id,
            {"all data was deleted", std::vector<std::string>{"Potoroo"},
             std::vector<Exception>{{"Bettong", "tax_and_accounting", "Kowari"}}},
            {}
        );
    });
    complete(id);
    f([&](auto& tx) { save_draft(tx, ada, office(), id, {{}, "Dunnart", "Dear Pademelon"}); });
    ReplyOrder order;
    order.subject = "About Dunnart";
    order.body = "Dear Pademelon";
    f([&](auto& tx) { requests::reply(tx, ada, office(), id, order); });
    close(id, Decision::partly);

    const auto other = receive("erase");
    f([&](auto& tx) {
        reject(tx, ada, office(), other, {"suspected_fraud", "Mulgara wrote it", {{"Kowari"}}}, {});
    });
    f([&](auto& tx) { end(tx, ada, office(), other, Decision::spam, "From Mulgara", {}); });
    return id;
}

std::vector<std::pair<std::string, std::string>> Walk::columns() {
    const auto* sql =
        on_sqlite() ? "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p "
                      "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
                    : "SELECT table_name::text, column_name::text FROM information_schema.columns "
                      "WHERE table_schema = 'public'";
    return store().read([&](store::Reader& reader) {
        return reader.all(sql, {}, [](const store::Row& row) {
            return std::pair(row.string(0), row.string(1));
        });
    });
}

TEST_P(Walk, leaves_no_word_of_anybody_in_clear_in_any_column_of_any_table) {
    whole_walk();
    std::size_t cells = 0;
    for (const auto& [table, column] : columns()) {
        // Blobs as hexadecimal text: SQLite's hex() of whatever it is, PostgreSQL's own form.
        const auto cell_as_text = on_sqlite() ? "hex(" + column + ")" : "(" + column + ")::text";
        const auto sql =
            "SELECT " + cell_as_text + " FROM " + table + " WHERE " + column + " IS NOT NULL";
        store().read([&](store::Reader& reader) {
            reader.each(sql, {}, [&](const store::Row& row) {
                ++cells;
                const auto cell = row.string(0);
                for (const auto& word : words_of_people) {
                    std::string sought;
                    for (const unsigned char c : word) {
                        constexpr std::string_view digits = "0123456789ABCDEF";
                        sought += digits[c >> 4];
                        sought += digits[c & 15];
                    }
                    std::string upper = cell;
                    for (char& c : upper) c = static_cast<char>(std::toupper(c));
                    EXPECT_EQ(upper.find(sought), std::string::npos)
                        << word << " in " << table << "." << column;
                    EXPECT_EQ(cell.find(word), std::string::npos)
                        << word << " in " << table << "." << column;
                }
            });
        });
    }
    EXPECT_GT(cells, 500U);
}

TEST_P(Walk, is_told_by_history_from_the_first_to_the_last_step) {
    const auto id = whole_walk();
    EXPECT_EQ(
        events(id),
        (std::vector<std::string>{
            "received", "verification_mailed", "verified", "verified", "identifier_attested",
            "approved", "attested", "completed", "replied", "closed"})
    );
    for (const auto& entry : page(id, 0, 200).entries) {
        EXPECT_NE(words_for(entry), entry.event) << "history has no words for " << entry.event;
        ASSERT_TRUE(entry.detail);
        const bool by_requester = entry.door == "site";
        EXPECT_EQ(entry.agent.has_value(), !by_requester) << entry.event;
    }
    const auto last = page(id, 0, 200).entries.back();
    EXPECT_EQ(last.agent, ada.agent);
    EXPECT_EQ(last.detail->at("decision").as_string(), "partly");
}

TEST_P(Walk, is_told_in_words_that_nobody_typed) {
    const auto id = whole_walk();
    std::vector<std::string> told;
    for (const auto& entry : page(id, 0, 200).entries) told.push_back(words_for(entry));
    EXPECT_EQ(
        told, (std::vector<std::string>{
                  "Request received", "Verification mail queued", "Requester verified: by mail",
                  "Requester verified: known to the agent", "Identifier added",
                  "Continued to Process", "Attested", "Continued to Reply",
                  "Reply written: by e-mail", "Closed: granted in part"})
    );
    const auto other = receive("erase");
    write([&](store::Tx& tx) {
        reject(tx, ada, office(), other, {"cannot_identify", "Quokka", {}}, {});
    });
    write([&](store::Tx& tx) { withdraw(tx, jane, office(), other); });
    const auto entries = page(other, 0, 200).entries;
    EXPECT_EQ(words_for(entries.at(1)), "Rejected: We cannot tell who it is");
    EXPECT_EQ(words_for(entries.at(2)), "Ended: withdrawn by the requester");
}

TEST_P(Walk, is_told_a_page_at_a_time) {
    const auto id = whole_walk();
    std::vector<std::string> paged;
    std::int64_t after = 0;
    for (;;) {
        const auto found = page(id, after, 3);
        for (const auto& entry : found.entries) paged.push_back(entry.event);
        if (!found.next) break;
        after = *found.next;
    }
    EXPECT_EQ(paged, events(id));
    EXPECT_THROW(page(RequestId::make(), 0, 3), Refusal);
}

TEST_P(Walk, cannot_be_read_once_its_key_is_destroyed) {
    const auto id = request_in(Stage::closed);
    const auto key = row(id).key;
    write([&](store::Tx& tx) { keys().destroy(tx, account, key); });
    EXPECT_THROW(view(id), Refusal);
    const auto entries = page(id, 0, 200).entries;
    EXPECT_EQ(entries.size(), 7U);
    for (const auto& entry : entries) EXPECT_FALSE(entry.detail) << entry.event;
    EXPECT_EQ(
        refusal([&](store::Tx& tx) {
            letter_settled(tx, ada, office(), id, LetterId::make(), "reply", true, "");
        }),
        ""
    );
    EXPECT_EQ(page(id, 0, 200).entries.size(), 7U) << "of an erased request nothing is added";
}

}  // namespace
}  // namespace quittance::requests
