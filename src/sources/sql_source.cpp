#include "sources/sql_source.h"

#include <fmt/format.h>

#include <algorithm>

#include "sources/erasing.h"

namespace quittance::sources {
namespace {

constexpr std::chrono::seconds try_again_after{60};

bool goes_later(const Trouble& trouble) {
    using Kind = Trouble::Kind;
    return trouble.kind == Kind::unreachable || trouble.kind == Kind::lost ||
           trouble.kind == Kind::busy;
}

Outcome outcome_of(const Trouble& trouble) {
    if (trouble.kind == Trouble::Kind::commit_unknown) {
        return {.kind = Outcome::Kind::unknown, .words = trouble.what()};
    }
    if (goes_later(trouble)) {
        return {
            .kind = Outcome::Kind::retry_at,
            .words = trouble.what(),
            .retry_after = try_again_after};
    }
    return {.kind = Outcome::Kind::refused, .words = trouble.what()};
}

}  // namespace

std::vector<std::string> require_fitting(const MapCheck& check) {
    if (!check.errors.empty()) throw Refusal(check.errors);
    return check.warnings;
}

Schema SqlSource::schema() { return parts_.open()->schema(); }

MapCheck SqlSource::check_map() {
    const auto database = parts_.open();
    const auto schema = database->schema();
    auto check = sources::check_map(parts_.map, schema, database->defers());
    // It points into a schema that ends here.
    check.order = {};
    return check;
}

Health SqlSource::check() {
    try {
        const auto database = parts_.open();
        const auto schema = database->schema();
        if (is_our_own(schema)) {
            return {
                false,
                "This is a database of Quittance itself. Erasing from it is what the rest of the "
                "product does; choose another database."};
        }
        const auto check = sources::check_map(parts_.map, schema, database->defers());
        return {check.errors.empty(), words_of(check.errors), check.warnings};
    } catch (const Trouble& trouble) {
        return {false, trouble.what()};
    }
}

Finding SqlSource::find(const Subject& subject) {
    try {
        const Watch watch(parts_.limits.whole);
        const auto database = parts_.open();
        database->begin(Database::Use::find);
        const auto schema = database->schema();
        if (is_our_own(schema)) return Failed{"This is a database of Quittance itself."};
        const auto check = sources::check_map(parts_.map, schema, database->defers());
        if (!check.errors.empty()) return Failed{words_of(check.errors)};
        auto found = search(*database, schema, parts_.map, subject, parts_.limits, watch);
        database->roll_back();
        return found;
    } catch (const Trouble& trouble) {
        return Failed{trouble.what(), goes_later(trouble)};
    }
}

Outcome SqlSource::erase(const Order& order) {
    if (order.records.definition() != parts_.map.digest()) {
        return {
            .kind = Outcome::Kind::changed,
            .words = "The map of this source was changed after the rows were found."};
    }
    std::unique_ptr<Database> database;
    try {
        database = parts_.open();
        database->begin(Database::Use::erase);
        if (is_our_own(database->schema())) {
            return {
                .kind = Outcome::Kind::refused, .words = "This is a database of Quittance itself."};
        }
        auto outcome = Erasing(*database, parts_, order).run();
        database->roll_back();
        return outcome;
    } catch (const Trouble& trouble) {
        if (database) database->roll_back();
        return outcome_of(trouble);
    }
}

Presence SqlSource::probe(const Order& order) {
    using Kind = Presence::Kind;
    const auto& records = order.records;
    if (records.definition() != parts_.map.digest()) {
        return {Kind::cannot_tell, "The map of this source was changed after the rows were found."};
    }
    if (records.records(Action::remove) + records.records(Action::anonymise) == 0) {
        return {Kind::still_there, "Nothing of it is to be erased; doing it again does no harm."};
    }
    try {
        const auto database = parts_.open();
        database->begin(Database::Use::find);
        const auto left = Erasing(*database, parts_, order).remaining();
        database->roll_back();
        if (left == 0) return {Kind::gone, ""};
        return {Kind::still_there, fmt::format("{} of the rows are still there.", left)};
    } catch (const Trouble& trouble) {
        return {Kind::cannot_tell, trouble.what()};
    }
}

std::string SqlSource::dry_run(const Frozen& records) {
    try {
        const auto database = parts_.open();
        const auto schema = database->schema();
        const auto check = sources::check_map(parts_.map, schema, database->defers());
        if (!check.errors.empty()) return words_of(check.errors);
        return Erasing::dry_run(*database, schema, check, parts_.map, records);
    } catch (const Trouble& trouble) {
        return trouble.what();
    }
}

}  // namespace quittance::sources
