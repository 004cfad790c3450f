// One try to erase frozen rows from an open database.
#pragma once

#include "sources/search.h"
#include "sources/sql_source.h"

namespace quittance::sources {

class Erasing {
public:
    Erasing(Database& database, const SqlSource::Parts& parts, const Order& order);

    // The whole of SqlSource::erase(). Throws Trouble before the commit.
    Outcome run();
    // Rows that were to be erased and are as they were found.
    std::size_t remaining();
    // The statements, one a line, with how many rows each is for.
    static std::string dry_run(
        const Database& database, const Schema& schema, const MapCheck& check, const Map& map,
        const Frozen& records
    );

private:
    std::optional<Outcome> compare();
    std::string difference(const Finding& found) const;
    void lock();
    void anonymise(const MapTable& rule, const FrozenTable& frozen);
    void anonymise_each(const MapTable& rule, const FrozenTable& frozen);
    void cut();
    void remove(const MapTable& rule);
    void require_no_strangers(const Table& parent, Ids ids);
    void require_changed(const Table& table, std::int64_t changed, std::size_t expected) const;
    std::size_t unlike(const MapTable& rule, const Table& table, Ids ids);
    Value random_for(const Table& table, const Column& column, const RecordId& id) const;

    Database& database_;
    const SqlSource::Parts& parts_;
    const Order& order_;
    Watch watch_;
    Schema schema_;
    MapCheck check_;
    Statements statements_;
};

}  // namespace quittance::sources
