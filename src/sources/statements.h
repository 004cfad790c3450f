// The statements of a database source: how a person's rows are selected, and how frozen rows are
// read, changed and deleted. Every one that changes names rows by their primary keys.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sources/database.h"
#include "sources/frozen.h"
#include "sources/map.h"

namespace quittance::sources {

using Ids = std::span<const RecordId>;

// Rows that one statement names.
constexpr std::size_t batch_max = 400;

// Calls f(Ids) for one batch after the other.
template <class F>
void in_batches(const std::vector<RecordId>& ids, F&& f) {
    for (std::size_t at = 0; at < ids.size(); at += batch_max) {
        f(Ids(ids).subspan(at, std::min(batch_max, ids.size() - at)));
    }
}

class Statements {
public:
    Statements(const Database& database, const Schema& schema, const Map& map)
        : database_(database), schema_(schema), map_(map) {}

    const Table& table_of(const std::string& name) const;

    // Keys of the person's rows; at most `most` of them. nullopt when the subject has none of the
    // identifiers that lead to this table.
    std::optional<Sql> find(const MapTable& rule, const Subject& subject, std::size_t most) const;
    // The keys, as find() gives them, of those of the frozen rows that are there.
    Sql present(const Table& table, Ids ids) const;
    // The same, and nobody else may touch these rows before the transaction ends.
    Sql lock(const Table& table, Ids ids) const;
    // Keys, then the columns as plain text.
    Sql values(const Table& table, const std::vector<const Column*>& columns, Ids ids) const;
    Sql set(const Table& table, const std::vector<std::pair<const Column*, Value>>& values, Ids ids)
        const;
    Sql remove(const Table& table, Ids ids) const;
    // Rows of `child` that refer to the rows by that foreign key: their keys, or 1 where they have
    // none.
    Sql referring(
        const Table& child, const ForeignKey& key, const Table& parent, Ids ids, std::size_t most
    ) const;

private:
    std::optional<Sql> selection(const MapTable& rule, const Subject& subject) const;
    Sql keys(const Table& table) const;
    Sql one_of(const Table& table, Ids ids) const;

    const Database& database_;
    const Schema& schema_;
    const Map& map_;
};

}  // namespace quittance::sources
