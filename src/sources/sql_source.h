// A database as a source: finds a person's rows along a map, freezes their keys and erases exactly
// these, in one transaction of that database. Effect class B.
#pragma once

#include "sources/connector.h"
#include "sources/database.h"
#include "sources/map.h"
#include "sources/map_check.h"

namespace quittance::sources {

// A keyed hash under the account's own key, 64 hexadecimal digits: what `keyed_hash` writes.
using Pseudonym = std::function<std::string(std::string_view)>;

class SqlSource : public Connector {
public:
    struct Parts {
        OpenDatabase open;
        Map map;
        Pseudonym pseudonym;
        Limits limits{};
    };
    explicit SqlSource(Parts parts) : parts_(std::move(parts)) {}

    EffectClass effect_class() const override { return EffectClass::stable_id; }
    std::vector<std::string> kinds() const override { return parts_.map.kinds(); }

    Health check() override;
    // The snapshot is one moment. Tables without a key, views and maps that no longer fit the
    // schema are `Failed`.
    Finding find(const Subject& subject) override;
    // Under locks: finds again, and goes on only when that gives the same digest; then anonymises,
    // cuts circles and deletes, counting every statement; looks whether another row still refers to
    // one that goes (that would cascade) and whether everything is gone; commits; looks again.
    Outcome erase(const Order& order) override;
    Presence probe(const Order& order) override;
    std::string dry_run(const Frozen& records) override;

    // For whoever draws a map. Throw Trouble.
    Schema schema();
    MapCheck check_map();

private:
    Parts parts_;
};

// Throws Refusal `invalid_fields` (places "/map/…") when the map does not fit the live schema.
// Returns the warnings.
std::vector<std::string> require_fitting(const MapCheck& check);

}  // namespace quittance::sources
