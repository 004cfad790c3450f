// A database behind the source's back: what the company's own programs would use.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace quittance::sources {

class Behind {
public:
    virtual ~Behind() = default;
    // Throws std::runtime_error.
    virtual void run(const std::string& sql) = 0;
    // A line a row, its values ended by |.
    virtual std::vector<std::string> lines(const std::string& sql) = 0;
};

std::unique_ptr<Behind> behind_sqlite(const std::string& file);
std::unique_ptr<Behind> behind_postgresql(const std::string& url);
// No database: an empty name.
std::unique_ptr<Behind> behind_mysql(const std::string& socket, const std::string& database);

}  // namespace quittance::sources
