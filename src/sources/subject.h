// Whose data a source is asked for. An empty or wildcard selector cannot be made (GUARANTEES G9):
// neither class can be constructed but by its function, and that refuses them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quittance::sources {

// One identifier of a person: a kind ("email", "phone", "customer_number"; 1 to 40 of a-z, 0-9 and
// _) and a value.
class Identifier {
public:
    // nullopt unless the kind is one and the value, without surrounding white space, is valid UTF-8
    // of 1 to 254 bytes that holds a letter or digit, no control characters, no * or %, and is no
    // word that stands for nothing ("null", "none", "n/a", "unknown" …). Kind "email" takes e-mail
    // addresses only.
    static std::optional<Identifier> make(std::string_view kind, std::string_view value);

    const std::string& kind() const { return kind_; }
    const std::string& value() const { return value_; }
    // Whether letter case makes no difference (e-mail addresses).
    bool any_case() const { return kind_ == "email"; }
    // The values under which a source may hold it: of an e-mail address the written and the normal
    // form, both in lower case, otherwise the value itself.
    const std::vector<std::string>& spellings() const { return spellings_; }

private:
    Identifier(std::string kind, std::string value, std::vector<std::string> spellings)
        : kind_(std::move(kind)), value_(std::move(value)), spellings_(std::move(spellings)) {}

    std::string kind_;
    std::string value_;
    std::vector<std::string> spellings_;
};

// 1 to 20 identifiers of one person, of which several may be of one kind.
class Subject {
public:
    static std::optional<Subject> of(std::vector<Identifier> identifiers);

    const std::vector<Identifier>& identifiers() const { return identifiers_; }
    bool has(std::string_view kind) const;

private:
    explicit Subject(std::vector<Identifier> identifiers) : identifiers_(std::move(identifiers)) {}

    std::vector<Identifier> identifiers_;
};

}  // namespace quittance::sources
