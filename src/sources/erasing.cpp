#include "sources/erasing.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/digest.h"

namespace quittance::sources {
namespace {

// What a column gets that all rows get alike; nullopt for the other ways.
std::optional<Value> same_for_all(const Anonymise& rule) {
    if (rule.with == With::null) return Value{};
    if (rule.with == With::text) return Value{Value::Type::text, *rule.text};
    return std::nullopt;
}

std::string_view without_padding(std::string_view text) {
    return text.substr(0, text.find_last_not_of(' ') + 1);
}

bool is_keyed_hash(std::string_view text, std::size_t size) {
    return text.size() == size && text.find_first_not_of("0123456789abcdef") == text.npos;
}

std::size_t hash_size(const Column& column) {
    return static_cast<std::size_t>(std::min<std::int64_t>(column.size.value_or(64), 64));
}

}  // namespace

Erasing::Erasing(Database& database, const SqlSource::Parts& parts, const Order& order)
    : database_(database),
      parts_(parts),
      order_(order),
      watch_(parts.limits.whole),
      schema_(database.schema()),
      check_(sources::check_map(parts.map, schema_, database.defers())),
      statements_(database, schema_, parts.map) {
    if (!check_.errors.empty()) throw Trouble(Trouble::Kind::refused, words_of(check_.errors));
}

Outcome Erasing::run() {
    lock();
    if (auto outcome = compare()) return std::move(*outcome);
    if (check_.order.defer) database_.defer();
    for (const auto& frozen : order_.records.tables()) {
        const auto* rule = parts_.map.find(frozen.table);
        if (!rule->anonymise.empty()) anonymise(*rule, frozen);
    }
    cut();
    for (const auto* rule : check_.order.removals) remove(*rule);
    if (remaining() > 0) {
        throw Trouble(
            Trouble::Kind::refused,
            "The database took the statements, and the rows are still there. Look for triggers or "
            "rules on these tables. Nothing was changed."
        );
    }
    watch_.look();
    database_.commit();
    using Kind = Outcome::Kind;
    try {
        if (remaining() > 0) {
            return {.kind = Kind::unknown, .words = "After the commit the rows are there again."};
        }
    } catch (const Trouble& trouble) {
        return {.kind = Kind::unknown, .words = trouble.what()};
    }
    const auto& records = order_.records;
    Outcome outcome{.kind = Kind::deleted};
    outcome.counts = {
        .removed = records.records(Action::remove),
        .anonymised = records.records(Action::anonymise),
        .pseudonymised = records.records(Action::pseudonymise),
        .kept = records.records(Action::keep)};
    if (outcome.counts.removed + outcome.counts.anonymised == 0) outcome.kind = Kind::kept;
    return outcome;
}

void Erasing::lock() {
    for (const auto& frozen : order_.records.tables()) {
        if (frozen.action == Action::keep) continue;
        const auto& table = statements_.table_of(frozen.table);
        in_batches(frozen.ids, [&](Ids ids) {
            watch_.look();
            database_.rows(statements_.lock(table, ids));
        });
    }
}

// What is there now has to be what was frozen, or nothing of it.
std::optional<Outcome> Erasing::compare() {
    const auto found =
        search(database_, schema_, parts_.map, order_.subject, parts_.limits, watch_);
    const auto* now = std::get_if<Frozen>(&found);
    if (now != nullptr && now->digest() == order_.records.digest()) return std::nullopt;
    if (const auto* failed = std::get_if<Failed>(&found)) {
        return Outcome{.kind = Outcome::Kind::refused, .words = failed->words};
    }
    if (now == nullptr && remaining() == 0) {
        return Outcome{
            .kind = Outcome::Kind::nothing_found, .words = "Nothing of it is there any more."};
    }
    return Outcome{.kind = Outcome::Kind::changed, .words = difference(found)};
}

std::string Erasing::difference(const Finding& found) const {
    std::string words = "The rows are not those of the plan";
    const auto* now = std::get_if<Frozen>(&found);
    const char* between = ": ";
    for (const auto& rule : parts_.map.tables) {
        const auto* was = order_.records.find(rule.table);
        const auto* is = now != nullptr ? now->find(rule.table) : nullptr;
        const auto before = was != nullptr ? was->ids.size() : 0;
        const auto after = is != nullptr ? is->ids.size() : 0;
        if (before == after && (was == nullptr || is == nullptr || was->ids == is->ids)) continue;
        words += fmt::format("{}{} had {}, has {}", between, rule.table, before, after);
        between = "; ";
    }
    return words + ". Nothing was touched.";
}

Value Erasing::random_for(const Table& table, const Column& column, const RecordId& id) const {
    // From the ticket, not from a generator: the same on every try, so that a probe recognises it;
    // nothing of the old value goes in.
    std::string bytes = table.name + '\0' + column.name;
    for (const auto& value : id) bytes += '\0' + value;
    const auto hash = hmac_sha256(order_.ticket, bytes);
    if (column.type == ColumnType::integer) {
        std::uint32_t number = 0;
        for (int i = 0; i < 4; ++i) number = number << 8 | static_cast<std::uint8_t>(hash[i]);
        return {Value::Type::integer, std::to_string(number & 0x7FFFFFFF)};
    }
    const auto size = std::min<std::int64_t>(column.size.value_or(32), 32);
    return {Value::Type::text, hex(hash).substr(0, static_cast<std::size_t>(size))};
}

void Erasing::anonymise(const MapTable& rule, const FrozenTable& frozen) {
    const auto& table = statements_.table_of(frozen.table);
    std::vector<std::pair<const Column*, Value>> values;
    for (const auto& one : rule.anonymise) {
        const auto value = same_for_all(one);
        if (!value) return anonymise_each(rule, frozen);
        values.emplace_back(table.find(one.column), *value);
    }
    in_batches(frozen.ids, [&](Ids ids) {
        watch_.look();
        require_changed(table, database_.change(statements_.set(table, values, ids)), ids.size());
    });
}

void Erasing::anonymise_each(const MapTable& rule, const FrozenTable& frozen) {
    const auto& table = statements_.table_of(frozen.table);
    std::vector<const Column*> hashed;
    for (const auto& one : rule.anonymise) {
        if (one.with == With::keyed_hash) hashed.push_back(table.find(one.column));
    }
    for (const auto& id : frozen.ids) {
        watch_.look();
        const Ids this_one(&id, 1);
        const auto rows = database_.rows(statements_.values(table, hashed, this_one));
        require_changed(table, static_cast<std::int64_t>(rows.size()), 1);
        std::vector<std::pair<const Column*, Value>> values;
        std::size_t at = table.key.size();
        for (const auto& one : rule.anonymise) {
            const auto* column = table.find(one.column);
            if (const auto value = same_for_all(one)) {
                values.emplace_back(column, *value);
            } else if (one.with == With::random) {
                values.emplace_back(column, random_for(table, *column, id));
            } else if (const auto& old = rows[0].at(at++)) {
                const auto size = hash_size(*column);
                // A try that was repeated keeps what the first one wrote.
                const auto hash =
                    is_keyed_hash(*old, size) ? *old : parts_.pseudonym(*old).substr(0, size);
                values.emplace_back(column, Value{Value::Type::text, hash});
            }
        }
        if (values.empty()) continue;
        require_changed(table, database_.change(statements_.set(table, values, this_one)), 1);
    }
}

void Erasing::cut() {
    for (const auto& cut : check_.order.cuts) {
        const auto* frozen = order_.records.find(cut.table->name);
        if (frozen == nullptr) continue;
        std::vector<std::pair<const Column*, Value>> nulls;
        for (const auto* column : cut.columns) nulls.emplace_back(column, Value{});
        in_batches(frozen->ids, [&](Ids ids) {
            watch_.look();
            const auto changed = database_.change(statements_.set(*cut.table, nulls, ids));
            require_changed(*cut.table, changed, ids.size());
        });
    }
}

void Erasing::remove(const MapTable& rule) {
    const auto* frozen = order_.records.find(rule.table);
    if (frozen == nullptr) return;
    const auto& table = statements_.table_of(rule.table);
    in_batches(frozen->ids, [&](Ids ids) {
        watch_.look();
        require_no_strangers(table, ids);
        const auto changed = database_.change(statements_.remove(table, ids));
        // Where foreign keys wait, a cascade may have taken frozen rows before their turn.
        if (check_.order.defer && changed < static_cast<std::int64_t>(ids.size())) return;
        require_changed(table, changed, ids.size());
    });
}

// A row that refers to one that goes, and is not itself to go, would block the deletion, or be
// deleted or changed by a cascade although nobody froze it.
void Erasing::require_no_strangers(const Table& parent, Ids ids) {
    for (const auto& child : schema_.tables) {
        const auto* frozen = order_.records.find(child.name);
        const bool goes = frozen != nullptr && frozen->action == Action::remove;
        for (const auto& key : child.foreign_keys) {
            if (key.table != parent.name) continue;
            const auto most = goes ? parts_.limits.records_max + 1 : 1;
            const auto rows = database_.rows(statements_.referring(child, key, parent, ids, most));
            const bool stranger = std::ranges::any_of(rows, [&](const Database::Row& row) {
                return !goes || !std::ranges::binary_search(frozen->ids, id_of(child, row));
            });
            if (!stranger) continue;
            throw Trouble(
                Trouble::Kind::refused,
                fmt::format(
                    "{} has rows that refer to rows of {} which are to be deleted, and that are "
                    "not in the plan. Add the table to the map, or change these rows first. "
                    "Nothing was touched.",
                    child.name, parent.name
                )
            );
        }
    }
}

void Erasing::require_changed(const Table& table, std::int64_t changed, std::size_t expected)
    const {
    if (changed == static_cast<std::int64_t>(expected)) return;
    throw Trouble(
        Trouble::Kind::refused,
        fmt::format(
            "A statement on {} was meant for {} rows and met {}. Nothing was changed.", table.name,
            expected, changed
        )
    );
}

std::size_t Erasing::remaining() {
    std::size_t left = 0;
    for (const auto& frozen : order_.records.tables()) {
        if (!erases(frozen.action)) continue;
        const auto& table = statements_.table_of(frozen.table);
        const auto* rule = parts_.map.find(frozen.table);
        in_batches(frozen.ids, [&](Ids ids) {
            watch_.look();
            left += frozen.action == Action::remove
                        ? database_.rows(statements_.present(table, ids)).size()
                        : unlike(*rule, table, ids);
        });
    }
    return left;
}

// Rows that are there and do not hold what anonymising writes.
std::size_t Erasing::unlike(const MapTable& rule, const Table& table, Ids ids) {
    std::vector<const Column*> columns;
    for (const auto& one : rule.anonymise) columns.push_back(table.find(one.column));
    const auto rows = database_.rows(statements_.values(table, columns, ids));
    return static_cast<std::size_t>(std::ranges::count_if(rows, [&](const Database::Row& row) {
        const auto id = id_of(table, row);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto same = same_for_all(rule.anonymise[i]);
            const auto expected = same ? *same : random_for(table, *columns[i], id);
            const auto& held = row[table.key.size() + i];
            if (held.has_value() != (expected.type != Value::Type::null)) return true;
            if (held && without_padding(*held) != without_padding(expected.text)) return true;
        }
        return false;
    }));
}

std::string Erasing::dry_run(
    const Database& database, const Schema& schema, const MapCheck& check, const Map& map,
    const Frozen& records
) {
    const Statements statements(database, schema, map);
    std::string out;
    const auto line = [&](const Sql& sql, const FrozenTable& frozen) {
        const auto count = frozen.ids.size();
        out += fmt::format("{}; -- {} {}\n", sql.shown(), count, count == 1 ? "row" : "rows");
    };
    const auto first = [](const FrozenTable& frozen) { return Ids(frozen.ids).first(1); };
    for (const auto& frozen : records.tables()) {
        std::vector<std::pair<const Column*, Value>> values;
        const auto& table = statements.table_of(frozen.table);
        for (const auto& one : map.find(frozen.table)->anonymise) {
            const auto same = same_for_all(one);
            values.emplace_back(
                table.find(one.column), same ? *same : Value{Value::Type::text, ""}
            );
        }
        if (!values.empty()) line(statements.set(table, values, first(frozen)), frozen);
    }
    for (const auto& cut : check.order.cuts) {
        const auto* frozen = records.find(cut.table->name);
        std::vector<std::pair<const Column*, Value>> nulls;
        for (const auto* column : cut.columns) nulls.emplace_back(column, Value{});
        if (frozen != nullptr) line(statements.set(*cut.table, nulls, first(*frozen)), *frozen);
    }
    for (const auto* rule : check.order.removals) {
        const auto* frozen = records.find(rule->table);
        if (frozen == nullptr) continue;
        line(statements.remove(statements.table_of(rule->table), first(*frozen)), *frozen);
    }
    return out;
}

}  // namespace quittance::sources
