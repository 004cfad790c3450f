#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <stdexcept>

#include "api/words.h"
#include "commands.h"
#include "data_folder.h"
#include "house.h"
#include "people/accounts.h"
#include "people/agents.h"
#include "people/company.h"
#include "people/password.h"
#include "people/texts.h"

namespace quittance {
namespace {

// One line without echo from a terminal, or just one line.
std::string ask_password(const std::string& prompt) {
    const bool terminal = isatty(STDIN_FILENO) == 1;
    termios before{};
    if (terminal) {
        std::fprintf(stderr, "%s", prompt.c_str());
        tcgetattr(STDIN_FILENO, &before);
        auto silent = before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    std::string line;
    std::getline(std::cin, line);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        std::fprintf(stderr, "\n");
    }
    return line;
}

void refuse_flaws(const std::vector<FieldError>& errors) {
    if (errors.empty()) return;
    std::string all;
    for (const auto& error : errors) {
        all += (all.empty() ? "" : "; ") + error.at + ": " + api::words(error.code, error.params);
    }
    throw std::runtime_error(all);
}

// A house without a door: nothing is served, no round runs.
struct Indoors {
    DataFolder folder;
    Opened opened;
    House house;

    explicit Indoors(const Configuration& configuration)
        : folder(configuration.data),
          opened(open_house(
              configuration.database, configuration.keys, configuration.database_connections
          )),
          house(*opened.store, opened.keys, {}) {}
};

AccountId account_of(House& house, const std::string& named) {
    const auto all = house.store().read(people::accounts);
    if (named.empty() && all.size() == 1) return all.front();
    const auto id = AccountId::parse(named);
    if (id && std::ranges::find(all, *id) != all.end()) return *id;
    std::string list;
    for (const auto& account : all) {
        const auto name = house.store().read([&](store::Reader& reader) {
            return people::company(reader, house.keys(), account).name;
        });
        list += "\n  " + account.text() + "  " + name;
    }
    throw std::runtime_error("Say which account with --account:" + list);
}

}  // namespace

int add_account(const Configuration& configuration, const AccountOrder& order) {
    Indoors indoors(configuration);
    auto& house = indoors.house;
    people::NewAccount account{
        order.name, order.owner_name, order.owner_email, ask_password("Password of the owner: ")};
    refuse_flaws(people::flaws(account));
    const auto hash = people::hash_password(account.owner_password);
    const Act act{.account = AccountId::make(), .agent = AgentId::make(), .door = Door::command};
    const auto opened = house.store().write([&](store::Tx& tx) {
        return people::open_account(tx, act, house.keys(), account, hash, house.furnish());
    });
    std::printf(
        "account %s, privacy centre /%s\n", opened.account.text().c_str(), opened.slug.c_str()
    );
    return 0;
}

int add_agent(const Configuration& configuration, const AgentOrder& order) {
    Indoors indoors(configuration);
    auto& house = indoors.house;
    const auto account = account_of(house, order.account);
    std::vector<FieldError> errors;
    people::check_name(errors, "--name", order.name);
    const auto email = people::check_email(errors, "--email", order.email);
    const auto role = people::role_of(order.role);
    if (!role) errors.push_back({"--role", "unknown_role"});
    refuse_flaws(errors);
    const auto password = ask_password("Password: ");
    refuse_flaws(people::password_flaws("password", password, {order.name, order.email, ""}));
    const auto hash = people::hash_password(password);
    const Act act{.account = account, .door = Door::command};
    const auto joined = house.store().write([&](store::Tx& tx) {
        return people::add_agent(
            tx, act, house.keys(),
            {.id = AgentId::make(),
             .name = order.name,
             .email = *email,
             .role = *role,
             .hash = hash}
        );
    });
    std::printf("agent %s\n", joined.agent.text().c_str());
    return 0;
}

}  // namespace quittance
