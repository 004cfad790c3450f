// The contract and the house are one: every route stands in it and the other way round, with the
// roles and scopes of the one table, and every code that is thrown anywhere has its words.
#include "test/contract.h"

#include <re2/re2.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "api/words.h"
#include "people/roles.h"
#include "test/house.h"

namespace quittance::test {
namespace {

class TheContract : public InTheHouse {};
INSTANTIATE_TEST_SUITE_P(databases, TheContract, testing::Values(store::Dialect::sqlite), name_of);

std::string route_of(const http::Route& route) {
    const std::map<Method, std::string> names{
        {Method::get, "GET"},
        {Method::post, "POST"},
        {Method::put, "PUT"},
        {Method::delete_, "DELETE"}};
    return names.at(route.method) + " " + route.pattern;
}

TEST_P(TheContract, names_every_route_and_no_other) {
    std::set<std::string> served;
    for (const auto& route : api::routes(house->inside.parts())) served.insert(route_of(route));
    std::set<std::string> promised;
    for (const auto& operation : Contract::the().operations()) promised.insert(operation.route());
    EXPECT_EQ(served, promised);
}

TEST_P(TheContract, has_the_roles_and_scopes_of_the_one_table) {
    for (const auto& route : api::routes(house->inside.parts())) {
        const auto& operation = *Contract::the().find(route_of(route));
        std::vector<std::string> roles;
        std::vector<std::string> scopes;
        if (route.access == "public") {
            roles = {"public"};
        } else {
            const auto& access = people::access(route.access);
            using people::Role;
            for (const auto role : {Role::owner, Role::agent, Role::technician, Role::auditor}) {
                if (people::may(role, access)) roles.emplace_back(people::name_of(role));
            }
            using people::Scope;
            for (const auto scope : {Scope::read, Scope::intake, Scope::write, Scope::delete_}) {
                if (people::may(std::array{scope}, access)) {
                    scopes.emplace_back(people::name_of(scope));
                }
            }
            EXPECT_EQ(operation.node->contains("x-fresh"), access.fresh) << operation.id;
        }
        EXPECT_EQ(operation.texts("x-roles"), roles) << operation.id;
        EXPECT_EQ(operation.texts("x-scopes"), scopes) << operation.id;
    }
}

TEST_P(TheContract, its_own_examples_are_what_it_says) {
    for (const auto& operation : Contract::the().operations()) {
        const auto* schema = Contract::the().body_schema(operation);
        if (!schema) continue;
        const auto* example = Contract::the().resolved(*schema).as_object().if_contains("example");
        if (example) {
            EXPECT_EQ(Contract::the().flaw(*schema, *example, ""), "") << operation.id;
        }
    }
}

TEST_P(TheContract, can_be_fetched_and_read) {
    EXPECT_EQ(house->get(nobody, "/api/openapi.yaml").status, 200);
    const auto docs = house->get(nobody, "/api/docs");
    EXPECT_EQ(docs.status, 200);
    EXPECT_NE(docs.body.find("/api/v1/requests/{id}/approval"), std::string::npos);
    EXPECT_EQ(docs.body.find("<script"), std::string::npos);
    EXPECT_EQ(docs.body.find("src="), std::string::npos);
}

std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

// The codes that the sources throw: refusals, field errors and what the server says by itself.
std::set<std::string> thrown_codes() {
    const std::vector<std::string> patterns{
        R"re(\bNo::\w+,\s*"([a-z_]+)")re",
        R"re(unavailable\([^;]*?"([a-z_]+)"\))re",
        R"re((?:\.wrong|\bwrong)\((?:\w+,\s*|"\w+",\s*)?"([a-z_]+)")re",
        R"re((?:FieldError\{|push_back\(\{|emplace_back\(|\{\{)\s*)re"
        R"re((?:"[?/][^"]*"|\w*at|field|std::string\(\w+\)),\s*"([a-z_]+)")re",
        R"re(\{"/\w+(?:/\w+)*",\s*"([a-z_]+)")re",
        R"re(problem\(\d+, "([a-z_]+)")re",
        R"re(Trouble\{\d+, "([a-z_]+)")re"};
    std::set<std::string> codes;
    const std::filesystem::path sources(SOURCE_FOLDER "/src");
    for (const auto& file : std::filesystem::recursive_directory_iterator(sources)) {
        const auto extension = file.path().extension();
        if (extension != ".cpp" && extension != ".h") continue;
        const auto text = text_of(file.path());
        for (const auto& pattern : patterns) {
            re2::StringPiece rest(text);
            std::string code;
            const RE2 finder(pattern);
            while (RE2::FindAndConsume(&rest, finder, &code)) codes.insert(code);
        }
    }
    return codes;
}

TEST(Words, are_there_for_every_code_that_is_thrown) {
    const auto codes = thrown_codes();
    EXPECT_GT(codes.size(), 60u);
    for (const auto& code : codes) EXPECT_NE(api::words(code, {}), "") << code;
}

TEST(Words, are_filled_with_parameters_and_leave_no_gaps) {
    EXPECT_EQ(
        api::words("too_long", {{"most", "200"}}), "This is too long. At most 200 characters."
    );
    EXPECT_EQ(api::words("too_long", {}), "This is too long.");
    EXPECT_EQ(api::words("no_such_code", {}), "");
    for (const auto& [code, text] : api::all_words()) {
        EXPECT_TRUE(text.ends_with('.')) << code;
        EXPECT_EQ(api::words(code, {}).find('{'), std::string::npos) << code;
    }
}

}  // namespace
}  // namespace quittance::test
