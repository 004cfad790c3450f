#include "people/roles.h"

#include <algorithm>
#include <stdexcept>

namespace quittance::people {

std::string_view name_of(Role role) {
    switch (role) {
        case Role::owner:
            return "owner";
        case Role::agent:
            return "agent";
        case Role::technician:
            return "technician";
        case Role::auditor:
            return "auditor";
    }
    throw std::logic_error("a role without a name");
}

std::optional<Role> role_of(std::string_view name) {
    for (const auto role : {Role::owner, Role::agent, Role::technician, Role::auditor}) {
        if (name == name_of(role)) return role;
    }
    return std::nullopt;
}

std::string_view name_of(Scope scope) {
    switch (scope) {
        case Scope::read:
            return "read";
        case Scope::intake:
            return "intake";
        case Scope::write:
            return "write";
        case Scope::delete_:
            return "delete";
    }
    throw std::logic_error("a scope without a name");
}

std::optional<Scope> scope_of(std::string_view name) {
    for (const auto scope : {Scope::read, Scope::intake, Scope::write, Scope::delete_}) {
        if (name == name_of(scope)) return scope;
    }
    return std::nullopt;
}

const Access& access(std::string_view name) {
    for (const auto& one : accesses) {
        if (one.name == name) return one;
    }
    throw std::logic_error("no such access: " + std::string(name));
}

bool may(Role role, const Access& access) {
    switch (role) {
        case Role::owner:
            return access.owner;
        case Role::agent:
            return access.agent;
        case Role::technician:
            return access.technician;
        case Role::auditor:
            return access.auditor;
    }
    return false;
}

bool may(std::span<const Scope> scopes, const Access& access) {
    return std::ranges::any_of(scopes, [&](Scope scope) {
        switch (scope) {
            case Scope::read:
                return access.read;
            case Scope::intake:
                return access.intake;
            case Scope::write:
                return access.write;
            case Scope::delete_:
                return access.delete_;
        }
        return false;
    });
}

}  // namespace quittance::people
