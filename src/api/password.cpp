// A new password: by giving the old one, or by a mailed link.
#include "api/answers.h"
#include "api/body.h"
#include "api/guard.h"
#include "api/resources.h"
#include "people/password_change.h"

namespace quittance::api {
namespace {

using http::Answer;
using http::Call;
using http::Method;

struct PasswordChange {
    std::string old_password;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(PasswordChange, (), (old_password, password))

Answer change(House& house, const Call& call) {
    const auto change = body<PasswordChange>(call);
    people::change_password(
        house.reception, signed_in(house, call), change.old_password, change.password
    );
    return Answer::empty();
}

struct ResetOrder {
    std::string email;
};
BOOST_DESCRIBE_STRUCT(ResetOrder, (), (email))

// The id names nothing that could be looked up: the answer is the same whoever was named.
Answer ask(House& house, const Call& call) {
    const auto order = body<ResetOrder>(call);
    people::ask_for_reset(house.reception, order.email, call.remote);
    return accepted(Uuid::make());
}

struct Redemption {
    std::string token;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(Redemption, (), (token, password))

Answer redeem(House& house, const Call& call) {
    const auto redemption = body<Redemption>(call);
    people::reset_password(house.reception, redemption.token, redemption.password);
    return Answer::empty();
}

}  // namespace

Routes password_routes(House& house) {
    return {
        {Method::put, "/api/v1/password", "own", in(house, change)},
        {Method::post, "/api/v1/password-resets", "public", in(house, ask)},
        {Method::post, "/api/v1/password-resets/redemption", "public", in(house, redeem)},
    };
}

}  // namespace quittance::api
