// Who may do what: THE table. A route names its access (http::Route::access, x-roles and x-scopes
// of the contract); the guard asks may(). Nothing else in the house decides by role.
//
//   owner       everything
//   agent       the requests
//   technician  the sources, and nothing of a request
//   auditor     sees everything, changes nothing
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quittance::people {

enum class Role { owner, agent, technician, auditor };
BOOST_DESCRIBE_ENUM(Role, owner, agent, technician, auditor)

std::string_view name_of(Role role);
std::optional<Role> role_of(std::string_view name);

// Of an API key. `write` includes `intake`; nothing else includes anything.
enum class Scope { read, intake, write, delete_ };
BOOST_DESCRIBE_ENUM(Scope, read, intake, write, delete_)

std::string_view name_of(Scope scope);  // "delete" for delete_
std::optional<Scope> scope_of(std::string_view name);

struct Access {
    std::string_view name;
    bool owner, agent, technician, auditor;
    bool read, intake, write, delete_;  // the scopes of API keys that may, too
    bool fresh;                         // a person needs a sign-in younger than ten minutes
};

// clang-format off
inline constexpr Access accesses[] = {
    //                owner  agent  techn. audit. | read   intake write  delete | fresh
    // The own session, sessions and password; whoever is signed in.
    {"own",           true,  true,  true,  true,    false, false, false, false,   false},
    // Requests, history, counts, templates, the names of agents, the company.
    {"read",          true,  true,  false, true,    true,  false, false, false,   false},
    // A new request.
    {"intake",        true,  true,  false, false,   false, true,  true,  false,   false},
    // Every step, letter, note and template.
    {"work",          true,  true,  false, false,   false, false, true,  false,   false},
    // Starts a destructive run.
    {"erase",         true,  true,  false, false,   false, false, false, true,    true},
    // Sources and their settings, without secrets.
    {"see_sources",   true,  true,  true,  true,    true,  false, false, false,   false},
    {"sources",       true,  false, true,  false,   false, false, false, false,   false},
    // People, invitations, API keys and the settings of the account, without secrets.
    {"see_house",     true,  false, false, true,    false, false, false, false,   false},
    {"manage",        true,  false, false, false,   false, false, false, false,   false},
    // Makes an API key: it could do what needs a fresh sign-in, so it needs one itself.
    {"make_keys",     true,  false, false, false,   false, false, false, false,   true},
};
// clang-format on

// A fault (std::logic_error) when there is no such access: the map of routes is wrong.
const Access& access(std::string_view name);
bool may(Role role, const Access& access);
bool may(std::span<const Scope> scopes, const Access& access);

}  // namespace quittance::people
