// A row of an answer that came in PostgreSQL's binary form.
#pragma once

#include <libpq-fe.h>

#include "store/store.h"

namespace quittance::store {

class PostgresRow final : public Row {
public:
    PostgresRow(const PGresult* answer, int row) : answer_(answer), row_(row) {}

    bool null(int column) const override;
    std::int64_t integer(int column) const override;
    std::string_view text(int column) const override;
    std::string_view blob(int column) const override;

private:
    unsigned type(int column) const;
    std::string_view bytes(int column) const;

    const PGresult* answer_;
    int row_;
};

}  // namespace quittance::store
