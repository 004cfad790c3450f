#include "base/tables.h"

#include <algorithm>

// The tables themselves are made by the build: cmake/made_tables.cpp.
namespace quittance::laws {
namespace {

template <class Table, class Key>
auto find_in(const Table& table, Key key, std::string_view wanted) -> decltype(table.data()) {
    const auto found = std::ranges::find(table, wanted, key);
    return found == table.end() ? nullptr : &*found;
}

}  // namespace

const Country* country(std::string_view code) { return find_in(countries(), &Country::code, code); }

std::string_view country_name(std::string_view code, std::string_view language) {
    const auto* found = find_in(country_names(language), &CountryName::code, code);
    return found ? found->name : std::string_view{};
}

const Region* region(std::string_view country, std::string_view code) {
    const auto* found = find_in(regions(), &Region::code, code);
    return found && found->country == country ? found : nullptr;
}

const Authority* authority(std::string_view country) {
    return find_in(authorities(), &Authority::country, country);
}

const RequestType* request_type(std::string_view id) {
    return find_in(request_types(), &RequestType::id, id);
}

const Ground* ground(std::string_view id) { return find_in(grounds(), &Ground::id, id); }

bool Ground::is_for(std::string_view type) const {
    return std::ranges::find(types, type) != types.end();
}

}  // namespace quittance::laws
