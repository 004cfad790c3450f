// One request: its page, who takes care of it, whether the requester is who they say.
#include "api/body.h"
#include "api/once.h"
#include "api/requests.h"
#include "api/resources.h"
#include "requests/address.h"
#include "requests/assignment.h"
#include "requests/verification.h"

namespace quittance::api {
namespace {

using http::Answer;
using http::Call;
using http::Method;

Answer look(House& house, const Call& call) {
    return request_answer(house, call, 200, call.id<RequestId>());
}

struct AssigneeOrder {
    RawJson agent;
};
BOOST_DESCRIBE_STRUCT(AssigneeOrder, (), (agent))

// Null is an answer here (nobody), so it must be there: an optional could not tell.
std::optional<AgentId> agent_of(const AssigneeOrder& order) {
    if (order.agent.is_null()) return std::nullopt;
    const auto id = order.agent.is_string()
                        ? AgentId::parse(std::string_view(order.agent.get_string()))
                        : std::nullopt;
    if (!id) throw Refusal({FieldError{"/agent", "not_an_id"}});
    return id;
}

Answer assign(House& house, const Call& call) {
    const auto id = call.id<RequestId>();
    const auto agent = agent_of(body<AssigneeOrder>(call));
    house.store().write([&](store::Tx& tx) {
        requests::assign(tx, call.act(), house.office, id, agent, if_match(call));
    });
    return request_answer(house, call, 200, id);
}

Answer verification_answer(House& house, const Call& call, int status) {
    const auto [view, names] = request_view(house, call.act().account, call.id<RequestId>());
    if (!view.verification) throw Refusal(No::unknown, "not_found");
    return json_answer(status, verification_json(view.verification, names));
}

Answer look_at_verification(House& house, const Call& call) {
    return verification_answer(house, call, 200);
}

struct VerificationOrder {
    requests::Method method;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(VerificationOrder, (), (method, reason))

Answer verify(House& house, const Call& call) {
    const auto id = call.id<RequestId>();
    const auto order = body<VerificationOrder>(call);
    return once(
        house, call, 201,
        [&](store::Tx& tx) {
            return requests::state_verified(
                tx, call.act(), house.office, id, order.method, order.reason
            );
        },
        [&](Uuid) { return verification_answer(house, call, 201); }
    );
}

Answer mail_verification(House& house, const Call& call) {
    const auto id = call.id<RequestId>();
    if (!call.body.empty()) body<Empty>(call);
    return once(
        house, call, 202,
        [&](store::Tx& tx) {
            return requests::send_verification_mail(tx, call.act(), house.office, id);
        },
        accepted
    );
}

struct IdentifierOrder {
    std::string kind;
    std::string value;
    requests::Method method;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(IdentifierOrder, (), (kind, value, method, reason))

Answer identifier_answer(House& house, const Call& call, Uuid id) {
    const auto [view, names] = request_view(house, call.act().account, call.id<RequestId>());
    const auto found = std::ranges::find(view.identifiers, id, &requests::Identifier::id);
    if (found == view.identifiers.end()) throw Refusal(No::unknown, "not_found");
    return json_answer(201, identifier_json(*found, names));
}

Answer add_identifier(House& house, const Call& call) {
    const auto id = call.id<RequestId>();
    const auto order = body<IdentifierOrder>(call);
    return once(
        house, call, 201,
        [&](store::Tx& tx) {
            return requests::attest_identifier(
                tx, call.act(), house.office, id, order.kind, order.value, order.method,
                order.reason
            );
        },
        [&](Uuid made) { return identifier_answer(house, call, made); }
    );
}

}  // namespace

Routes request_routes(House& house) {
    const std::string one = "/api/v1/requests/{id}";
    return {
        {Method::get, one, "read", in(house, look)},
        {Method::put, one + "/assignee", "work", in(house, assign)},
        {Method::get, one + "/verification", "read", in(house, look_at_verification)},
        {Method::post, one + "/verification", "work", in(house, verify)},
        {Method::post, one + "/verification-mails", "work", in(house, mail_verification)},
        {Method::post, one + "/identifiers", "work", in(house, add_identifier)},
    };
}

}  // namespace quittance::api
