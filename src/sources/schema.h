// The live schema of a database source: what a map is drawn and checked against, and the only place
// where quoted names come from. A name that a technician wrote never gets into SQL; it is looked up
// here, and what is here came from the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quittance::sources {

enum class ColumnType { text, integer, number, boolean, moment, binary, uuid, other };

struct Column {
    std::string name;
    std::string quoted;    // for SQL
    std::string declared;  // the database's own words for the type
    ColumnType type = ColumnType::other;
    bool nullable = false;
    bool generated = false;  // computed by the database: cannot be written
    // Characters of a text, bits of an integer; nullopt when it has no limit.
    std::optional<std::int64_t> size{};
};

enum class OnDelete { refuse, cascade, set_null, set_default };

struct ForeignKey {
    std::vector<std::string> columns;
    std::string table;
    std::vector<std::string> references;  // in the order of `columns`
    OnDelete on_delete = OnDelete::refuse;
    bool deferrable = false;
};

struct Table {
    std::string name;  // with its schema in front when that is not the default one
    std::string quoted;
    // A view, a virtual or a foreign table: may show other people's rows under one name, so nothing
    // is ever found or erased through it.
    bool view = false;
    bool transactional = true;
    bool triggers = false;
    std::vector<Column> columns{};
    std::vector<std::string> key{};  // the primary key; empty when there is none
    std::vector<ForeignKey> foreign_keys{};

    const Column* find(std::string_view column) const;
    bool is_key(std::string_view column) const;
};

struct Schema {
    std::vector<Table> tables;

    const Table* find(std::string_view table) const;
};

// One that is a database of this product (of any installation): never a source.
bool is_our_own(const Schema& schema);

}  // namespace quittance::sources
