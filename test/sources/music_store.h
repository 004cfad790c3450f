// A record shop's database, ours from the first row to the last, on each of the products that can
// be a source: 17 tables, composite and binary keys, two tables that refer to each other, NOT NULL,
// a trigger, a view, some thousand rows.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "sources/database_settings.h"
#include "sources/sql_source.h"
#include "test/sources/behind.h"

namespace quittance::sources {

enum class Product { sqlite, postgresql, mysql };

constexpr int customers = 150;

class MusicStore : public testing::TestWithParam<Product> {
protected:
    void SetUp() override;
    void TearDown() override;

    // Everything that stands in a table, a line a row.
    std::set<std::string> dump(const std::string& table, const std::string& where = "1 = 1");
    std::map<std::string, std::set<std::string>> dump();
    std::unique_ptr<Behind> another();
    void run(const std::string& sql) { behind_->run(sql); }
    std::vector<std::string> lines(const std::string& sql) { return behind_->lines(sql); }

    // The map of the whole shop.
    static std::string whole_map();
    SqlSource source(const std::string& map = whole_map(), Limits limits = {});
    std::unique_ptr<Database> open(Limits limits = {});

    static Subject customer(int number);
    static Frozen frozen(Finding finding);
    static Order order_for(int number, Finding finding);

    Surroundings surroundings_;

private:
    void make_database();
    void fill();
    void fill_the_third_level();
    std::string binary(int id) const;

    std::string name_;
    std::string folder_;
    std::unique_ptr<Behind> behind_;
};

std::string name_of_product(const testing::TestParamInfo<Product>& info);
inline auto all_products() {
    return testing::Values(Product::sqlite, Product::postgresql, Product::mysql);
}
// All tables of the shop.
const std::vector<std::string>& shop_tables();
std::string email_of(int number);

}  // namespace quittance::sources
