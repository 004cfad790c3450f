#include "demo.h"

#include <chrono>
#include <optional>

#include "demo_cast.h"
#include "mail/settings.h"
#include "people/accounts.h"
#include "people/agents.h"
#include "requests/address.h"
#include "requests/assignment.h"
#include "requests/attestation.h"
#include "requests/closure.h"
#include "requests/counts.h"
#include "requests/intake.h"
#include "requests/reply.h"
#include "requests/review.h"
#include "requests/templates.h"
#include "requests/verification.h"

namespace quittance::demo {
namespace {

using namespace std::chrono_literals;

people::Opened open_company(House& house, const people::PasswordHash& hash) {
    const auto& owner = colleagues().front();
    const Act act{.account = AccountId::make(), .agent = AgentId::make(), .door = Door::command};
    return house.store().write([&](store::Tx& tx) {
        return people::open_account(
            tx, act, house.keys(),
            {.name = std::string(company_name),
             .owner_name = std::string(owner.name),
             .owner_email = std::string(owner.email),
             .owner_password = std::string(password)},
            hash, house.furnish()
        );
    });
}

std::vector<AgentId> bring_colleagues(
    House& house, const people::Opened& company, const people::PasswordHash& hash
) {
    std::vector<AgentId> agents{company.owner};
    const Act act{.account = company.account, .agent = company.owner, .door = Door::command};
    for (const auto& colleague : colleagues().subspan(1)) {
        agents.push_back(house.store().write([&](store::Tx& tx) {
            return people::add_agent(
                       tx, act, house.keys(),
                       {.id = AgentId::make(),
                        .name = std::string(colleague.name),
                        .email = *EmailAddress::parse(colleague.email),
                        .role = *people::role_of(colleague.role),
                        .hash = hash}
            )
                .agent;
        }));
    }
    return agents;
}

// Tells one story, step by step, each at its own hour.
class Teller {
public:
    Teller(House& house, AccountId account, const std::vector<AgentId>& agents, const Story& story)
        : house_(house),
          office_(house.office()),
          story_(story),
          guest_{.account = account, .door = Door::site},
          act_{.account = account, .door = Door::web} {
        const auto colleague = static_cast<std::size_t>(std::max(story.colleague, 0));
        act_.agent = agents.at(colleague);
        if (story.channel != "web") guest_ = act_;
    }

    void tell() {
        at(0h);
        receive();
        if (story_.reached == Reached::awaiting_proof || story_.reached == Reached::unproven)
            return;
        at(6min);
        if (prepared_->proof) press_the_button();
        if (story_.reached == Reached::spam || story_.reached == Reached::withdrawn) return end();
        at(4h);
        if (story_.colleague >= 0) {
            write([&](store::Tx& tx) { assign(tx, act_, office_, id(), act_.agent, {}); });
        }
        if (story_.reached == Reached::review) return;
        at(27h);
        if (story_.reached == Reached::rejected || story_.reached == Reached::closed_refused) {
            return refuse();
        }
        write([&](store::Tx& tx) { approve(tx, act_, office_, id(), {}); });
        if (story_.reached != Reached::process) fulfil();
    }

private:
    RequestId id() const { return prepared_->row.id; }

    template <class F>
    void write(F&& f) {
        house_.store().write(f);
    }

    // So many hours after the request arrived, but not later than a few minutes ago.
    void at(std::chrono::minutes after) {
        while (house_.post().round()) {
        }
        // Advertising is stopped within the day.
        if (story_.type == "unsubscribe") after /= 4;
        const auto now = -std::chrono::milliseconds(24h * story_.days_ago + 90min) + after;
        house_.store().set_clock_offset(std::min<std::chrono::milliseconds>(now, -2min));
    }

    void receive() {
        requests::Intake intake;
        intake.type = story_.type;
        intake.channel = requests::value_of<requests::Channel>(story_.channel);
        intake.country = story_.country;
        if (!story_.region.empty()) intake.region = std::string(story_.region);
        intake.received_on = day_at(house_.store().clock(), "UTC");
        if (!story_.name.empty()) intake.person.name = std::string(story_.name);
        if (!story_.email.empty()) intake.person.email = std::string(story_.email);
        if (!story_.message.empty()) {
            intake.person.details.push_back({"message", "Message", std::string(story_.message)});
        }
        prepared_ = requests::prepare(office_, guest_, intake);
        write([&](store::Tx& tx) { requests::receive(tx, guest_, office_, *prepared_); });
    }

    void press_the_button() {
        write([&](store::Tx& tx) {
            const auto address = requests::find_address(tx, prepared_->proof->link->token);
            requests::press_button(tx, guest_, office_, address.value());
        });
    }

    void end() {
        if (story_.reached == Reached::withdrawn) {
            at(30h);
            return write([&](store::Tx& tx) { requests::withdraw(tx, guest_, office_, id()); });
        }
        at(6h);
        write([&](store::Tx& tx) {
            requests::end(
                tx, act_, office_, id(), requests::Decision::spam,
                "An advertisement; nobody asks for anything.", {}
            );
        });
    }

    void refuse() {
        write([&](store::Tx& tx) {
            reject(
                tx, act_, office_, id(),
                {.ground = "excessive_repeated",
                 .note = "The same request as on Monday, Tuesday and Thursday.",
                 .confirmed = {}},
                {}
            );
        });
        if (story_.reached == Reached::rejected) return;
        answer("refused", requests::Decision::refused);
    }

    void fulfil() {
        at(50h);
        requests::Attested attested;
        attested.statement = requests::statement_for(story_.type);
        attested.systems = {"Shop", "Newsletter", "Help desk"};
        if (story_.reached == Reached::closed_partly) {
            attested.exceptions = {{"Bookkeeping", "tax_and_accounting", "the end of 2036"}};
        }
        write([&](store::Tx& tx) { attest(tx, act_, office_, id(), attested, {}); });
        if (story_.reached == Reached::attested) return;
        at(51h);
        write([&](store::Tx& tx) { complete(tx, act_, office_, id(), {}); });
        switch (story_.reached) {
            case Reached::closed_partly:
                return answer("partly", requests::Decision::partly);
            case Reached::closed_nothing_found:
                return answer("nothing_found", requests::Decision::nothing_found);
            case Reached::replied:
            case Reached::closed_granted:
                return answer("granted", requests::Decision::granted);
            default:
                return;
        }
    }

    void answer(std::string_view occasion, requests::Decision decision) {
        at(52h);
        write([&](store::Tx& tx) {
            const auto letter =
                requests::template_for(tx, act_.account, story_.type, occasion, "en");
            requests::ReplyOrder order;
            order.template_ = letter.id;
            reply(tx, act_, office_, id(), order);
        });
        if (story_.reached == Reached::replied) return;
        at(53h);
        write([&](store::Tx& tx) { close(tx, act_, office_, id(), decision, {}); });
    }

    House& house_;
    const requests::Office& office_;
    const Story& story_;
    Act guest_;
    Act act_;
    std::optional<requests::Prepared> prepared_;
};

// So that nobody is told that letters wait. What is sent is caught all the same.
void set_up_mail(House& house, const people::Opened& company) {
    const Act act{.account = company.account, .agent = company.owner, .door = Door::command};
    mail::SettingsOrder order;
    order.host = "127.0.0.1";
    order.port = 25;
    order.security = mail::Security::none;
    order.from = {"privacy@haldenroe.example", std::string(company_name)};
    house.store().write([&](store::Tx& tx) {
        mail::save_settings(tx, act, house.keys(), order, {});
    });
}

}  // namespace

void furnish(House& house) {
    const auto hash = people::hash_password(password);
    house.store().set_clock_offset(-24h * 60);
    const auto company = open_company(house, hash);
    set_up_mail(house, company);
    const auto agents = bring_colleagues(house, company, hash);
    for (const auto& story : stories()) Teller(house, company.account, agents, story).tell();
    while (house.post().round()) {
    }
    house.store().set_clock_offset(0ms);
    house.store().write([](store::Tx& tx) { return requests::fold_counts(tx); });
}

}  // namespace quittance::demo
