// The answer to the requester: preview, draft, reply, and one more try for a reply that failed.
#include "requests/reply.h"

#include "api/body.h"
#include "api/once.h"
#include "api/query.h"
#include "api/requests.h"
#include "api/resources.h"

namespace quittance::api {
namespace {

namespace json = boost::json;
using http::Answer;
using http::Call;
using http::Method;

Answer preview(House& house, const Call& call) {
    const auto id = call.id<RequestId>();
    Query query(call);
    const auto chosen = query.id("template");
    if (!call.query.contains("template")) query.wrong("template", "required");
    query.done();
    const auto filled = house.store().read([&](store::Reader& reader) {
        const auto row = requests::look(reader, call.act().account, id);
        const auto key = requests::key_of(reader, house.keys(), row);
        return requests::fill_reply(
            reader, house.office, row, requests::person_of(key, row), key, *chosen
        );
    });
    return json_answer(200, json::object{{"subject", filled.subject}, {"body", filled.body}});
}

json::object draft_json(const requests::SavedDraft& saved, const AgentNames& names) {
    json::value chosen = nullptr;
    if (saved.draft.template_) chosen = json::value(saved.draft.template_->text());
    return {
        {"template", chosen},
        {"subject", saved.draft.subject},
        {"body", saved.draft.body},
        {"agent", agent_json(saved.agent, names)},
        {"at", saved.at.text()}};
}

Answer look_at_draft(House& house, const Call& call) {
    const auto [view, names] = request_view(house, call.act().account, call.id<RequestId>());
    if (!view.draft) throw Refusal(No::unknown, "not_found");
    return json_answer(200, draft_json(*view.draft, names), view.draft->version);
}

// A template's id is text in the body and checked here, so that the error names the member.
struct DraftBody {
    std::optional<Id<struct TemplateTag>> template_;
    std::string subject;
    std::string body;
};
BOOST_DESCRIBE_STRUCT(DraftBody, (), (template_, subject, body))

template <class I>
std::optional<Uuid> uuid_of(const std::optional<I>& id) {
    return id ? std::optional(id->uuid) : std::nullopt;
}

Answer save_draft(House& house, const Call& call) {
    const auto id = call.id<RequestId>();
    const auto given = body<DraftBody>(call);
    house.store().write([&](store::Tx& tx) {
        requests::save_draft(
            tx, call.act(), house.office, id, {uuid_of(given.template_), given.subject, given.body},
            if_match(call)
        );
    });
    return look_at_draft(house, call);
}

Answer look_at_reply(House& house, const Call& call) {
    const auto [view, names] = request_view(house, call.act().account, call.id<RequestId>());
    if (view.replies.empty()) throw Refusal(No::unknown, "not_found");
    return json_answer(200, reply_json(view.replies.back(), names));
}

struct ReplyBody {
    std::optional<Id<struct TemplateTag>> template_;
    std::optional<std::string> subject;
    std::optional<std::string> body;
    std::optional<requests::SentBy> sent_by;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(ReplyBody, (), (template_, subject, body, sent_by, note))

Answer reply(House& house, const Call& call) {
    const auto id = call.id<RequestId>();
    const auto given = maybe_body<ReplyBody>(call);
    const requests::ReplyOrder order{
        uuid_of(given.template_), given.subject, given.body, given.sent_by, given.note};
    return once(
        house, call, 202,
        [&](store::Tx& tx) { return requests::reply(tx, call.act(), house.office, id, order); },
        accepted
    );
}

struct Retry {
    std::optional<std::string> to;
};
BOOST_DESCRIBE_STRUCT(Retry, (), (to))

Answer retry(House& house, const Call& call) {
    const auto id = call.id<RequestId>();
    const auto failed = call.id<Id<struct ReplyTag>>("reply").uuid;
    const auto order = maybe_body<Retry>(call);
    return once(
        house, call, 202,
        [&](store::Tx& tx) {
            return requests::send_again(tx, call.act(), house.office, id, failed, order.to);
        },
        accepted
    );
}

}  // namespace

Routes reply_routes(House& house) {
    const std::string one = "/api/v1/requests/{id}";
    return {
        {Method::get, one + "/reply/preview", "read", in(house, preview)},
        {Method::get, one + "/reply/draft", "read", in(house, look_at_draft)},
        {Method::put, one + "/reply/draft", "work", in(house, save_draft)},
        {Method::get, one + "/reply", "read", in(house, look_at_reply)},
        {Method::post, one + "/reply", "work", in(house, reply)},
        {Method::post, one + "/replies/{reply}/retry", "work", in(house, retry)},
    };
}

}  // namespace quittance::api
