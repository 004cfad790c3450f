#include "people/letters.h"

#include "base/template_text.h"

namespace quittance::people {
namespace {

constexpr std::string_view invitation_subject = "Join {{company}} in Quittance";
constexpr std::string_view invitation_text =
    R"({{#inviter}}{{inviter}} invites you{{/inviter}}{{^inviter}}You are invited{{/inviter}} )"
    R"(to work on privacy requests for {{company}} in Quittance.

{{what}}

Open this link to accept. It works once, for 7 days:

{{link}}

If you did not expect this, ignore it: nothing happens unless the link is used.
)";

constexpr std::string_view reset_subject = "Choose a new password for Quittance";
constexpr std::string_view reset_text =
    R"(Hello {{name}},

somebody, probably you, asked for a new password for your Quittance sign-in.

Open this link to choose one. It works once, for 30 minutes:

{{link}}

If it was not you, ignore this letter: your password stays as it is.
)";

constexpr std::string_view changed_subject = "Your Quittance password was changed";
constexpr std::string_view changed_text =
    R"(Hello {{name}},

the password of your Quittance sign-in has just been changed, and other sign-ins of yours )"
    R"(have ended.

If it was not you, choose a new password at once ("Forgot your password?" on the sign-in )"
    R"(page) and tell an owner of your account:

{{link}}
)";

std::string_view what_it_means(Role role) {
    switch (role) {
        case Role::owner:
            return "You would be an owner: you can do everything, and invite others.";
        case Role::agent:
            return "You would be an agent: you take care of people's requests.";
        case Role::technician:
            return "You would be a technician: you connect the systems that hold personal data, "
                   "and see no requests.";
        case Role::auditor:
            return "You would be an auditor: you can see everything and change nothing.";
    }
    return "";
}

mail::Letter letter(
    const Named& to, std::string_view subject, std::string_view text,
    const boost::json::object& values
) {
    return {
        to.email, to.name, fill(subject, values, Escape::plain_text),
        fill(text, values, Escape::plain_text), "en"};
}

}  // namespace

mail::Letter invitation_letter(const InvitationWords& words) {
    return letter(
        {"", words.to}, invitation_subject, invitation_text,
        {{"company", words.company},
         {"inviter", words.inviter},
         {"what", what_it_means(words.role)},
         {"link", words.link}}
    );
}

mail::Letter reset_letter(const Named& to, const std::string& link) {
    return letter(to, reset_subject, reset_text, {{"name", to.name}, {"link", link}});
}

mail::Letter password_changed_letter(const Named& to, const std::string& public_url) {
    return letter(
        to, changed_subject, changed_text, {{"name", to.name}, {"link", public_url + "/app"}}
    );
}

void post(
    store::Tx& tx, const Act& act, const Reception& reception, std::string_view purpose,
    const mail::Letter& letter
) {
    const auto key = reception.keys.account_key(tx, act.account);
    const auto prepared = mail::prepare(
        reception.keys, key, act.account, LetterId::make(), std::nullopt, purpose, letter,
        mail::Cap::none
    );
    mail::queue(tx, act, prepared);
    tx.after_commit([&reception] { reception.letter_waits(); });
}

}  // namespace quittance::people
