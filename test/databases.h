// A fresh, migrated database for every test, on SQLite and on PostgreSQL:
//
//   class Letters : public test::Databases {};
//   INSTANTIATE_TEST_SUITE_P(databases, Letters, test::both(), test::name_of);
//   TEST_P(Letters, are_sent_once) { store().write([&](store::Tx& tx) { … }); }
//
// PostgreSQL is the server that QUITTANCE_TEST_POSTGRES names (bin/with-postgres starts one for the
// length of a command); without it those tests are skipped and say so.
#pragma once

#include <gtest/gtest.h>

#include "store/store.h"

namespace quittance::test {

class Databases : public testing::TestWithParam<store::Dialect> {
public:
    ~Databases() override;

protected:
    void SetUp() override;
    void TearDown() override;

    store::Store& store() { return *store_; }
    bool on_sqlite() const { return GetParam() == store::Dialect::sqlite; }
    // Of this test's own database: to open it a second time, or again after close().
    const std::string& url() const { return url_; }
    void close() { store_.reset(); }
    void open(store::Options options = {});

private:
    std::string url_;
    std::string folder_;
    std::string database_;
    std::unique_ptr<store::Store> store_;
};

// Both of them; the names that the tests get: "sqlite", "postgresql".
inline auto both() { return testing::Values(store::Dialect::sqlite, store::Dialect::postgresql); }
std::string name_of(const testing::TestParamInfo<store::Dialect>& info);

}  // namespace quittance::test
