#include "sources/mysql_schema.h"

#include <map>

namespace quittance::sources {
namespace {

std::string quoted(const std::string& name) {
    std::string out = "`";
    for (const char c : name) out.append(c == '`' ? 2 : 1, c);
    return out + '`';
}

ColumnType type_of(std::string_view type) {
    if (type.ends_with("int")) return ColumnType::integer;
    if (type.ends_with("char") || type.ends_with("text")) return ColumnType::text;
    if (type.ends_with("binary") || type.ends_with("blob")) return ColumnType::binary;
    if (type == "decimal" || type == "float" || type == "double") return ColumnType::number;
    if (type == "date" || type == "datetime" || type == "timestamp") return ColumnType::moment;
    if (type == "uuid") return ColumnType::uuid;
    return ColumnType::other;
}

std::optional<std::int64_t> size_of(std::string_view type) {
    if (type == "tinyint") return 8;
    if (type == "smallint") return 16;
    if (type == "mediumint") return 24;
    if (type == "int") return 32;
    if (type == "bigint") return 64;
    return std::nullopt;
}

void read_columns(Database& database, std::map<std::string, Table>& tables) {
    const auto found = database.rows(
        Sql() << "SELECT CONCAT(c.table_schema, '.', c.table_name), c.column_name, c.column_type, "
              << "c.data_type, c.is_nullable, c.extra LIKE '%GENERATED%', "
              << "c.character_maximum_length FROM information_schema.columns c "
              << "ORDER BY c.table_schema, c.table_name, c.ordinal_position"
    );
    for (const auto& row : found) {
        const auto table = tables.find(*row[0]);
        if (table == tables.end()) continue;
        Column column{.name = *row[1], .quoted = quoted(*row[1]), .declared = *row[2]};
        column.type = type_of(*row[3]);
        column.nullable = *row[4] == "YES";
        column.generated = *row[5] == "1";
        column.size = row[6] ? std::optional<std::int64_t>(std::stoll(*row[6])) : size_of(*row[3]);
        table->second.columns.push_back(std::move(column));
    }
}

OnDelete on_delete_of(std::string_view words) {
    if (words == "CASCADE") return OnDelete::cascade;
    if (words == "SET NULL") return OnDelete::set_null;
    if (words == "SET DEFAULT") return OnDelete::set_default;
    return OnDelete::refuse;
}

// Primary keys, too: they are constraints with the fixed name PRIMARY and refer to nothing.
void read_foreign_keys(Database& database, std::map<std::string, Table>& tables) {
    const auto found = database.rows(
        Sql() << "SELECT CONCAT(k.table_schema, '.', k.table_name), k.constraint_name, "
              << "k.column_name, CONCAT(k.referenced_table_schema, '.', k.referenced_table_name), "
              << "k.referenced_column_name, r.delete_rule "
              << "FROM information_schema.key_column_usage k "
              << "LEFT JOIN information_schema.referential_constraints r "
              << "ON r.constraint_schema = k.constraint_schema "
              << "AND r.constraint_name = k.constraint_name AND r.table_name = k.table_name "
              << "WHERE k.constraint_name = 'PRIMARY' OR k.referenced_table_name IS NOT NULL "
              << "ORDER BY k.table_schema, k.table_name, k.constraint_name, k.ordinal_position"
    );
    std::string last;
    for (const auto& row : found) {
        const auto table = tables.find(*row[0]);
        if (table == tables.end()) continue;
        if (!row[3]) {
            table->second.key.push_back(*row[2]);
            continue;
        }
        auto& keys = table->second.foreign_keys;
        if (const auto name = *row[0] + " " + *row[1]; name != last) {
            last = name;
            const auto parent = tables.find(*row[3]);
            keys.push_back(
                {.columns = {},
                 .table = parent == tables.end() ? "" : parent->second.name,
                 .references = {},
                 .on_delete = on_delete_of(row[5].value_or("")),
                 .deferrable = false}
            );
        }
        keys.back().columns.push_back(*row[2]);
        keys.back().references.push_back(*row[4]);
    }
}

}  // namespace

Schema read_mysql_schema(Database& database) {
    const auto found = database.rows(
        Sql() << "SELECT t.table_schema, t.table_name, t.table_schema = DATABASE(), "
              << "t.table_type <> 'BASE TABLE', t.engine = 'InnoDB', "
              << "EXISTS (SELECT 1 FROM information_schema.triggers g "
              << "WHERE g.event_object_schema = t.table_schema "
              << "AND g.event_object_table = t.table_name) FROM information_schema.tables t "
              << "WHERE t.table_schema NOT IN ('information_schema', 'mysql', 'sys', "
              << "'performance_schema') ORDER BY t.table_schema <> DATABASE(), 1, 2"
    );
    std::map<std::string, Table> tables;
    for (const auto& row : found) {
        const bool ours = row[2].value_or("0") == "1";
        Table table{
            .name = ours ? *row[1] : *row[0] + "." + *row[1],
            .quoted = quoted(*row[0]) + "." + quoted(*row[1])};
        table.view = *row[3] == "1";
        table.transactional = table.view || row[4].value_or("0") == "1";
        table.triggers = *row[5] == "1";
        tables.emplace(*row[0] + "." + *row[1], std::move(table));
    }
    read_columns(database, tables);
    read_foreign_keys(database, tables);
    Schema schema;
    for (const auto& row : found) {
        schema.tables.push_back(std::move(tables.at(*row[0] + "." + *row[1])));
    }
    return schema;
}

}  // namespace quittance::sources
