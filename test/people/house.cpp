#include "test/people/house.h"

namespace quittance::people {
namespace {
// Hashing is slow on purpose; once per program is enough here.
const PasswordHash& good_hash() {
    static const auto hash = hash_password(good_password);
    return hash;
}
}  // namespace

void House::SetUp() {
    Databases::SetUp();
    if (IsSkipped()) return;
    ring->bind(store());
    reception.reception = std::make_unique<Reception>(Reception{
        store(), *ring, back_room, "https://q.example", [this] { ++letters_waiting; }});
}

Opened House::open_ada(const std::string& company, const std::string& email) {
    const Act act{AccountId::make(), AgentId::make(), std::nullopt, Door::command};
    return write([&](store::Tx& tx) {
        return open_account(
            tx, act, *ring, {company, "Ada Lovelace", email, good_password}, good_hash(), {}
        );
    });
}

Joined House::add(AccountId account, const std::string& name, const std::string& email, Role role) {
    const Act act{account, std::nullopt, std::nullopt, Door::command};
    return write([&](store::Tx& tx) {
        return add_agent(
            tx, act, *ring,
            {AgentId::make(), name, EmailAddress::parse(email).value(), role, good_hash()}
        );
    });
}

NewSession House::sign_in_as(
    const std::string& email, const std::string& password, std::optional<AccountId> account
) {
    return sign_in(reception, {email, password, account, client});
}

void House::pass(std::chrono::milliseconds time) {
    passed += time;
    store().set_clock_offset(passed);
}

void House::work_back_room() {
    while (back_room.work_one()) {
    }
}

constexpr auto list_letters = "SELECT id, sealed FROM letters WHERE account_id = ? ORDER BY id";

std::vector<mail::Letter> House::letters(AccountId account) {
    return read([&](store::Reader& reader) {
        struct Sealed {
            LetterId id;
            std::string bytes;
        };
        const auto rows = reader.all(list_letters, {account}, [](const store::Row& row) {
            return Sealed{row.id<LetterId>(0), row.bytes(1)};
        });
        std::vector<mail::Letter> letters;
        for (const auto& row : rows) {
            letters.push_back(mail::open(reader, *ring, account, row.id, row.bytes));
        }
        return letters;
    });
}

std::string House::token_in(const std::string& text) {
    const auto mark = text.find('#');
    if (mark == std::string::npos) return "";
    return text.substr(mark + 1, text.find('\n', mark) - mark - 1);
}

constexpr auto list_events = "SELECT event FROM entries WHERE account_id = ? ORDER BY sequence";

std::vector<std::string> House::events(AccountId account) {
    return read([&](store::Reader& reader) {
        return reader.all(list_events, {account}, [](const store::Row& row) {
            return row.string(0);
        });
    });
}

constexpr auto count_events = "SELECT count(*) FROM entries WHERE event = ?";

std::int64_t House::count(const std::string& event) {
    return read([&](store::Reader& reader) {
        return reader
            .one(count_events, {event}, [](const store::Row& row) { return row.integer(0); })
            .value_or(0);
    });
}

}  // namespace quittance::people
