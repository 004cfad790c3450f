// Ids: 16 bytes, made by us (UUID version 7, RFC 9562: time-ordered), typed so that they cannot be
// mixed up. As text they are lower-case UUIDs; in the database they are 16-byte blobs.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quittance {

struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    // A fresh, time-ordered one. Within one process later calls compare greater.
    static Uuid make();
    // nullopt unless `text` is exactly the canonical 36-character form (either letter case).
    static std::optional<Uuid> parse(std::string_view text);
    // nullopt unless `blob` has 16 bytes.
    static std::optional<Uuid> from_blob(std::string_view blob);

    std::string text() const;
    std::string_view blob() const {
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }
    auto operator<=>(const Uuid&) const = default;
};

template <class Tag>
struct Id {
    Uuid uuid;

    static Id make() { return {Uuid::make()}; }
    static std::optional<Id> parse(std::string_view text) {
        const auto uuid = Uuid::parse(text);
        return uuid ? std::optional<Id>{Id{*uuid}} : std::nullopt;
    }
    std::string text() const { return uuid.text(); }
    std::string_view blob() const { return uuid.blob(); }
    auto operator<=>(const Id&) const = default;
};

// The ids that more than one room speaks of; a room declares the others itself.
using AccountId = Id<struct AccountTag>;
using AgentId = Id<struct AgentTag>;    // a membership: one person in one account
using PersonId = Id<struct PersonTag>;  // somebody who can sign in, in any account
using RequestId = Id<struct RequestTag>;
using KeyId = Id<struct KeyTag>;
using LetterId = Id<struct LetterTag>;

}  // namespace quittance
