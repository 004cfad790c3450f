#include "sources/map_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/email_address.h"

namespace quittance::sources {
namespace {

// A random text has to differ from row to row; a random number has 31 bits; a keyed hash that is
// cut shorter meets itself.
constexpr std::int64_t random_characters_min = 12;
constexpr std::int64_t random_bits_min = 32;
constexpr std::int64_t hash_characters_min = 32;

class Check {
public:
    Check(const Map& map, const Schema& schema, bool defers)
        : map_(map), schema_(schema), defers_(defers) {}

    MapCheck run() {
        for (std::size_t i = 0; i < map_.tables.size(); ++i) {
            at_ = "/map/tables/" + std::to_string(i);
            table(map_.tables[i]);
        }
        if (!check_.errors.empty()) return std::move(check_);
        for (std::size_t i = 0; i < map_.tables.size(); ++i) {
            at_ = "/map/tables/" + std::to_string(i);
            hanging(map_.tables[i]);
        }
        forgotten();
        std::vector<std::string> circle;
        auto order = erase_order(map_, schema_, defers_, circle);
        if (!order) {
            const auto tables = fmt::format("{}", fmt::join(circle, ", "));
            check_.errors.push_back({"/map/tables", "in_circle", {{"tables", tables}}});
        } else {
            check_.order = std::move(*order);
        }
        return std::move(check_);
    }

private:
    void wrong(const std::string& member, FieldError error) {
        error.at = at_ + member;
        check_.errors.push_back(std::move(error));
    }

    const Column* column(const Table& table, const std::string& name, const std::string& member) {
        const auto* found = table.find(name);
        if (found == nullptr) wrong(member, FieldError{"", "unknown_column", {{"column", name}}});
        return found;
    }

    void table(const MapTable& rule) {
        const auto* table = schema_.find(rule.table);
        if (table == nullptr) return wrong("/table", FieldError{"", "unknown_table"});
        if (table->view) return wrong("/table", FieldError{"", "not_a_table"});
        if (table->key.empty()) wrong("/table", FieldError{"", "no_key"});
        if (!table->transactional) wrong("/table", FieldError{"", "not_transactional"});
        for (const auto& [kind, name] : rule.find) column(*table, name, "/find/" + kind);
        if (rule.via) via(*table, *rule.via);
        for (std::size_t i = 0; i < rule.anonymise.size(); ++i) {
            anonymise(*table, rule.anonymise[i], "/anonymise/" + std::to_string(i));
        }
        if (table->triggers && rule.action != Action::keep) {
            check_.warnings.push_back(fmt::format(
                "{} has triggers. Look whether they copy what is deleted or touch other rows.",
                table->name
            ));
        }
    }

    void via(const Table& table, const Via& via) {
        for (const auto& name : via.columns) column(table, name, "/via/column");
        const auto* parent = schema_.find(via.table);
        if (parent == nullptr) return wrong("/via/table", FieldError{"", "unknown_table"});
        for (const auto& name : via.references) column(*parent, name, "/via/references");
    }

    void anonymise(const Table& table, const Anonymise& rule, const std::string& member) {
        const auto* found = column(table, rule.column, member + "/column");
        if (found == nullptr) return;
        if (found->generated) {
            return wrong(member + "/column", FieldError{"", "does_not_fit"});
        }
        if (table.is_key(rule.column)) {
            return wrong(member + "/column", FieldError{"", "holds_key"});
        }
        const bool text = found->type == ColumnType::text;
        const auto size = found->size;
        switch (rule.with) {
            case With::null:
                if (!found->nullable) wrong(member + "/with", FieldError{"", "not_nullable"});
                return;
            case With::text:
                if (!text) return wrong(member + "/with", FieldError{"", "does_not_fit"});
                if (!normal_form_c(*rule.text)) {
                    return wrong(member + "/text", FieldError{"", "does_not_fit"});
                }
                if (size && static_cast<std::int64_t>(characters(*rule.text)) > *size) {
                    const auto most = std::to_string(*size);
                    wrong(member + "/text", FieldError{"", "too_long", {{"most", most}}});
                }
                return;
            case With::random: {
                const bool number = found->type == ColumnType::integer;
                const auto least = number ? random_bits_min : random_characters_min;
                const bool fits = (text || number) && (!size || *size >= least);
                if (!fits) wrong(member + "/with", FieldError{"", "does_not_fit"});
                return;
            }
            case With::keyed_hash:
                if (!text || (size && *size < hash_characters_min)) {
                    wrong(member + "/with", FieldError{"", "does_not_fit"});
                }
        }
    }

    // A row that stays cannot refer to one that goes, unless the reference is set to null.
    void hanging(const MapTable& rule) {
        if (rule.action == Action::remove) return;
        for (const auto& key : schema_.find(rule.table)->foreign_keys) {
            const auto* parent = map_.find(key.table);
            if (parent == nullptr || parent->action != Action::remove) continue;
            const bool nulled = std::ranges::any_of(key.columns, [&](const std::string& name) {
                return std::ranges::any_of(rule.anonymise, [&](const Anonymise& one) {
                    return one.column == name && one.with == With::null;
                });
            });
            if (!nulled) wrong("/do", FieldError{"", "hangs_on_deleted", {{"table", key.table}}});
        }
    }

    void forgotten() {
        for (const auto& table : schema_.tables) {
            if (map_.find(table.name) != nullptr) continue;
            for (const auto& key : table.foreign_keys) {
                const auto* parent = map_.find(key.table);
                if (parent == nullptr || parent->action != Action::remove) continue;
                check_.warnings.push_back(fmt::format(
                    "{} refers to {} and is not in the map. Where it holds rows of the person, "
                    "nothing will be deleted: add it.",
                    table.name, key.table
                ));
                break;
            }
        }
    }

    const Map& map_;
    const Schema& schema_;
    bool defers_;
    std::string at_;
    MapCheck check_;
};

}  // namespace

MapCheck check_map(const Map& map, const Schema& schema, bool defers) {
    return Check(map, schema, defers).run();
}

}  // namespace quittance::sources
