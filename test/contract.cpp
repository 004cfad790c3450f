#include "test/contract.h"

#include <re2/re2.h>
#include <yaml-cpp/yaml.h>

#include <stdexcept>

#include "api/contract.h"
#include "base/clock.h"
#include "base/email_address.h"
#include "base/id.h"

namespace quittance::test {
namespace {

namespace json = boost::json;

json::value scalar(const YAML::Node& node) {
    const auto text = node.Scalar();
    if (node.Tag() == "!") return json::value(text);
    if (text == "true" || text == "false") return text == "true";
    if (text == "null") return nullptr;
    static const RE2 integer("-?[0-9]+");
    if (RE2::FullMatch(text, integer)) return std::stoll(text);
    return json::value(text);
}

json::value to_json(const YAML::Node& node) {
    if (node.IsNull()) return nullptr;
    if (node.IsScalar()) return scalar(node);
    if (node.IsSequence()) {
        json::array array;
        for (const auto& item : node) array.push_back(to_json(item));
        return array;
    }
    json::object object;
    for (const auto& member : node) object[member.first.Scalar()] = to_json(member.second);
    return object;
}

std::string_view type_name(const json::value& value) {
    if (value.is_null()) return "null";
    if (value.is_bool()) return "boolean";
    if (value.is_string()) return "string";
    if (value.is_array()) return "array";
    if (value.is_object()) return "object";
    return value.is_double() ? "number" : "integer";
}

bool allows_type(const json::value& type, std::string_view name) {
    if (type.is_string()) return type.get_string() == name;
    return std::ranges::any_of(type.get_array(), [&](const json::value& one) {
        return one.get_string() == name;
    });
}

std::string flaw_of_text(const json::object& schema, std::string_view text) {
    const auto length = static_cast<std::int64_t>(characters(text));
    const auto* least = schema.if_contains("minLength");
    const auto* most = schema.if_contains("maxLength");
    if (least && length < least->get_int64()) return "is too short";
    if (most && length > most->get_int64()) return "is too long";
    const auto* format = schema.if_contains("format");
    if (!format) return "";
    if (*format == "uuid" && (!Uuid::parse(text) || Uuid::parse(text)->text() != text)) {
        return "is no lower-case UUID";
    }
    if (*format == "date" && !parse_day(text)) return "is no date";
    static const RE2 time(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)");
    if (*format == "date-time" && !RE2::FullMatch(text, time)) return "is no time";
    return "";
}

std::string flaw_of_number(const json::object& schema, std::int64_t number) {
    const auto* least = schema.if_contains("minimum");
    const auto* most = schema.if_contains("maximum");
    if (least && number < least->get_int64()) return "is too small";
    if (most && number > most->get_int64()) return "is too large";
    return "";
}

std::string flaw_of_size(const json::object& schema, std::size_t size) {
    const auto* least = schema.if_contains("minItems");
    const auto* most = schema.if_contains("maxItems");
    if (least && size < static_cast<std::size_t>(least->get_int64())) return "has too few items";
    if (most && size > static_cast<std::size_t>(most->get_int64())) return "has too many items";
    return "";
}

std::string named(const std::string& at, const std::string& flaw) {
    return flaw.empty() ? "" : (at.empty() ? "/" : at) + ": " + flaw;
}

}  // namespace

const Contract& Contract::the() {
    static const Contract contract(api::contract_text());
    return contract;
}

Contract::Contract(std::string_view yaml) : contract_(to_json(YAML::Load(std::string(yaml)))) {
    for (const auto& path : contract_.at("paths").as_object()) {
        for (const auto& operation : path.value().as_object()) {
            if (operation.key() == "parameters") continue;
            std::string method(operation.key());
            for (char& c : method) c = static_cast<char>(c - 'a' + 'A');
            const auto& node = operation.value().as_object();
            operations_.push_back(
                {std::string(node.at("operationId").as_string()), method, std::string(path.key()),
                 &node}
            );
        }
    }
}

std::vector<std::string> Contract::Operation::texts(std::string_view member) const {
    std::vector<std::string> texts;
    if (const auto* list = node->if_contains(member)) {
        for (const auto& text : list->as_array()) texts.emplace_back(text.as_string());
    }
    return texts;
}

const Contract::Operation* Contract::find(std::string_view route) const {
    const auto found = std::ranges::find_if(operations_, [&](const Operation& operation) {
        return operation.route() == route;
    });
    return found == operations_.end() ? nullptr : &*found;
}

const Contract::Operation& Contract::operation(std::string_view id) const {
    const auto found = std::ranges::find(operations_, id, &Operation::id);
    if (found == operations_.end()) throw std::logic_error("no operation " + std::string(id));
    return *found;
}

const json::value* Contract::body_schema(const Operation& operation) const {
    const auto* body = operation.node->if_contains("requestBody");
    return body ? &body->at("content").at("application/json").at("schema") : nullptr;
}

const json::value& Contract::resolved(const json::value& schema) const {
    const auto* ref = schema.as_object().if_contains("$ref");
    if (!ref) return schema;
    const std::string pointer(ref->as_string());
    return resolved(contract_.at_pointer(pointer.substr(1)));
}

std::string Contract::flaw_of_body(const Operation& operation, std::string_view body) const {
    const auto* schema = body_schema(operation);
    if (!schema) return "";
    if (body.empty()) {
        return operation.node->at("requestBody").at("required").as_bool() ? "/: is missing" : "";
    }
    json::error_code error;
    const auto value = json::parse(json::string_view(body.data(), body.size()), error);
    return error ? "/: is not JSON" : flaw(*schema, value, "");
}

std::string Contract::flaw_of_answer(const Operation& operation, const http::Answer& answer) const {
    const auto& answers = operation.node->at("responses").as_object();
    const auto* known = answers.if_contains(std::to_string(answer.status));
    if (!known) return "status " + std::to_string(answer.status) + " is not in the contract";
    const auto* content = resolved(*known).as_object().if_contains("content");
    if (!content) return answer.body.empty() ? "" : "a body where the contract has none";
    const auto type = answer.headers.find("content-type").value_or("");
    const auto* media = content->as_object().if_contains(type.substr(0, type.find(';')));
    if (!media) return "content type " + std::string(type) + " is not in the contract";
    if (type.find("json") == std::string_view::npos) return "";
    json::error_code error;
    const auto value = json::parse(answer.body, error);
    return error ? "the answer is not JSON" : flaw(media->at("schema"), value, "");
}

std::string Contract::flaw(
    const json::value& given, const json::value& value, const std::string& at
) const {
    const auto& schema = resolved(given).as_object();
    if (const auto* choices = schema.if_contains("oneOf")) {
        for (const auto& choice : choices->as_array()) {
            if (flaw(choice, value, at).empty()) return "";
        }
        return named(at, "is none of those that it may be: " + json::serialize(value));
    }
    const auto* type = schema.if_contains("type");
    if (type && !allows_type(*type, type_name(value))) {
        return named(at, "is of type " + std::string(type_name(value)));
    }
    if (const auto* names = schema.if_contains("enum")) {
        const auto& list = names->as_array();
        if (std::ranges::find(list, value) == list.end()) {
            return named(at, "is not one of those that it may be: " + json::serialize(value));
        }
    }
    if (value.is_string()) return named(at, flaw_of_text(schema, value.get_string()));
    if (value.is_int64()) return named(at, flaw_of_number(schema, value.get_int64()));
    if (value.is_object()) return flaw_of_object(schema, value.get_object(), at);
    if (!value.is_array()) return "";
    const auto* items = schema.if_contains("items");
    for (std::size_t i = 0; items && i < value.get_array().size(); ++i) {
        const auto found = flaw(*items, value.get_array()[i], at + "/" + std::to_string(i));
        if (!found.empty()) return found;
    }
    return named(at, flaw_of_size(schema, value.get_array().size()));
}

std::string Contract::flaw_of_object(
    const json::object& schema, const json::object& value, const std::string& at
) const {
    if (const auto* required = schema.if_contains("required")) {
        for (const auto& name : required->as_array()) {
            if (!value.contains(name.as_string())) {
                return named(at, "lacks " + std::string(name.as_string()));
            }
        }
    }
    const auto* properties = schema.if_contains("properties");
    const auto* others = schema.if_contains("additionalProperties");
    for (const auto& member : value) {
        const auto here = at + "/" + std::string(member.key());
        const auto* known =
            properties ? properties->as_object().if_contains(member.key()) : nullptr;
        if (!known && others && others->is_bool()) return named(here, "is not in the contract");
        if (!known) known = others;
        const auto found = known ? flaw(*known, member.value(), here) : "";
        if (!found.empty()) return found;
    }
    return "";
}

json::value of_wrong_type(const Contract& contract, const json::value& schema) {
    const std::vector<json::value> others{json::array{json::array{}}, 17, "text", true};
    for (const auto& other : others) {
        const auto* type = contract.resolved(schema).as_object().if_contains("type");
        if (type && !allows_type(*type, type_name(other))) return other;
    }
    return nullptr;
}

}  // namespace quittance::test
