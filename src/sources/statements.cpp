#include "sources/statements.h"

namespace quittance::sources {
namespace {

// Columns of a table by their names, with commas; the names come from the schema, or from a map
// that was checked against it.
Sql list(const Table& table, const std::vector<std::string>& names) {
    Sql sql;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) sql << ", ";
        const auto* column = table.find(names[i]);
        if (column == nullptr) {
            throw Trouble(Trouble::Kind::refused, "The map names a column that is not there.");
        }
        sql << *column;
    }
    return sql;
}

Sql tuple(const Table& table, const std::vector<std::string>& names) {
    if (names.size() == 1) return list(table, names);
    return Sql() << "(" << list(table, names) << ")";
}

}  // namespace

const Table& Statements::table_of(const std::string& name) const {
    const auto* table = schema_.find(name);
    if (table == nullptr) {
        throw Trouble(Trouble::Kind::refused, "The table " + name + " is not there any more.");
    }
    return *table;
}

Sql Statements::keys(const Table& table) const {
    Sql sql;
    for (std::size_t i = 0; i < table.key.size(); ++i) {
        if (i > 0) sql << ", ";
        sql << database_.key_text(*table.find(table.key[i]));
    }
    return sql;
}

std::optional<Sql> Statements::selection(const MapTable& rule, const Subject& subject) const {
    const auto& table = table_of(rule.table);
    Sql sql;
    bool any = false;
    for (const auto& [kind, name] : rule.find) {
        const auto* column = table.find(name);
        for (const auto& identifier : subject.identifiers()) {
            if (identifier.kind() != kind || column == nullptr) continue;
            for (const auto& spelling : identifier.spellings()) {
                if (any) sql << " OR ";
                sql << database_.matches(*column, spelling, identifier.any_case());
                any = true;
            }
        }
    }
    const auto* above = rule.via ? map_.find(rule.via->table) : nullptr;
    if (above != nullptr) {
        if (const auto parents = selection(*above, subject)) {
            const auto& parent = table_of(above->table);
            if (any) sql << " OR ";
            sql << tuple(table, rule.via->columns) << " IN (SELECT "
                << list(parent, rule.via->references) << " FROM " << parent << " WHERE " << *parents
                << ")";
            any = true;
        }
    }
    if (!any) return std::nullopt;
    return Sql() << "(" << sql << ")";
}

std::optional<Sql> Statements::find(const MapTable& rule, const Subject& subject, std::size_t most)
    const {
    const auto where = selection(rule, subject);
    if (!where) return std::nullopt;
    const auto& table = table_of(rule.table);
    return Sql() << "SELECT " << keys(table) << " FROM " << table << " WHERE " << *where
                 << " LIMIT " << static_cast<std::int64_t>(most);
}

Sql Statements::one_of(const Table& table, Ids ids) const {
    const auto value = [&](std::size_t at, const RecordId& id) {
        return database_.key_value(*table.find(table.key[at]), id.at(at));
    };
    Sql sql;
    if (table.key.size() == 1) {
        sql << list(table, table.key) << " IN (";
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (i > 0) sql << ", ";
            sql << value(0, ids[i]);
        }
        return sql << ")";
    }
    sql << "(";
    for (std::size_t i = 0; i < ids.size(); ++i) {
        sql << (i > 0 ? Sql() << " OR (" : Sql() << "(");
        for (std::size_t at = 0; at < table.key.size(); ++at) {
            if (at > 0) sql << " AND ";
            sql << *table.find(table.key[at]) << " = " << value(at, ids[i]);
        }
        sql << ")";
    }
    return sql << ")";
}

Sql Statements::present(const Table& table, Ids ids) const {
    return Sql() << "SELECT " << keys(table) << " FROM " << table << " WHERE "
                 << one_of(table, ids);
}

Sql Statements::lock(const Table& table, Ids ids) const {
    return present(table, ids) << database_.lock_rows();
}

Sql Statements::values(const Table& table, const std::vector<const Column*>& columns, Ids ids)
    const {
    Sql sql;
    sql << "SELECT " << keys(table);
    for (const auto* column : columns) sql << ", " << database_.plain_text(*column);
    return sql << " FROM " << table << " WHERE " << one_of(table, ids);
}

Sql Statements::set(
    const Table& table, const std::vector<std::pair<const Column*, Value>>& values, Ids ids
) const {
    Sql sql;
    sql << "UPDATE " << table << " SET ";
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) sql << ", ";
        sql << *values[i].first << " = ";
        if (values[i].second.type == Value::Type::null) {
            sql << "NULL";
        } else {
            sql << values[i].second;
        }
    }
    return sql << " WHERE " << one_of(table, ids);
}

Sql Statements::remove(const Table& table, Ids ids) const {
    return Sql() << "DELETE FROM " << table << " WHERE " << one_of(table, ids);
}

Sql Statements::referring(
    const Table& child, const ForeignKey& key, const Table& parent, Ids ids, std::size_t most
) const {
    Sql sql;
    sql << "SELECT ";
    if (child.key.empty()) {
        sql << "1";
    } else {
        sql << keys(child);
    }
    return sql << " FROM " << child << " WHERE " << tuple(child, key.columns) << " IN (SELECT "
               << list(parent, key.references) << " FROM " << parent << " WHERE "
               << one_of(parent, ids) << ") LIMIT " << static_cast<std::int64_t>(most);
}

}  // namespace quittance::sources
