// The values that a request can take, with the names that CONTRACT and database use.
#pragma once

#include <boost/describe.hpp>

#include <array>
#include <optional>
#include <string_view>

namespace quittance::requests {

enum class Stage { review, process, reply, closed };
BOOST_DESCRIBE_ENUM(Stage, review, process, reply, closed)

enum class Decision { granted, partly, refused, nothing_found, withdrawn, spam, expired };
BOOST_DESCRIBE_ENUM(Decision, granted, partly, refused, nothing_found, withdrawn, spam, expired)

enum class Channel { web, email, phone, letter, counter, api, representative };
BOOST_DESCRIBE_ENUM(Channel, web, email, phone, letter, counter, api, representative)

// Whether the requester has shown that the address is theirs.
//   not_needed  opt-outs and the like: asking would be unlawful
//   missing     needed, and nobody has asked for it yet (a telephone request)
//   awaited     a verification mail was sent
//   given       proven by the requester, or stated by an agent with method and reason
enum class Proof { not_needed, missing, awaited, given };
BOOST_DESCRIBE_ENUM(Proof, not_needed, missing, awaited, given)

enum class Method { oidc, mail_code, known_to_agent, document, representative };
BOOST_DESCRIBE_ENUM(Method, oidc, mail_code, known_to_agent, document, representative)

enum class IdentifierProof { claimed, attested, proven };
BOOST_DESCRIBE_ENUM(IdentifierProof, claimed, attested, proven)

// "review" for Stage::review, and back. Unknown text is a fault: it comes from our own rows.
template <class E>
std::string_view name_of(E value);
template <class E>
E value_of(std::string_view name);
template <class E>
std::optional<E> find_value(std::string_view name);

}  // namespace quittance::requests

#include <boost/mp11.hpp>
#include <stdexcept>
#include <string>

namespace quittance::requests {

template <class E>
std::string_view name_of(E value) {
    std::string_view name;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        if (d.value == value) name = d.name;
    });
    return name;
}

template <class E>
std::optional<E> find_value(std::string_view name) {
    std::optional<E> value;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        if (name == d.name) value = d.value;
    });
    return value;
}

template <class E>
E value_of(std::string_view name) {
    const auto value = find_value<E>(name);
    if (!value) throw std::logic_error("a row holds the unknown value " + std::string(name));
    return *value;
}

}  // namespace quittance::requests
