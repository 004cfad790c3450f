// An account with its people, for the tests of this room: a database, keys in memory, a reception
// whose letters and entries can be read.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "base/refusal.h"
#include "keys/keys.h"
#include "mail/letter.h"
#include "people/accounts.h"
#include "people/agents.h"
#include "people/reception.h"
#include "people/session.h"
#include "test/databases.h"

namespace quittance::people {

inline const std::string good_password = "a kettle on the moon";
inline const std::string other_password = "nine herons over lake";

class House : public test::Databases {
protected:
    void SetUp() override;

    // Opens an account whose owner is Ada, with good_password.
    Opened open_ada(const std::string& company = "Lovelace Ltd", const std::string& email = ada);
    // Another member with good_password.
    Joined add(AccountId account, const std::string& name, const std::string& email, Role role);
    NewSession sign_in_as(
        const std::string& email, const std::string& password = good_password,
        std::optional<AccountId> account = {}
    );
    std::optional<SignedIn> who(const std::string& token) { return resume(reception, token); }

    template <class F>
    auto write(F&& f) {
        return store().write(std::forward<F>(f));
    }
    template <class F>
    auto read(F&& f) {
        return store().read(std::forward<F>(f));
    }
    void pass(std::chrono::milliseconds time);
    void work_back_room();

    // Letters in the order in which they were queued, opened.
    std::vector<mail::Letter> letters(AccountId account);
    // What stands behind the # of the first link in the text.
    static std::string token_in(const std::string& text);
    // Events of the account, oldest first.
    std::vector<std::string> events(AccountId account);
    std::int64_t count(const std::string& event);

    static constexpr auto ada = "ada@lovelace.example";
    static constexpr auto client = "192.0.2.7";
    static constexpr auto elsewhere = "198.51.100.9";

    std::shared_ptr<keys::KeyRing> ring = keys::KeyRing::in_memory();
    BackRoom back_room;
    int letters_waiting = 0;
    std::chrono::milliseconds passed{0};
    struct Desk {
        std::unique_ptr<Reception> reception;
        operator const Reception&() const { return *reception; }
        const Reception* operator->() const { return reception.get(); }
    } reception;
};

// The refusal that `f` ends in; its code, or "" when it does not refuse.
template <class F>
std::string refusal_of(F&& f) {
    try {
        f();
    } catch (const Refusal& refusal) {
        return refusal.code;
    }
    return "";
}

// The codes of the wrong fields: "/password password_too_short".
template <class F>
std::set<std::string> field_errors_of(F&& f) {
    std::set<std::string> codes;
    try {
        f();
    } catch (const Refusal& refusal) {
        for (const auto& error : refusal.errors) codes.insert(error.at + " " + error.code);
    }
    return codes;
}

}  // namespace quittance::people
