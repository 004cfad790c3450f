#include "test/requests/office_fixture.h"

#include "ledger/ledger.h"
#include "people/company.h"
#include "requests/attestation.h"
#include "requests/closure.h"
#include "requests/history.h"
#include "requests/review.h"
#include "requests/templates.h"

namespace quittance::requests {
namespace {

constexpr auto add_account = "INSERT INTO accounts (id, key_id, created_at) VALUES (?, ?, ?)";
constexpr auto add_person = "INSERT INTO people (id, email_hash, created_at) VALUES (?, ?, ?)";
constexpr auto insert_agent =
    "INSERT INTO agents (account_id, id, person_id, role, sealed, created_at, archived_at, "
    "version) "
    "VALUES (?, ?, ?, 'agent', ?, ?, ?::bigint, 1)";
constexpr auto find_letters =
    "SELECT id, sealed FROM letters WHERE account_id = ? AND owner_id = ? ORDER BY id";
constexpr auto whole_request =
    "SELECT stage, proof, decision, ground, version, updated_at, closed_at, parked "
    "FROM requests WHERE account_id = ? AND id = ?";

}  // namespace

void OfficeTest::SetUp() {
    test::Databases::SetUp();
    if (IsSkipped()) return;
    keys_ = keys::KeyRing::in_memory();
    keys_->bind(store());
    office_ = std::make_unique<Office>(Office{
        .store = store(), .keys = *keys_, .public_url = "https://privacy.example.test"});
    open_account();
}

AgentId OfficeTest::add_agent(store::Tx& tx, bool archived) {
    const auto person = PersonId::make();
    const auto agent = AgentId::make();
    tx.run(add_person, {person, store::Blob{person.blob()}, tx.now()});
    tx.run(
        insert_agent, {account, agent, person, store::Blob{"sealed"}, tx.now(),
                       archived ? std::optional(tx.now()) : std::nullopt}
    );
    return agent;
}

void OfficeTest::open_account() {
    account = AccountId::make();
    jane = {.account = account, .agent = {}, .key = {}, .door = Door::site};
    write([&](store::Tx& tx) {
        const auto key = keys_->make_account_key(tx, account);
        tx.run(add_account, {account, key.id, tx.now()});
        ada = {.account = account, .agent = add_agent(tx, false), .key = {}, .door = Door::web};
        bob = {.account = account, .agent = add_agent(tx, false), .key = {}, .door = Door::web};
        gone = add_agent(tx, true);
        copy_default_templates(tx, ada);
    });
    people::Company company;
    company.name = "Acme Ltd";
    company.privacy_email = "privacy@acme.test";
    write([&](store::Tx& tx) { people::save_company(tx, ada, *keys_, company, std::nullopt); });
}

Intake OfficeTest::intake(std::string type, Channel channel) {
    Intake intake;
    intake.type = std::move(type);
    intake.channel = channel;
    intake.country = "FR";
    intake.received_on = today();
    intake.person.name = "Jane Zebedee Roe";
    intake.person.email = "Jane.Roe@mailbox.test";
    intake.person.details = {{"message", "Your message", "My customer number is KN-48151623"}};
    return intake;
}

Prepared OfficeTest::prepare(const Intake& intake) {
    return requests::prepare(office(), jane, intake);
}

Prepared OfficeTest::receive(const Intake& intake) {
    const auto prepared = prepare(intake);
    store().write(
        [&](store::Tx& tx) { requests::receive(tx, jane, office(), prepared); },
        store::Store::Lane::grouped
    );
    return prepared;
}

RequestId OfficeTest::request_in(Stage stage, const std::string& type) {
    const auto id = receive(type);
    if (row(id).proof != Proof::not_needed) verify(id);
    if (stage == Stage::review) return id;
    approve(id);
    if (stage == Stage::process) return id;
    attest(id);
    complete(id);
    if (stage == Stage::reply) return id;
    reply(id);
    close(id, Decision::granted);
    return id;
}

void OfficeTest::verify(RequestId id) {
    write([&](store::Tx& tx) {
        state_verified(tx, ada, office(), id, Method::known_to_agent, "She called from work");
    });
}

void OfficeTest::approve(RequestId id) {
    write([&](store::Tx& tx) { requests::approve(tx, ada, office(), id, std::nullopt); });
}

void OfficeTest::attest(RequestId id) {
    const std::string statement(statement_for(row(id).type));
    write([&](store::Tx& tx) {
        requests::attest(
            tx, ada, office(), id, {statement, std::vector<std::string>{"Shop"}, {}}, std::nullopt
        );
    });
}

void OfficeTest::complete(RequestId id) {
    write([&](store::Tx& tx) { requests::complete(tx, ada, office(), id, std::nullopt); });
}

void OfficeTest::reply(RequestId id) {
    ReplyOrder order;
    order.subject = "Your request";
    order.body = "Dear Jane, it is done.";
    write([&](store::Tx& tx) { requests::reply(tx, ada, office(), id, order); });
}

void OfficeTest::close(RequestId id, Decision decision) {
    write([&](store::Tx& tx) { requests::close(tx, ada, office(), id, decision, std::nullopt); });
}

Row OfficeTest::row(RequestId id) {
    return store().read([&](store::Reader& reader) { return look(reader, account, id); });
}

View OfficeTest::view(RequestId id) {
    return store().read([&](store::Reader& reader) {
        return requests::view(reader, office(), account, id);
    });
}

std::vector<std::string> OfficeTest::events(RequestId id) {
    const auto page = store().read([&](store::Reader& reader) {
        return history(reader, office(), account, id, 0, 200);
    });
    std::vector<std::string> events;
    for (const auto& entry : page.entries) events.push_back(entry.event);
    return events;
}

std::vector<mail::Letter> OfficeTest::letters(RequestId id) {
    return store().read([&](store::Reader& reader) {
        std::vector<std::pair<LetterId, std::string>> sealed;
        reader.each(find_letters, {account, id}, [&](const store::Row& row) {
            sealed.emplace_back(row.id<LetterId>(0), row.bytes(1));
        });
        std::vector<mail::Letter> letters;
        for (const auto& [letter, bytes] : sealed) {
            letters.push_back(mail::open(reader, keys(), account, letter, bytes));
        }
        return letters;
    });
}

std::int64_t OfficeTest::number(std::string_view sql, store::Values values) {
    return store().read([&](store::Reader& reader) {
        return reader.one(
                         sql, values, [](const store::Row& row) { return row.integer(0); }
        ).value_or(-1);
    });
}

std::string OfficeTest::everything_about(RequestId id) {
    return store().read([&](store::Reader& reader) {
        std::string all;
        reader.each(whole_request, {account, id}, [&](const store::Row& row) {
            for (const int column : {0, 1, 2, 3}) all += row.null(column) ? "-" : row.text(column);
            for (const int column : {4, 5, 6, 7}) {
                all += row.null(column) ? "-" : std::to_string(row.integer(column));
            }
        });
        for (const auto* table :
             {"entries", "stage_exits", "verifications", "identifiers", "proofs", "addresses",
              "attestations", "replies", "reply_drafts"}) {
            const auto sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM " + std::string(table) +
                             " WHERE account_id = ? AND request_id = ?";
            reader.each(sql, {account, id}, [&](const store::Row& row) {
                all += " " + std::string(table) + std::to_string(row.integer(0));
            });
        }
        reader.each(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM count_deltas WHERE account_id = ?", {account},
            [&](const store::Row& row) { all += " deltas" + std::to_string(row.integer(0)); }
        );
        reader.each(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM letters WHERE account_id = ?", {account},
            [&](const store::Row& row) { all += " letters" + std::to_string(row.integer(0)); }
        );
        return all;
    });
}

std::string OfficeTest::refusal(const std::function<void(store::Tx&)>& f) {
    try {
        write(f);
    } catch (const Refusal& refused) {
        if (refused.errors.empty()) return refused.code;
        return refused.code + " " + refused.errors.front().at + " " + refused.errors.front().code;
    }
    return "";
}

}  // namespace quittance::requests
