// Invitations: an owner's side, and the side of whoever holds the mailed link.
#include "api/answers.h"
#include "api/body.h"
#include "api/once.h"
#include "api/request_json.h"
#include "api/resources.h"
#include "api/session_json.h"
#include "people/invitations.h"

namespace quittance::api {
namespace {

namespace json = boost::json;
using http::Answer;
using http::Call;
using http::Method;

using InvitationId = Id<struct InvitationTag>;

json::object invitation_json(const people::Invitation& invitation, const AgentNames& names) {
    return {
        {"id", invitation.id.text()},
        {"email", invitation.email},
        {"role", people::name_of(invitation.role)},
        {"invited_by", agent_json(invitation.invited_by, names)},
        {"created_at", invitation.created_at.text()},
        {"expires_at", invitation.expires_at.text()},
        {"accepted_at", time_or_null(invitation.accepted_at)},
        {"archived_at", time_or_null(invitation.archived_at)}};
}

Answer list(House& house, const Call& call) {
    const auto account = call.act().account;
    const auto [found, names] = house.store().read([&](store::Reader& reader) {
        return std::pair(
            people::invitations(reader, house.keys(), account),
            people::agent_names(reader, house.keys(), account)
        );
    });
    json::array all;
    for (const auto& one : found) all.push_back(invitation_json(one, names));
    return list_answer("invitations", std::move(all));
}

Answer invitation_answer(House& house, const Call& call, Uuid id) {
    return house.store().read([&](store::Reader& reader) {
        const auto account = call.act().account;
        return json_answer(
            201, invitation_json(
                     people::invitation(reader, house.keys(), account, id),
                     people::agent_names(reader, house.keys(), account)
                 )
        );
    });
}

Answer invite(House& house, const Call& call) {
    const auto order = body<people::NewInvitation>(call);
    return once(
        house, call, 201,
        [&](store::Tx& tx) { return people::invite(tx, call.act(), house.reception, order); },
        [&](Uuid id) { return invitation_answer(house, call, id); }
    );
}

Answer archive(House& house, const Call& call) {
    const auto id = call.id<InvitationId>().uuid;
    house.store().write([&](store::Tx& tx) {
        people::archive_invitation(tx, call.act(), house.keys(), id);
    });
    return Answer::empty();
}

struct Token {
    std::string token;
};
BOOST_DESCRIBE_STRUCT(Token, (), (token))

Answer look(House& house, const Call& call) {
    const auto given = body<Token>(call);
    const auto page = house.store().read([&](store::Reader& reader) {
        return people::look_at_invitation(reader, house.keys(), given.token);
    });
    return json_answer(
        200,
        json::object{
            {"account", {{"name", page.company}}},
            {"email", page.email},
            {"role", people::name_of(page.role)},
            {"expires_at", page.expires_at.text()},
            {"known", page.known}}
    );
}

struct Acceptance {
    std::string token;
    std::optional<std::string> name;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(Acceptance, (), (token, name, password))

Answer accept(House& house, const Call& call) {
    const auto given = body<Acceptance>(call);
    return session_answer(
        house, 201,
        people::accept_invitation(
            house.reception, {.token = given.token,
                              .name = given.name.value_or(""),
                              .password = given.password,
                              .network = call.remote}
        )
    );
}

}  // namespace

Routes invitation_routes(House& house) {
    return {
        {Method::get, "/api/v1/invitations", "see_house", in(house, list)},
        {Method::post, "/api/v1/invitations", "manage", in(house, invite)},
        {Method::delete_, "/api/v1/invitations/{id}", "manage", in(house, archive)},
        {Method::post, "/api/v1/invitations/look", "public", in(house, look)},
        {Method::post, "/api/v1/invitations/acceptance", "public", in(house, accept)},
    };
}

}  // namespace quittance::api
