// JSON to and from our own structs (Boost.Describe). Reading says where it went wrong: every wrong
// member is collected as a FieldError with its JSON pointer, and all of them are thrown at once.
//
//   struct Body { std::string name; std::optional<int> age; };
//   BOOST_DESCRIBE_STRUCT(Body, (), (name, age))
//   const auto body = read_json<Body>(text);      // throws Refusal
//   const std::string text = write_json(body);
//
// Rules: std::optional members may be absent or null; every other member is required. Members that
// the struct does not have are refused (`unknown_member`). Enums are described with
// BOOST_DESCRIBE_ENUM and written as their names. Members whose C++ name ends in an underscore
// lose it in JSON (`operator_` is "operator").
#pragma once

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>

#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/refusal.h"

namespace quittance {

// Parses `text` with limits (depth 32). Throws Refusal 400 `malformed_json` with the position.
boost::json::value parse_json(std::string_view text);

// A value that is kept as it came: for members that another function reads later.
using RawJson = boost::json::value;

class JsonReader {
public:
    void wrong(std::string code, std::map<std::string, std::string> params = {}) {
        errors_.push_back({path_.empty() ? "/" : path_, std::move(code), std::move(params)});
    }
    void expected(std::string_view type) { wrong("wrong_type", {{"expected", std::string(type)}}); }

    template <class F>
    void inside(std::string_view member, F&& f) {
        const auto length = path_.size();
        path_ += '/';
        path_ += member;
        f();
        path_.resize(length);
    }

    // Throws one Refusal with everything that was wrong, if anything was.
    void done() {
        if (!errors_.empty()) throw Refusal(std::move(errors_));
    }

private:
    std::string path_;
    std::vector<FieldError> errors_;
};

namespace json_detail {

template <class T>
struct optional_of : std::false_type {};
template <class T>
struct optional_of<std::optional<T>> : std::true_type {};
template <class T>
struct vector_of : std::false_type {};
template <class T>
struct vector_of<std::vector<T>> : std::true_type {};
template <class T>
struct text_map : std::false_type {};
template <class T>
struct text_map<std::map<std::string, T>> : std::true_type {};
template <class T>
struct id_of : std::false_type {};
template <class Tag>
struct id_of<Id<Tag>> : std::true_type {};

template <class T>
concept Described = boost::describe::has_describe_members<T>::value && !std::is_enum_v<T>;
template <class T>
concept DescribedEnum = boost::describe::has_describe_enumerators<T>::value;

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

constexpr std::string_view member_name(const char* name) {
    std::string_view view(name);
    if (view.ends_with('_')) view.remove_suffix(1);
    return view;
}

template <class T>
void read(JsonReader& reader, const boost::json::value& value, T& out);

template <DescribedEnum T>
void read_enum(JsonReader& reader, const boost::json::value& value, T& out) {
    if (!value.is_string()) return reader.expected("string");
    const std::string_view text(value.get_string().data(), value.get_string().size());
    bool found = false;
    std::string allowed;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto d) {
        allowed += (allowed.empty() ? "" : ", ") + std::string(member_name(d.name));
        if (text == member_name(d.name)) {
            out = d.value;
            found = true;
        }
    });
    if (!found) reader.wrong("not_one_of", {{"allowed", allowed}});
}

template <Described T>
void read_struct(JsonReader& reader, const boost::json::value& value, T& out) {
    if (!value.is_object()) return reader.expected("object");
    const auto& object = value.get_object();
    std::size_t known = 0;
    boost::mp11::mp_for_each<Members<T>>([&](auto d) {
        auto& member = out.*d.pointer;
        using M = std::remove_cvref_t<decltype(member)>;
        const auto name = member_name(d.name);
        reader.inside(name, [&] {
            if (const auto* found = object.if_contains({name.data(), name.size()})) {
                ++known;
                read(reader, *found, member);
            } else if constexpr (!optional_of<M>::value) {
                reader.wrong("required");
            }
        });
    });
    if (known == object.size()) return;
    for (const auto& entry : object) {
        bool mine = false;
        boost::mp11::mp_for_each<Members<T>>([&](auto d) {
            const auto name = member_name(d.name);
            mine = mine || entry.key() == boost::json::string_view(name.data(), name.size());
        });
        if (!mine) {
            reader.inside({entry.key().data(), entry.key().size()}, [&] {
                reader.wrong("unknown_member");
            });
        }
    }
}

template <class T>
void read(JsonReader& reader, const boost::json::value& value, T& out) {
    if constexpr (std::is_same_v<T, RawJson>) {
        out = value;
    } else if constexpr (optional_of<T>::value) {
        if (value.is_null()) {
            out.reset();
        } else {
            read(reader, value, out.emplace());
        }
    } else if constexpr (std::is_same_v<T, bool>) {
        if (!value.is_bool()) return reader.expected("boolean");
        out = value.get_bool();
    } else if constexpr (DescribedEnum<T>) {
        read_enum(reader, value, out);
    } else if constexpr (std::is_integral_v<T>) {
        if (!value.is_int64()) return reader.expected("integer");
        if (!std::in_range<T>(value.get_int64())) return reader.wrong("out_of_range");
        out = static_cast<T>(value.get_int64());
    } else if constexpr (std::is_same_v<T, std::string>) {
        if (!value.is_string()) return reader.expected("string");
        out.assign(value.get_string().data(), value.get_string().size());
    } else if constexpr (std::is_same_v<T, Day>) {
        if (!value.is_string()) return reader.expected("date");
        const auto day = parse_day({value.get_string().data(), value.get_string().size()});
        if (!day) return reader.wrong("not_a_date");
        out = *day;
    } else if constexpr (id_of<T>::value || std::is_same_v<T, Uuid>) {
        if (!value.is_string()) return reader.expected("id");
        const auto id = T::parse({value.get_string().data(), value.get_string().size()});
        if (!id) return reader.wrong("not_an_id");
        out = *id;
    } else if constexpr (vector_of<T>::value) {
        if (!value.is_array()) return reader.expected("array");
        out.clear();
        for (std::size_t i = 0; i < value.get_array().size(); ++i) {
            reader.inside(std::to_string(i), [&] {
                read(reader, value.get_array()[i], out.emplace_back());
            });
        }
    } else if constexpr (text_map<T>::value) {
        if (!value.is_object()) return reader.expected("object");
        for (const auto& entry : value.get_object()) {
            const std::string key(entry.key().data(), entry.key().size());
            reader.inside(key, [&] { read(reader, entry.value(), out[key]); });
        }
    } else {
        read_struct(reader, value, out);
    }
}

}  // namespace json_detail

template <class T>
T from_json(const boost::json::value& value) {
    JsonReader reader;
    T out{};
    json_detail::read(reader, value, out);
    reader.done();
    return out;
}

template <class T>
T read_json(std::string_view text) {
    return from_json<T>(parse_json(text));
}

template <class T>
boost::json::value to_json(const T& value) {
    using namespace json_detail;
    if constexpr (std::is_same_v<T, RawJson>) {
        return value;
    } else if constexpr (optional_of<T>::value) {
        return value ? to_json(*value) : boost::json::value(nullptr);
    } else if constexpr (DescribedEnum<T>) {
        boost::json::value out;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto d) {
            if (value == d.value) {
                const auto name = member_name(d.name);
                out = boost::json::string(name.data(), name.size());
            }
        });
        return out;
    } else if constexpr (std::is_same_v<T, Instant>) {
        return boost::json::string(value.text());
    } else if constexpr (std::is_same_v<T, Day>) {
        return boost::json::string(text_of(value));
    } else if constexpr (std::is_same_v<T, std::string>) {
        return boost::json::string(value);
    } else if constexpr (id_of<T>::value || std::is_same_v<T, Uuid>) {
        return boost::json::string(value.text());
    } else if constexpr (std::is_arithmetic_v<T>) {
        return value;
    } else if constexpr (vector_of<T>::value) {
        boost::json::array out;
        out.reserve(value.size());
        for (const auto& item : value) out.push_back(to_json(item));
        return out;
    } else if constexpr (text_map<T>::value) {
        boost::json::object out;
        for (const auto& [key, item] : value) out.emplace(key, to_json(item));
        return out;
    } else {
        static_assert(Described<T>);
        boost::json::object out;
        boost::mp11::mp_for_each<Members<T>>([&](auto d) {
            const auto name = member_name(d.name);
            out.emplace(
                boost::json::string_view(name.data(), name.size()), to_json(value.*d.pointer)
            );
        });
        return out;
    }
}

template <class T>
std::string write_json(const T& value) {
    return boost::json::serialize(to_json(value));
}

}  // namespace quittance
