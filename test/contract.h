// contract/openapi.yaml as a judge: is this body, is this answer what the contract says? Knows the
// part of JSON Schema that the contract uses.
#pragma once

#include <boost/json.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "http/call.h"

namespace quittance::test {

class Contract {
public:
    struct Operation {
        std::string id;
        std::string method;  // "GET"
        std::string path;    // "/api/v1/requests/{id}"
        const boost::json::object* node;

        std::string route() const { return method + " " + path; }
        // Texts of a list member such as "x-roles".
        std::vector<std::string> texts(std::string_view member) const;
    };

    // The one inside the binary.
    static const Contract& the();

    const std::vector<Operation>& operations() const { return operations_; }
    const Operation* find(std::string_view route) const;
    const Operation& operation(std::string_view id) const;  // a fault when there is none

    // The schema of the body, or nullptr when the operation takes none.
    const boost::json::value* body_schema(const Operation& operation) const;
    // Follows $ref.
    const boost::json::value& resolved(const boost::json::value& schema) const;

    // What is wrong, as "/pointer: sentence", or "" when nothing is.
    std::string flaw_of_body(const Operation& operation, std::string_view body) const;
    std::string flaw_of_answer(const Operation& operation, const http::Answer& answer) const;
    std::string flaw(
        const boost::json::value& schema, const boost::json::value& value, const std::string& at
    ) const;

private:
    explicit Contract(std::string_view yaml);
    std::string flaw_of_object(
        const boost::json::object& schema, const boost::json::object& value, const std::string& at
    ) const;

    boost::json::value contract_;
    std::vector<Operation> operations_;
};

// Of a type that the schema does not allow.
boost::json::value of_wrong_type(const Contract& contract, const boost::json::value& schema);

}  // namespace quittance::test
