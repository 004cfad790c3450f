// Finding a person's rows in an open database, and the time that may take.
#pragma once

#include <chrono>

#include "sources/connector.h"
#include "sources/statements.h"

namespace quittance::sources {

// Throws Trouble `busy` once the time is over; asked between statements, each of which ends within
// its own limit.
class Watch {
public:
    explicit Watch(std::chrono::milliseconds whole)
        : end_(std::chrono::steady_clock::now() + whole) {}
    void look() const {
        if (std::chrono::steady_clock::now() < end_) return;
        throw Trouble(
            Trouble::Kind::busy,
            "The database took longer than it may. Look for missing indexes on the columns of the "
            "map."
        );
    }

private:
    std::chrono::steady_clock::time_point end_;
};

// Inside a transaction of the caller. Throws Trouble.
Finding search(
    Database& database, const Schema& schema, const Map& map, const Subject& subject,
    const Limits& limits, const Watch& watch
);

// The key columns of a row as an id. Throws Trouble `refused` when one of them is null.
RecordId id_of(const Table& table, const Database::Row& row);

// One sentence that names every error; empty when there are none.
std::string words_of(const std::vector<FieldError>& errors);

}  // namespace quittance::sources
