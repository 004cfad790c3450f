// The frozen records of one source: what a run may touch, and nothing else. Fixed once found,
// stored as bytes (sealed by whoever stores them: ids can be personal data), named by a digest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quittance::sources {

// The numbers are part of the frozen bytes and never change. A keyed hash is `pseudonymise`: never
// counted as erased (G9).
enum class Action : std::uint8_t { remove = 1, anonymise = 2, pseudonymise = 3, keep = 4 };

// Deleting and anonymising erase; pseudonymising and keeping do not.
constexpr bool erases(Action action) {
    return action == Action::remove || action == Action::anonymise;
}

// The values of a record's key, in the order of the key's columns, in the notation of the source;
// one value where records have one id.
using RecordId = std::vector<std::string>;

struct FrozenTable {
    std::string table;  // or kind of object
    Action action = Action::keep;
    std::vector<RecordId> ids;
    auto operator<=>(const FrozenTable&) const = default;
};

class Frozen {
public:
    // Sorts, drops doubles and empty tables. nullopt when no record is left: there are no empty
    // frozen records. `definition` is the digest of the source's definition (its map) under which
    // they were found: erasing under another one is `changed`.
    static std::optional<Frozen> of(std::string definition, std::vector<FrozenTable> tables);
    // Reads bytes() again. Throws std::runtime_error when they are none.
    static Frozen parse(std::string_view bytes);

    const std::string& definition() const { return definition_; }
    // In the order of their names.
    const std::vector<FrozenTable>& tables() const { return tables_; }
    const FrozenTable* find(std::string_view table) const;
    // Canonical: the same records give the same bytes, on any machine and for ever.
    const std::string& bytes() const { return bytes_; }
    // SHA-256 of bytes(), 32 raw bytes.
    std::string digest() const;
    std::size_t records() const;
    std::size_t records(Action action) const;

private:
    Frozen(std::string definition, std::vector<FrozenTable> tables);

    std::string definition_;
    std::vector<FrozenTable> tables_;
    std::string bytes_;
};

}  // namespace quittance::sources
