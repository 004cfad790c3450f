// quittance: reads the configuration, hands the parts to each other, opens the door.
#include <exception>

#include <CLI/CLI.hpp>

#include <cstdio>
#include <string>

#include "commands.h"
#include "configuration.h"

namespace {

using quittance::Configuration;

// What the command line says; empty means: not said.
struct Said {
    std::string config;
    std::string data;
    std::string database;
    std::string listen;
    std::string keys;
    std::string public_url;
};

void add_common(CLI::App& command, Said& said) {
    command.add_option("--config", said.config, "YAML file (docs/configuration.md)");
    command.add_option("--data", said.data, "folder of the database and its lock (var)");
    command.add_option("--database", said.database, "sqlite:FILE or postgresql://…");
    command.add_option("--keys", said.keys, "key file (keys in the data folder)");
}

void add_serving(CLI::App& command, Said& said) {
    add_common(command, said);
    command.add_option("--listen", said.listen, "HOST:PORT; port 0 takes a free one");
    command.add_option("--public-url", said.public_url, "how people reach us: https://…");
}

Configuration configuration_of(const Said& said, std::string_view data_by_default = {}) {
    auto environment = quittance::environment();
    if (!data_by_default.empty()) environment.emplace("QUITTANCE_DATA", data_by_default);
    const auto file = said.config.empty() ? std::nullopt : std::optional(said.config);
    auto c = quittance::configuration(file, environment);
    if (!said.data.empty()) c.data = said.data;
    if (!said.database.empty()) c.database = said.database;
    if (!said.listen.empty()) c.listen = said.listen;
    if (!said.keys.empty()) c.keys = said.keys;
    if (!said.public_url.empty()) c.public_url = said.public_url;
    return quittance::settled(std::move(c));
}

int run(int count, char** arguments) {
    CLI::App app{"Quittance: a self-hosted portal for privacy requests"};
    app.require_subcommand(1);
    app.set_version_flag("--version", QUITTANCE_VERSION);
    Said said;
    auto* serve = app.add_subcommand("serve", "Serve the portal");
    add_serving(*serve, said);
    auto* demo = app.add_subcommand("demo", "Serve an invented company; always begins anew");
    add_serving(*demo, said);
    auto* check = app.add_subcommand("check", "Say what is wrong with configuration and data");
    add_serving(*check, said);

    auto* account = app.add_subcommand("account", "Companies in this installation");
    account->require_subcommand(1);
    auto* account_add = account->add_subcommand("add", "Open an account; asks for a password");
    add_common(*account_add, said);
    quittance::AccountOrder account_order;
    account_add->add_option("--name", account_order.name, "name of the company")->required();
    account_add->add_option("--owner-name", account_order.owner_name)->required();
    account_add->add_option("--owner-email", account_order.owner_email)->required();

    auto* agent = app.add_subcommand("agent", "Members of an account");
    agent->require_subcommand(1);
    auto* agent_add = agent->add_subcommand("add", "Add an agent; asks for a password");
    add_common(*agent_add, said);
    quittance::AgentOrder agent_order;
    agent_add->add_option("--account", agent_order.account, "id of the account (if several)");
    agent_add->add_option("--name", agent_order.name)->required();
    agent_add->add_option("--email", agent_order.email)->required();
    agent_add->add_option("--role", agent_order.role, "owner, agent, technician or auditor")
        ->required();

    CLI11_PARSE(app, count, arguments);
    if (*serve) return quittance::serve(configuration_of(said));
    if (*demo) return quittance::serve_demo(configuration_of(said, "var/demo"));
    if (*check) return quittance::check(configuration_of(said));
    if (*account_add) return quittance::add_account(configuration_of(said), account_order);
    return quittance::add_agent(configuration_of(said), agent_order);
}

}  // namespace

int main(int count, char** arguments) {
    try {
        return run(count, arguments);
    } catch (const std::exception& trouble) {
        std::fprintf(stderr, "quittance: %s\n", trouble.what());
        return 1;
    }
}
