#include "requests/reply.h"

#include "base/email_address.h"
#include "base/json.h"
#include "ledger/ledger.h"
#include "mail/letter.h"
#include "requests/stage.h"
#include "requests/texts.h"
#include "requests/verification.h"

namespace quittance::requests {
namespace {

constexpr std::string_view draft_purpose = "reply draft";
constexpr std::string_view reply_purpose = "reply";

struct SealedReply {
    std::string to;
    std::string subject;
    std::string body;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(SealedReply, (), (to, subject, body, note))

constexpr auto find_unfailed =
    "SELECT 1 FROM replies p LEFT JOIN letters l "
    "ON l.account_id = p.account_id AND l.id = p.letter_id "
    "WHERE p.account_id = ? AND p.request_id = ? AND (l.id IS NULL OR l.state <> 'failed')";

constexpr auto put_draft =
    "INSERT INTO reply_drafts (account_id, request_id, agent_id, sealed, version, at) "
    "VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT (account_id, request_id) DO UPDATE SET "
    "agent_id = excluded.agent_id, sealed = excluded.sealed, "
    "version = reply_drafts.version + 1, at = excluded.at";

constexpr auto find_draft =
    "SELECT agent_id, sealed, at, version FROM reply_drafts WHERE account_id = ? AND request_id = "
    "?";

constexpr auto drop_draft = "DELETE FROM reply_drafts WHERE account_id = ? AND request_id = ?";

constexpr auto add_reply =
    "INSERT INTO replies (account_id, request_id, id, sent_by, letter_id, template_id, agent_id, "
    "sealed, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

constexpr auto find_replies =
    "SELECT p.id, p.sent_by, p.letter_id, p.template_id, p.agent_id, p.sealed, p.at, "
    "COALESCE(l.state, 'sent'), "
    "l.last_error FROM replies p LEFT JOIN letters l "
    "ON l.account_id = p.account_id AND l.id = p.letter_id "
    "WHERE p.account_id = ? AND p.request_id = ? ORDER BY p.at, p.id";

constexpr auto move_letter =
    "UPDATE replies SET letter_id = ?, sealed = ? "
    "WHERE account_id = ? AND request_id = ? AND id = ?";

// Which of the three kinds of order it is, with everything that is wrong about it.
void check(const ReplyOrder& order) {
    std::vector<FieldError> errors;
    const bool by_mail = !order.sent_by || *order.sent_by == SentBy::email;
    if (!by_mail) {
        if (order.template_) errors.push_back({"/template", "not_with_sent_by"});
        if (order.subject) check_text(errors, "/subject", *order.subject, 0, subject_characters);
        if (order.body) check_text(errors, "/body", *order.body, 0, message_characters);
        check_text(errors, "/note", order.note.value_or(""), 0, reason_characters);
    } else if (order.template_) {
        if (order.subject) errors.push_back({"/subject", "not_with_template"});
        if (order.body) errors.push_back({"/body", "not_with_template"});
    } else {
        check_text(errors, "/subject", order.subject.value_or(""), 1, subject_characters);
        check_text(errors, "/body", order.body.value_or(""), 1, message_characters);
        check_one_line(errors, "/subject", order.subject.value_or(""));
    }
    if (!errors.empty()) throw Refusal(std::move(errors));
}

void seal_reply(
    store::Tx& tx, const Act& act, const Row& row, const keys::DataKey& key, Uuid id,
    const ReplyOrder& order, const SealedReply& sealed, std::optional<Uuid> letter
) {
    const auto sent_by = order.sent_by.value_or(SentBy::email);
    tx.run(
        add_reply,
        {row.account, row.id, id, name_of(sent_by), letter, order.template_, act.agent,
         store::Blob{keys::seal(key, {row.account, reply_purpose, id.blob()}, write_json(sealed))},
         tx.now()}
    );
    tx.run(drop_draft, {row.account, row.id});
}

// Findings go to nobody who has not shown that the address is theirs; a refusal holds none.
void require_proof_for_findings(const Row& row) {
    if (row.decision == Decision::refused) return;
    if (row.proof == Proof::given || row.proof == Proof::not_needed) return;
    throw Refusal(No::conflict, "unverified");
}

Uuid queue_mail(
    store::Tx& tx, const Act& act, const Office& office, const Row& row, const keys::DataKey& key,
    const SealedReply& sealed
) {
    const auto letter = LetterId::make();
    const Filled filled{sealed.subject, sealed.body};
    send(
        tx, act, office,
        {prepare_reply(office, row, key, sealed.to, filled, letter), row.id, std::nullopt}
    );
    return letter.uuid;
}

std::string state_of(const store::Row& row) {
    return row.null(2) ? "by_other_means" : row.string(7);
}

Reply reply_from(const store::Row& found, const Row& row, const keys::DataKey& key) {
    const auto id = found.id<Uuid>(0);
    const auto sealed = read_json<SealedReply>(
        keys::open(key, {row.account, reply_purpose, id.blob()}, found.blob(5))
    );
    return {
        id,
        value_of<SentBy>(found.text(1)),
        found.maybe_id<LetterId>(2),
        found.maybe_id<Uuid>(3),
        found.maybe_id<AgentId>(4),
        sealed.subject,
        sealed.body,
        sealed.note,
        found.instant(6),
        state_of(found),
        found.null(2) ? std::nullopt : found.maybe<&store::Row::string>(8)};
}

// Where a failed reply may go instead: an address of the request that somebody vouches for.
std::string other_address(
    store::Reader& reader, const Row& row, const keys::DataKey& key, const std::string& to
) {
    const auto wanted = EmailAddress::parse(to);
    for (const auto& identifier : identifiers(reader, row, key)) {
        if (identifier.kind != "email" || !wanted) continue;
        if (identifier.proof == IdentifierProof::claimed) continue;
        if (EmailAddress::parse(identifier.value)->normal == wanted->normal) {
            return wanted->written;
        }
    }
    throw Refusal(std::vector<FieldError>{{"/to", "address_not_proven"}});
}

}  // namespace

void save_draft(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, const Draft& draft,
    std::optional<std::int64_t> if_match
) {
    std::vector<FieldError> errors;
    check_text(errors, "/subject", draft.subject, 0, subject_characters);
    check_text(errors, "/body", draft.body, 0, message_characters);
    if (!errors.empty()) throw Refusal(std::move(errors));
    const auto row = in_hand(tx, act, id);
    require_stage(row, Stage::reply);
    if (has_reply(tx, row.account, id)) throw Refusal(No::conflict, "already_replied");
    const auto key = key_of(tx, office.keys, row);
    if (if_match) {
        const auto there = draft_of(tx, row, key);
        if (*if_match != (there ? there->version : 0)) throw Refusal(No::stale, "stale");
    }
    tx.run(
        put_draft,
        {row.account, id, act.agent,
         store::Blob{keys::seal(key, {row.account, draft_purpose, id.blob()}, write_json(draft))},
         tx.now()}
    );
    tell(tx, office, row.account, id);
}

std::optional<SavedDraft> draft_of(
    store::Reader& reader, const Row& row, const keys::DataKey& key
) {
    return reader.one(find_draft, {row.account, row.id}, [&](const store::Row& found) {
        const auto text =
            keys::open(key, {row.account, draft_purpose, row.id.blob()}, found.blob(1));
        return SavedDraft{
            read_json<Draft>(text), found.maybe_id<AgentId>(0), found.instant(2), found.integer(3)};
    });
}

Uuid reply(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, const ReplyOrder& order
) {
    check(order);
    const auto row = in_hand(tx, act, id);
    require_stage(row, Stage::reply);
    if (has_reply(tx, row.account, id)) throw Refusal(No::conflict, "already_replied");
    const auto key = key_of(tx, office.keys, row);
    const auto person = person_of(key, row);
    SealedReply sealed{
        "", order.subject.value_or(""), order.body.value_or(""), order.note.value_or("")};
    const auto reply = Uuid::make();
    std::optional<Uuid> letter;
    if (!order.sent_by || *order.sent_by == SentBy::email) {
        if (!person.email) throw Refusal(std::vector<FieldError>{{"/sent_by", "no_email"}});
        require_proof_for_findings(row);
        if (order.template_) {
            auto filled = fill_reply(tx, office, row, person, key, *order.template_);
            sealed.subject = std::move(filled.subject);
            sealed.body = std::move(filled.body);
        }
        sealed.to = *person.email;
        letter = queue_mail(tx, act, office, row, key, sealed);
    }
    seal_reply(tx, act, row, key, reply, order, sealed, letter);
    boost::json::object detail{
        {"sent_by", name_of(order.sent_by.value_or(SentBy::email))},
        {"subject", sealed.subject},
        {"body", sealed.body}};
    if (!sealed.note.empty()) detail["note"] = sealed.note;
    if (letter) detail["letter"] = letter->text();
    ledger::record(tx, act, key, "replied", id, detail);
    tell(tx, office, row.account, id);
    return reply;
}

Uuid send_again(
    store::Tx& tx, const Act& act, const Office& office, RequestId id, Uuid reply,
    const std::optional<std::string>& to
) {
    const auto row = in_hand(tx, act, id);
    const auto key = key_of(tx, office.keys, row);
    const auto all = replies(tx, row, key);
    const auto found = std::ranges::find(all, reply, &Reply::id);
    if (found == all.end()) throw Refusal(No::unknown, "not_found");
    if (found->state != "failed") throw Refusal(No::conflict, "not_failed");
    const auto person = person_of(key, row);
    SealedReply sealed{person.email.value_or(""), found->subject, found->body, found->note};
    if (to) sealed.to = other_address(tx, row, key, *to);
    const auto letter = queue_mail(tx, act, office, row, key, sealed);
    tx.run(
        move_letter,
        {letter,
         store::Blob{
             keys::seal(key, {row.account, reply_purpose, reply.blob()}, write_json(sealed))},
         row.account, row.id, reply}
    );
    ledger::record(
        tx, act, key, "reply_resent", id,
        {{"letter", letter.text()}, {"other_address", to.has_value()}}
    );
    tell(tx, office, row.account, id);
    return letter;
}

std::vector<Reply> replies(store::Reader& reader, const Row& row, const keys::DataKey& key) {
    return reader.all(find_replies, {row.account, row.id}, [&](const store::Row& found) {
        return reply_from(found, row, key);
    });
}

bool has_reply(store::Reader& reader, AccountId account, RequestId id) {
    return reader.any(find_unfailed, {account, id});
}

}  // namespace quittance::requests
