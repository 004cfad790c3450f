// The steps of a request and the attestation that one of them needs. A step has POST and GET and no
// DELETE: it cannot be taken back.
#include "api/body.h"
#include "api/once.h"
#include "api/requests.h"
#include "api/resources.h"
#include "requests/attestation.h"
#include "requests/closure.h"
#include "requests/review.h"
#include "requests/stage.h"

namespace quittance::api {
namespace {

using http::Answer;
using http::Call;
using http::Method;

// The step of that name, if the request has taken it: 404 otherwise.
Answer step_answer(House& house, const Call& call, int status, std::string_view step) {
    const auto [view, names] = request_view(house, call.act().account, call.id<RequestId>());
    const auto found = std::ranges::find(view.exits, step, &requests::Exit::step);
    if (found == view.exits.end()) throw Refusal(No::unknown, "not_found");
    return json_answer(status, exit_json(*found, names));
}

// GET of a step.
http::Handler look_at(House& house, std::string_view step) {
    return [&house, step](const Call& call) { return step_answer(house, call, 200, step); };
}

template <class Take>
Answer take(House& house, const Call& call, std::string_view step, Take&& take) {
    const auto id = call.id<RequestId>();
    return once(
        house, call, 201,
        [&](store::Tx& tx) {
            take(tx, id);
            return id.uuid;
        },
        [&](Uuid) { return step_answer(house, call, 201, step); }
    );
}

Answer approve(House& house, const Call& call) {
    maybe_body<Empty>(call);
    return take(house, call, "approve", [&](store::Tx& tx, RequestId id) {
        requests::approve(tx, call.act(), house.office, id, if_match(call));
    });
}

Answer reject(House& house, const Call& call) {
    const auto rejection = body<requests::Rejection>(call);
    return take(house, call, "reject", [&](store::Tx& tx, RequestId id) {
        requests::reject(tx, call.act(), house.office, id, rejection, if_match(call));
    });
}

Answer complete(House& house, const Call& call) {
    maybe_body<Empty>(call);
    return take(house, call, "complete", [&](store::Tx& tx, RequestId id) {
        requests::complete(tx, call.act(), house.office, id, if_match(call));
    });
}

struct ClosureOrder {
    requests::Decision decision;
};
BOOST_DESCRIBE_STRUCT(ClosureOrder, (), (decision))

Answer close(House& house, const Call& call) {
    const auto order = body<ClosureOrder>(call);
    return take(house, call, "close", [&](store::Tx& tx, RequestId id) {
        requests::close(tx, call.act(), house.office, id, order.decision, if_match(call));
    });
}

struct EndOrder {
    requests::Decision decision;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(EndOrder, (), (decision, note))

Answer end(House& house, const Call& call) {
    const auto order = body<EndOrder>(call);
    return take(house, call, "end", [&](store::Tx& tx, RequestId id) {
        requests::end(tx, call.act(), house.office, id, order.decision, order.note, if_match(call));
    });
}

Answer look_at_attestation(House& house, const Call& call) {
    const auto [view, names] = request_view(house, call.act().account, call.id<RequestId>());
    if (!view.attestation) throw Refusal(No::unknown, "not_found");
    return json_answer(200, attestation_json(view.attestation, names));
}

Answer attest(House& house, const Call& call) {
    const auto id = call.id<RequestId>();
    const auto attested = body<requests::Attested>(call);
    house.store().write([&](store::Tx& tx) {
        requests::attest(tx, call.act(), house.office, id, attested, if_match(call));
    });
    return look_at_attestation(house, call);
}

}  // namespace

Routes step_routes(House& house) {
    const std::string one = "/api/v1/requests/{id}";
    return {
        {Method::get, one + "/approval", "read", look_at(house, "approve")},
        {Method::post, one + "/approval", "work", in(house, approve)},
        {Method::get, one + "/rejection", "read", look_at(house, "reject")},
        {Method::post, one + "/rejection", "work", in(house, reject)},
        {Method::get, one + "/attestation", "read", in(house, look_at_attestation)},
        {Method::put, one + "/attestation", "work", in(house, attest)},
        {Method::get, one + "/completion", "read", look_at(house, "complete")},
        {Method::post, one + "/completion", "work", in(house, complete)},
        {Method::get, one + "/closure", "read", look_at(house, "close")},
        {Method::post, one + "/closure", "work", in(house, close)},
        {Method::get, one + "/end", "read", look_at(house, "end")},
        {Method::post, one + "/end", "work", in(house, end)},
    };
}

}  // namespace quittance::api
