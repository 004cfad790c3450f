#include "test/samples.h"

#include "base/id.h"

namespace quittance::test {
namespace {

namespace json = boost::json;

const json::value* member(const json::object& schema, std::string_view name) {
    return schema.if_contains(json::string_view(name.data(), name.size()));
}

std::string type_of(const json::object& schema) {
    const auto* type = member(schema, "type");
    if (!type) return "";
    if (type->is_string()) return std::string(type->get_string());
    return std::string(type->get_array().at(0).as_string());
}

json::value sample_text(const json::object& schema) {
    if (const auto* names = member(schema, "enum")) return names->as_array().at(0);
    if (const auto* format = member(schema, "format")) {
        if (*format == "uuid") return json::value(Uuid::make().text());
        if (*format == "date") return "2026-11-24";
    }
    const auto* most = member(schema, "maxLength");
    return most && most->as_int64() < 20 ? "DE" : "slow boats go far";
}

json::value sample_object(const Contract& contract, const json::object& schema) {
    json::object object;
    if (const auto* properties = member(schema, "properties")) {
        for (const auto& property : properties->as_object()) {
            object[property.key()] = sample(contract, property.value());
        }
    }
    const auto* others = member(schema, "additionalProperties");
    if (others && others->is_object()) object["message"] = sample(contract, *others);
    return object;
}

class Spoiler {
public:
    Spoiler(const Contract& contract, const json::value& good) : contract_(contract), good_(good) {}

    void spoil(const json::value& given, const std::string& at) {
        const auto& schema = contract_.resolved(given).as_object();
        const auto& value = at.empty() ? good_ : good_.at_pointer(at);
        if (!at.empty()) with("is of a wrong type", at, of_wrong_type(contract_, given));
        if (value.is_string()) spoil_text(schema, at);
        if (value.is_int64()) spoil_number(schema, at);
        if (value.is_array()) spoil_array(schema, value.get_array(), at);
        if (value.is_object()) spoil_object(schema, value.get_object(), at);
    }

    std::vector<Flawed> take() { return std::move(flawed_); }

private:
    void with(const std::string& what, const std::string& at, const json::value& value) {
        auto body = good_;
        body.at_pointer(at) = value;
        flawed_.push_back({what, at, json::serialize(body)});
    }

    void spoil_text(const json::object& schema, const std::string& at) {
        if (const auto* most = member(schema, "maxLength")) {
            const auto length = static_cast<std::size_t>(most->as_int64()) + 1;
            with("is too long", at, json::value(std::string(length, 'x')));
        }
        if (member(schema, "minLength")) with("is empty", at, "");
        if (member(schema, "enum")) with("is not one of them", at, "no_such_value");
        if (member(schema, "format")) with("is not of its format", at, "2026-02-30");
    }

    void spoil_number(const json::object& schema, const std::string& at) {
        if (const auto* least = member(schema, "minimum")) {
            with("is too small", at, least->as_int64() - 1);
        }
        if (const auto* most = member(schema, "maximum")) {
            with("is too large", at, most->as_int64() + 1);
        }
        with("is no integer", at, 1.5);
    }

    void spoil_array(const json::object& schema, const json::array& value, const std::string& at) {
        if (member(schema, "minItems")) with("has too few items", at, json::array{});
        if (const auto* most = member(schema, "maxItems")) {
            json::array many;
            for (std::int64_t i = 0; i <= most->as_int64(); ++i) many.push_back(value.at(0));
            with("has too many items", at, many);
        }
        spoil(schema.at("items"), at + "/0");
    }

    void spoil_object(
        const json::object& schema, const json::object& value, const std::string& at
    ) {
        if (const auto* required = member(schema, "required")) {
            for (const auto& name : required->as_array()) {
                auto body = good_;
                auto& object = at.empty() ? body.as_object() : body.at_pointer(at).as_object();
                object.erase(name.as_string());
                flawed_.push_back(
                    {"is missing", at + "/" + std::string(name.as_string()), json::serialize(body)}
                );
            }
        }
        const auto* others = member(schema, "additionalProperties");
        if (others && others->is_bool()) {
            auto body = good_;
            auto& object = at.empty() ? body.as_object() : body.at_pointer(at).as_object();
            object["no_such_member"] = true;
            flawed_.push_back({"is unknown", at + "/no_such_member", json::serialize(body)});
        }
        for (const auto& entry : value) {
            const auto* properties = member(schema, "properties");
            const auto* known =
                properties ? properties->as_object().if_contains(entry.key()) : nullptr;
            if (!known) known = others;
            spoil(*known, at + "/" + std::string(entry.key()));
        }
    }

    const Contract& contract_;
    const json::value& good_;
    std::vector<Flawed> flawed_;
};

void replace(std::string& path, std::string_view gap, const std::string& with) {
    const auto at = path.find(gap);
    if (at != std::string::npos) path.replace(at, gap.size(), with);
}

}  // namespace

json::value sample(const Contract& contract, const json::value& given) {
    const auto& schema = contract.resolved(given).as_object();
    if (const auto* example = member(schema, "example")) return *example;
    const auto type = type_of(schema);
    if (type == "object") return sample_object(contract, schema);
    if (type == "array") return json::array{sample(contract, schema.at("items"))};
    if (type == "integer") return schema.contains("minimum") ? schema.at("minimum") : 1;
    if (type == "boolean") return true;
    return sample_text(schema);
}

std::string with_ids(std::string path, const Ids& ids) {
    const std::pair<const char*, const std::string&> resources[] = {
        {"/requests/", ids.request}, {"/templates/", ids.template_},
        {"/agents/", ids.agent},     {"/invitations/", ids.invitation},
        {"/api-keys/", ids.api_key}, {"/sessions/", ids.session}};
    for (const auto& [resource, id] : resources) {
        if (path.find(resource) == std::string::npos) continue;
        replace(path, "{id}", id.empty() ? Uuid::make().text() : id);
    }
    replace(path, "{reply}", Uuid::make().text());
    return path;
}

std::vector<Flawed> spoil(
    const Contract& contract, const json::value& schema, const json::value& good
) {
    Spoiler spoiler(contract, good);
    spoiler.spoil(schema, "");
    return spoiler.take();
}

}  // namespace quittance::test
