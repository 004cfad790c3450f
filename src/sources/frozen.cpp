#include "sources/frozen.h"

#include <algorithm>
#include <stdexcept>

#include "base/digest.h"

namespace quittance::sources {
namespace {

constexpr std::string_view format = "frozen records 1\n";

// Numbers are four bytes, the highest first; texts are their length and their bytes.
void put(std::string& out, std::size_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xFF);
}

void put(std::string& out, std::string_view text) {
    put(out, text.size());
    out += text;
}

class Bytes {
public:
    explicit Bytes(std::string_view rest) : rest_(rest) {}

    std::string_view take(std::size_t size) {
        if (size > rest_.size()) throw std::runtime_error("frozen records end too early");
        const auto taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }
    std::size_t number() {
        std::size_t number = 0;
        for (const unsigned char byte : take(4)) number = number << 8 | byte;
        return number;
    }
    std::string text() { return std::string(take(number())); }
    bool at_end() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

std::string canonical(const std::string& definition, const std::vector<FrozenTable>& tables) {
    std::string out(format);
    put(out, definition);
    put(out, tables.size());
    for (const auto& table : tables) {
        put(out, table.table);
        put(out, static_cast<std::size_t>(table.action));
        put(out, table.ids.size());
        for (const auto& id : table.ids) {
            put(out, id.size());
            for (const auto& value : id) put(out, value);
        }
    }
    return out;
}

FrozenTable read_table(Bytes& bytes) {
    FrozenTable table{.table = bytes.text(), .action = Action::keep, .ids = {}};
    const auto action = bytes.number();
    if (action < 1 || action > 4) throw std::runtime_error("frozen records name no known action");
    table.action = static_cast<Action>(action);
    for (auto left = bytes.number(); left > 0; --left) {
        auto& id = table.ids.emplace_back();
        for (auto values = bytes.number(); values > 0; --values) id.push_back(bytes.text());
    }
    return table;
}

}  // namespace

Frozen::Frozen(std::string definition, std::vector<FrozenTable> tables)
    : definition_(std::move(definition)),
      tables_(std::move(tables)),
      bytes_(canonical(definition_, tables_)) {}

std::optional<Frozen> Frozen::of(std::string definition, std::vector<FrozenTable> tables) {
    for (auto& table : tables) {
        std::ranges::sort(table.ids);
        table.ids.erase(std::unique(table.ids.begin(), table.ids.end()), table.ids.end());
    }
    std::erase_if(tables, [](const FrozenTable& table) { return table.ids.empty(); });
    if (tables.empty()) return std::nullopt;
    std::ranges::sort(tables);
    return Frozen(std::move(definition), std::move(tables));
}

Frozen Frozen::parse(std::string_view text) {
    Bytes bytes(text);
    if (bytes.take(format.size()) != format)
        throw std::runtime_error("these are no frozen records");
    auto definition = bytes.text();
    std::vector<FrozenTable> tables;
    for (auto left = bytes.number(); left > 0; --left) tables.push_back(read_table(bytes));
    auto frozen = of(std::move(definition), std::move(tables));
    // Anything but the canonical spelling was not written by us.
    if (!bytes.at_end() || !frozen || frozen->bytes() != text) {
        throw std::runtime_error("frozen records are damaged");
    }
    return std::move(*frozen);
}

const FrozenTable* Frozen::find(std::string_view name) const {
    const auto found = std::ranges::find(tables_, name, &FrozenTable::table);
    return found == tables_.end() ? nullptr : &*found;
}

std::string Frozen::digest() const { return sha256(bytes_); }

std::size_t Frozen::records() const {
    std::size_t sum = 0;
    for (const auto& table : tables_) sum += table.ids.size();
    return sum;
}

std::size_t Frozen::records(Action action) const {
    std::size_t sum = 0;
    for (const auto& table : tables_) sum += table.action == action ? table.ids.size() : 0;
    return sum;
}

}  // namespace quittance::sources
