// The parameters behind the question mark. Every wrong one is collected ("?limit") and all of them
// are thrown at once; a name that the route does not know is wrong, too, because a filter that is
// silently dropped shows more than was asked for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/refusal.h"
#include "http/call.h"
#include "requests/values.h"

namespace quittance::api {

class Query {
public:
    explicit Query(const http::Call& call) : call_(call) {}

    std::optional<std::string> text(std::string_view name);
    std::optional<bool> boolean(std::string_view name);
    std::optional<Uuid> id(std::string_view name);
    // 1 to 200, else 50.
    int limit();
    template <class E>
    std::optional<E> one_of(std::string_view name) {
        const auto given = text(name);
        if (!given) return std::nullopt;
        const auto value = requests::find_value<E>(*given);
        if (!value) wrong(name, "not_one_of", {{"allowed", names<E>()}});
        return value;
    }
    void wrong(
        std::string_view name, std::string code, std::map<std::string, std::string> params = {}
    );
    // Throws Refusal 422 with all that was wrong. Call it after the last parameter.
    void done();

private:
    template <class E>
    static std::string names() {
        std::string all;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
            all += (all.empty() ? "" : ", ") + std::string(d.name);
        });
        return all;
    }

    const http::Call& call_;
    std::vector<std::string> known_;
    std::vector<FieldError> errors_;
};

}  // namespace quittance::api
