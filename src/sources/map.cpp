#include "sources/map.h"

#include <algorithm>

#include "base/digest.h"
#include "base/email_address.h"

namespace quittance::sources {

// The JSON as it stands in the contract. (At namespace level: Boost.Describe cannot describe what
// has no linkage.)
enum class Do { delete_, anonymise, keep };
BOOST_DESCRIBE_ENUM(Do, delete_, anonymise, keep)

struct ViaJson {
    RawJson column;
    std::string table;
    RawJson references;
};
BOOST_DESCRIBE_STRUCT(ViaJson, (), (column, table, references))

struct TableJson {
    std::string table;
    std::optional<std::map<std::string, std::string>> find;
    std::optional<ViaJson> via;
    Do do_ = Do::keep;
    std::optional<std::vector<Anonymise>> anonymise;
    std::optional<std::string> ground;
    std::optional<Day> until;
};
BOOST_DESCRIBE_STRUCT(TableJson, (), (table, find, via, do_, anonymise, ground, until))

struct MapJson {
    std::vector<TableJson> tables;
};
BOOST_DESCRIBE_STRUCT(MapJson, (), (tables))

namespace {

constexpr std::size_t tables_max = 200;
constexpr std::size_t columns_max = 16;

// One name, or a list of them.
std::vector<std::string> names_of(const RawJson& json) {
    if (json.is_string()) return {std::string(json.get_string())};
    std::vector<std::string> names;
    if (!json.is_array()) return names;
    for (const auto& one : json.get_array()) {
        if (!one.is_string()) return {};
        names.emplace_back(one.get_string());
    }
    return names;
}

RawJson json_of(const std::vector<std::string>& names) {
    return names.size() == 1 ? to_json(names[0]) : to_json(names);
}

class Reading {
public:
    Map read(const MapJson& json) {
        if (json.tables.empty()) errors_.push_back({"/map/tables", "required"});
        if (json.tables.size() > tables_max) {
            errors_.push_back({"/map/tables", "too_many", {{"most", std::to_string(tables_max)}}});
        }
        for (std::size_t i = 0; errors_.empty() && i < json.tables.size(); ++i) {
            at_ = "/map/tables/" + std::to_string(i);
            map_.tables.push_back(table(json.tables[i]));
        }
        if (!errors_.empty()) throw Refusal(std::move(errors_));
        return std::move(map_);
    }

private:
    void wrong(const std::string& member, FieldError error) {
        error.at = at_ + member;
        errors_.push_back(std::move(error));
    }

    MapTable table(const TableJson& json) {
        MapTable table{.table = json.table};
        if (map_.find(json.table)) wrong("/table", FieldError{"", "twice"});
        if (json.find) table.find = *json.find;
        if (table.find.empty() && !json.via) wrong("/find", FieldError{"", "required"});
        if (json.via) table.via = via(*json.via);
        rule(json, table);
        table.ground = json.ground ? std::string(trimmed(*json.ground)) : "";
        table.until = json.until;
        if (table.action == Action::keep && table.ground.empty()) {
            wrong("/ground", FieldError{"", "required"});
        }
        return table;
    }

    Via via(const ViaJson& json) {
        Via via{names_of(json.column), json.table, names_of(json.references)};
        if (via.columns.empty() || via.columns.size() > columns_max) {
            wrong("/via/column", FieldError{"", "required"});
        }
        if (via.references.size() != via.columns.size()) {
            wrong("/via/references", FieldError{"", "not_paired"});
        }
        if (!map_.find(json.table)) wrong("/via/table", FieldError{"", "not_above"});
        return via;
    }

    void rule(const TableJson& json, MapTable& table) {
        if (json.do_ == Do::delete_) table.action = Action::remove;
        if (json.do_ != Do::anonymise) return;
        if (json.anonymise) table.anonymise = *json.anonymise;
        if (table.anonymise.empty()) wrong("/anonymise", FieldError{"", "required"});
        // One column that only got a pseudonym, and the row is not anonymous.
        const bool hashed = std::ranges::any_of(table.anonymise, [](const Anonymise& one) {
            return one.with == With::keyed_hash;
        });
        table.action = hashed ? Action::pseudonymise : Action::anonymise;
        for (std::size_t i = 0; i < table.anonymise.size(); ++i) {
            const auto& one = table.anonymise[i];
            const auto place = "/anonymise/" + std::to_string(i);
            if ((one.with == With::text) != one.text.has_value()) {
                wrong(place + "/text", FieldError{"", "required"});
            }
            if (std::ranges::count(table.anonymise, one.column, &Anonymise::column) > 1) {
                wrong(place + "/column", FieldError{"", "twice"});
            }
        }
    }

    Map map_;
    std::string at_;
    std::vector<FieldError> errors_;
};

}  // namespace

const MapTable* Map::find(std::string_view table) const {
    const auto found = std::ranges::find(tables, table, &MapTable::table);
    return found == tables.end() ? nullptr : &*found;
}

std::vector<std::string> Map::kinds() const {
    std::vector<std::string> kinds;
    for (const auto& table : tables) {
        for (const auto& [kind, column] : table.find) {
            if (std::ranges::find(kinds, kind) == kinds.end()) kinds.push_back(kind);
        }
    }
    return kinds;
}

std::string Map::digest() const { return sha256(boost::json::serialize(sources::json_of(*this))); }

Map read_map(const RawJson& json) {
    MapJson body;
    try {
        body = from_json<MapJson>(json);
    } catch (Refusal& refusal) {
        for (auto& error : refusal.errors) {
            error.at = error.at == "/" ? "/map" : "/map" + error.at;
        }
        throw;
    }
    return Reading().read(body);
}

RawJson json_of(const Map& map) {
    MapJson json;
    for (const auto& table : map.tables) {
        auto& out = json.tables.emplace_back();
        out.table = table.table;
        if (!table.find.empty()) out.find = table.find;
        if (table.via) {
            out.via = ViaJson{
                json_of(table.via->columns), table.via->table, json_of(table.via->references)};
        }
        out.do_ = table.action == Action::remove ? Do::delete_
                  : table.action == Action::keep ? Do::keep
                                                 : Do::anonymise;
        if (!table.anonymise.empty()) out.anonymise = table.anonymise;
        if (!table.ground.empty()) out.ground = table.ground;
        out.until = table.until;
    }
    return to_json(json);
}

}  // namespace quittance::sources
