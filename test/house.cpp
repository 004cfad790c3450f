#include "test/house.h"

#include "http/target.h"
#include "people/accounts.h"
#include "people/api_keys.h"
#include "people/session.h"
#include "test/contract.h"

namespace quittance::test {
namespace {

namespace json = boost::json;

// One hash for everybody: making one takes a tenth of a second.
const people::PasswordHash& password_hash() {
    static const auto hash = people::hash_password(password);
    return hash;
}

http::Call call_of(
    const Visitor& visitor, Method method, std::string_view path, std::string_view body,
    const Fields& headers
) {
    http::Call call;
    call.method = method;
    http::set_target(call, path);
    call.remote = "127.0.0.1";
    call.body = std::string(body);
    if (!body.empty()) call.headers.set("content-type", "application/json");
    if (!visitor.session.empty()) {
        call.headers.set("cookie", "session=" + visitor.session);
        if (!visitor.origin.empty()) call.headers.set("origin", visitor.origin);
    }
    if (!visitor.key.empty()) call.headers.set("authorization", "Bearer " + visitor.key);
    for (const auto& [name, value] : headers) call.headers.set(name, value);
    return call;
}

// What is refused here must never have been taken, and what is taken must be in the contract.
void hold_against_contract(const http::Call& call, const http::Answer& answer) {
    EXPECT_LT(answer.status, 500) << call.route << " " << answer.body;
    const auto* operation = Contract::the().find(call.route);
    if (!operation || answer.status == 405) return;
    EXPECT_EQ(Contract::the().flaw_of_answer(*operation, answer), "")
        << call.route << " " << answer.status << " " << answer.body;
    if (answer.status < 300) {
        EXPECT_EQ(Contract::the().flaw_of_body(*operation, call.body), "")
            << call.route << " took " << call.body;
    }
}

std::shared_ptr<keys::KeyRing> bound_keys(store::Store& store) {
    auto keys = keys::KeyRing::in_memory();
    keys->bind(store);
    return keys;
}

constexpr auto count_rows = R"(
SELECT 'requests', COUNT(*), CAST(SUM(version) AS BIGINT) FROM requests
UNION ALL SELECT 'stage_exits', COUNT(*), 0 FROM stage_exits
UNION ALL SELECT 'verifications', COUNT(*), 0 FROM verifications
UNION ALL SELECT 'identifiers', COUNT(*), 0 FROM identifiers
UNION ALL SELECT 'proofs', COUNT(*), 0 FROM proofs
UNION ALL SELECT 'addresses', COUNT(*), 0 FROM addresses
UNION ALL SELECT 'attestations', COUNT(*), CAST(SUM(at) AS BIGINT) FROM attestations
UNION ALL SELECT 'reply_drafts', COUNT(*), CAST(SUM(version) AS BIGINT) FROM reply_drafts
UNION ALL SELECT 'replies', COUNT(*), 0 FROM replies
UNION ALL SELECT 'letters', COUNT(*), 0 FROM letters
UNION ALL SELECT 'entries', COUNT(*), 0 FROM entries
    WHERE event NOT IN ('refused', 'sign_in_failed')
UNION ALL SELECT 'count_deltas', COUNT(*), 0 FROM count_deltas
UNION ALL SELECT 'key_wraps', COUNT(*), 0 FROM key_wraps
UNION ALL SELECT 'accounts', COUNT(*), 0 FROM accounts
UNION ALL SELECT 'settings', COUNT(*), CAST(SUM(version) AS BIGINT) FROM settings
UNION ALL SELECT 'people', COUNT(*), 0 FROM people
UNION ALL SELECT 'agents', COUNT(*), CAST(SUM(version) AS BIGINT) FROM agents
UNION ALL SELECT 'sessions', COUNT(*), 0 FROM sessions
UNION ALL SELECT 'invitations', COUNT(*), 0 FROM invitations WHERE archived_at IS NULL
UNION ALL SELECT 'password_resets', COUNT(*), 0 FROM password_resets
UNION ALL SELECT 'api_keys', COUNT(*), 0 FROM api_keys WHERE archived_at IS NULL
UNION ALL SELECT 'idempotency_keys', COUNT(*), 0 FROM idempotency_keys
UNION ALL SELECT 'templates', COUNT(*), CAST(SUM(version) AS BIGINT) FROM templates)";

}  // namespace

json::value Reply::json() const {
    json::error_code error;
    auto value = json::parse(body, error);
    EXPECT_FALSE(error) << body;
    return value;
}

std::string Reply::text(std::string_view member) const {
    const auto value = json();
    const auto* found = value.is_object() ? value.get_object().if_contains(member) : nullptr;
    return found && found->is_string() ? std::string(found->get_string()) : "";
}

std::vector<std::string> Reply::places() const {
    std::vector<std::string> places;
    const auto value = json();
    if (const auto* errors = value.as_object().if_contains("errors")) {
        for (const auto& error : errors->as_array()) {
            places.emplace_back(error.at("at").as_string());
        }
    }
    return places;
}

std::string Reply::etag() const { return std::string(headers.find("etag").value_or("")); }

House::House(store::Store& store, std::string public_url)
    : store(store),
      inside(
          store, bound_keys(store),
          {.public_url = std::move(public_url),
           .post = {.dialling = {}, .instead = caught.transport()},
           .more_routes = {}}
      ) {}

House::~House() = default;

Reply House::raw(http::Call call) { return {inside.router().answer(call)}; }

Reply House::call(
    const Visitor& visitor, Method method, std::string_view path, std::string_view body,
    const Fields& headers
) {
    auto call = call_of(visitor, method, path, body, headers);
    Reply reply{inside.router().answer(call)};
    hold_against_contract(call, reply);
    return reply;
}

Visitor House::open_account(std::string_view company, const Player& owner) {
    return store.write([&](store::Tx& tx) {
        const Act act{AccountId::make(), AgentId::make(), {}, Door::command};
        const people::NewAccount account{
            std::string(company), std::string(owner.name), std::string(owner.email),
            std::string(password)};
        people::open_account(tx, act, inside.keys(), account, password_hash(), inside.furnish());
        const auto person = people::agent(tx, inside.keys(), act.account, *act.agent).person;
        const auto session =
            people::begin_session(tx, act.account, *act.agent, person, people::Role::owner);
        return Visitor{
            .account = act.account, .agent = *act.agent, .session = session.token, .key = ""};
    });
}

Visitor House::add_agent(const Visitor& owner, const Player& player) {
    return store.write([&](store::Tx& tx) {
        const Act act{owner.account, owner.agent, {}, Door::command};
        const auto joined = people::add_agent(
            tx, act, inside.keys(),
            {.id = AgentId::make(),
             .name = std::string(player.name),
             .email = EmailAddress::parse(player.email).value(),
             .role = player.role,
             .hash = password_hash()}
        );
        const auto session =
            people::begin_session(tx, owner.account, joined.agent, joined.person, player.role);
        return Visitor{
            .account = owner.account, .agent = joined.agent, .session = session.token, .key = ""};
    });
}

Visitor House::add_key(const Visitor& owner, const std::vector<std::string>& scopes) {
    const auto made = store.write([&](store::Tx& tx) {
        const Act act{owner.account, owner.agent, {}, Door::command};
        return people::add_api_key(tx, act, inside.keys(), {"a program", scopes});
    });
    return {.account = owner.account, .agent = {}, .session = "", .key = made.token};
}

std::string House::intake(const Visitor& visitor, const Player& requester, std::string_view type) {
    const json::object body{
        {"type", type},
        {"requester", {{"name", requester.name}, {"email", requester.email}}},
        {"country", "DE"},
        {"channel", "phone"},
        {"details", {{"message", "Please see to it. Grüße!"}}}};
    const auto reply = post(visitor, "/api/v1/requests", json::serialize(body));
    EXPECT_EQ(reply.status, 201) << reply.body;
    return "/api/v1/requests/" + reply.text("id");
}

std::string House::request_in(const Visitor& visitor, std::string_view stage) {
    const auto path = intake(visitor, mara, "erase");
    const auto step = [&](std::string_view name, std::string_view body, int status) {
        const auto reply = post(visitor, path + "/" + std::string(name), body);
        EXPECT_EQ(reply.status, status) << name << " " << reply.body;
    };
    step("verification", R"({"method":"known_to_agent","reason":"I rang her up."})", 201);
    if (stage == "review") return path;
    step("approval", "", 201);
    if (stage == "process") return path;
    EXPECT_EQ(
        put(visitor, path + "/attestation",
            R"({"statement":"All data was deleted","systems":["Shop"]})")
            .status,
        200
    );
    step("completion", "", 201);
    if (stage == "reply") return path;
    step("reply", R"({"sent_by":"letter","note":"Registered, on Monday."})", 202);
    step("closure", R"({"decision":"granted"})", 201);
    return path;
}

void House::forward(std::chrono::milliseconds by) {
    offset_ += by;
    store.set_clock_offset(offset_);
}

void House::deliver() {
    while (inside.post().round()) {
    }
}

std::string House::rows() {
    std::string rows;
    store.read([&](store::Reader& reader) {
        reader.each(count_rows, {}, [&](const store::Row& row) {
            rows += row.string(0) + " " + std::to_string(row.integer(1)) + " " +
                    (row.null(2) ? "-" : std::to_string(row.integer(2))) + "\n";
        });
    });
    return rows;
}

void InTheHouse::SetUp() {
    Databases::SetUp();
    if (IsSkipped()) return;
    house = std::make_unique<House>(store());
    owner = house->open_account(company, ingrid);
    agent = house->add_agent(owner, tomas);
    technician = house->add_agent(owner, yusuf);
    auditor = house->add_agent(owner, aiko);
    stranger = house->open_account(other_company, zoe);
}

void InTheHouse::TearDown() {
    house.reset();
    Databases::TearDown();
}

}  // namespace quittance::test
