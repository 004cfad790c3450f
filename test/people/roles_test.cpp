#include "people/roles.h"

#include <gtest/gtest.h>

#include <array>

namespace quittance::people {
namespace {

TEST(Roles, an_auditor_changes_nothing) {
    for (const auto* name : {"intake", "work", "erase", "sources", "manage", "make_keys"}) {
        EXPECT_FALSE(may(Role::auditor, access(name))) << name;
    }
    for (const auto* name : {"own", "read", "see_sources", "see_house"}) {
        EXPECT_TRUE(may(Role::auditor, access(name))) << name;
    }
}

TEST(Roles, a_technician_sees_nothing_of_a_request) {
    for (const auto& one : accesses) {
        const bool allowed =
            one.name == "own" || one.name == "see_sources" || one.name == "sources";
        EXPECT_EQ(may(Role::technician, one), allowed) << one.name;
    }
}

TEST(Roles, only_an_owner_manages) {
    for (const auto role : {Role::agent, Role::technician, Role::auditor}) {
        EXPECT_FALSE(may(role, access("manage")));
        EXPECT_FALSE(may(role, access("make_keys")));
    }
    for (const auto& one : accesses) EXPECT_TRUE(may(Role::owner, one)) << one.name;
}

TEST(Roles, no_scope_reaches_people_keys_or_sessions) {
    constexpr std::array all{Scope::read, Scope::intake, Scope::write, Scope::delete_};
    for (const auto* name : {"own", "see_house", "manage", "make_keys", "sources"}) {
        EXPECT_FALSE(may(all, access(name))) << name;
    }
    EXPECT_FALSE(may(std::array{Scope::intake}, access("read")));
    EXPECT_FALSE(may(std::array{Scope::write}, access("erase")));
    EXPECT_TRUE(may(std::array{Scope::write}, access("intake")));
    EXPECT_FALSE(may(std::span<const Scope>{}, access("read")));
}

TEST(Roles, an_unknown_access_is_a_fault) { EXPECT_THROW(access("wrok"), std::logic_error); }

}  // namespace
}  // namespace quittance::people
