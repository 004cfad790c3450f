// The act: who does something and through which door. Everything that writes takes one, together
// with the transaction, whose now() is the when: no Tx, cannot write; no Act, cannot explain.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"

namespace quittance {

// Where the act came in. The names are stored in ledger entries and never change.
enum class Door { web, api, site, mail, round, command };

constexpr std::string_view name_of(Door door) {
    switch (door) {
        case Door::web:
            return "web";
        case Door::api:
            return "api";
        case Door::site:
            return "site";
        case Door::mail:
            return "mail";
        case Door::round:
            return "round";
        case Door::command:
            return "command";
    }
    return "web";
}

struct Act {
    AccountId account;
    // The agent who acts. None for a requester (site), a round or a command; for an API key it is
    // none too, and `key` says which key it was.
    std::optional<AgentId> agent{};
    std::optional<Uuid> key{};
    Door door = Door::web;
};

}  // namespace quittance
