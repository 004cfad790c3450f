#include <algorithm>
#include <set>

#include "sources/map_check.h"

namespace quittance::sources {
namespace {

struct Edge {
    const MapTable* child;
    const MapTable* parent;
    const Table* table;  // the child's
    const ForeignKey* key;
};

std::vector<Edge> edges_of(const Map& map, const Schema& schema) {
    std::vector<Edge> edges;
    for (const auto& child : map.tables) {
        if (child.action != Action::remove) continue;
        const auto* table = schema.find(child.table);
        for (const auto& key : table->foreign_keys) {
            const auto* parent = map.find(key.table);
            if (parent == nullptr || parent->action != Action::remove) continue;
            edges.push_back({&child, parent, table, &key});
        }
    }
    return edges;
}

// Whether `to` is reached from `from` over what is still in the way.
bool leads(const std::vector<Edge>& edges, const MapTable* from, const MapTable* to) {
    std::set<const MapTable*> seen{from};
    std::vector<const MapTable*> ahead{from};
    while (!ahead.empty()) {
        const auto* here = ahead.back();
        ahead.pop_back();
        if (here == to) return true;
        for (const auto& edge : edges) {
            if (edge.child == here && seen.insert(edge.parent).second) {
                ahead.push_back(edge.parent);
            }
        }
    }
    return false;
}

// The columns of the foreign key that may be null; one null is enough to refer to nothing.
std::vector<const Column*> nullable(const Edge& edge) {
    std::vector<const Column*> columns;
    for (const auto& name : edge.key->columns) {
        const auto* column = edge.table->find(name);
        if (column->nullable && !column->generated && !edge.table->is_key(name)) {
            columns.push_back(column);
        }
    }
    return columns;
}

// Takes one edge of a circle away: by nulling it first, or by letting it wait. False when no edge
// of any circle allows either.
bool open_a_circle(std::vector<Edge>& edges, EraseOrder& order, bool defers) {
    for (auto edge = edges.begin(); edge != edges.end(); ++edge) {
        const auto columns = nullable(*edge);
        if (columns.empty() || !leads(edges, edge->parent, edge->child)) continue;
        order.cuts.push_back({edge->table, columns});
        edges.erase(edge);
        return true;
    }
    for (auto edge = edges.begin(); edge != edges.end(); ++edge) {
        if (!defers || !edge->key->deferrable) continue;
        if (!leads(edges, edge->parent, edge->child)) continue;
        order.defer = true;
        edges.erase(edge);
        return true;
    }
    return false;
}

}  // namespace

std::optional<EraseOrder> erase_order(
    const Map& map, const Schema& schema, bool defers, std::vector<std::string>& circle
) {
    EraseOrder order;
    auto edges = edges_of(map, schema);
    std::vector<const MapTable*> left;
    for (const auto& table : map.tables) {
        if (table.action == Action::remove) left.push_back(&table);
    }
    while (!left.empty()) {
        const auto free = std::ranges::find_if(left, [&](const MapTable* table) {
            return std::ranges::find(edges, table, &Edge::parent) == edges.end();
        });
        if (free != left.end()) {
            const auto* table = *free;
            order.removals.push_back(table);
            left.erase(free);
            std::erase_if(edges, [&](const Edge& edge) { return edge.child == table; });
        } else if (!open_a_circle(edges, order, defers)) {
            for (const auto* table : left) circle.push_back(table->table);
            return std::nullopt;
        }
    }
    return order;
}

}  // namespace quittance::sources
