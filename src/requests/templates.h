// The account's letters: one copy of every default from its first day on, to be edited, added to
// and archived. A template is checked when it is saved: it parses, and knows only variables that
// docs/letters.md lists.
#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

#include "base/act.h"
#include "base/clock.h"
#include "requests/office.h"
#include "store/store.h"

namespace quittance::requests {

// What an agent writes.
struct TemplateText {
    std::string type;      // a request type
    std::string occasion;  // acknowledgement, verification, granted, partly, refused, nothing_found
    std::string language;  // of languages(): "en"
    std::string name;
    std::string subject;
    std::string body;
};
BOOST_DESCRIBE_STRUCT(TemplateText, (), (type, occasion, language, name, subject, body))

struct Template {
    Uuid id;
    TemplateText text;
    std::int64_t version;
    Instant updated_at;
    std::optional<Instant> archived_at;
};

// Field errors of a template as it would be saved, as JSON pointers ("/body").
std::vector<FieldError> flaws(const TemplateText& text);

// 422 with flaws(). At most 500 living templates per account (409 `too_many_templates`).
Uuid add_template(store::Tx& tx, const Act& act, const Office& office, const TemplateText& text);
// 404; 412 `stale`; 422. Type, occasion and language of a template stay what they were (422
// `fixed`).
void change_template(
    store::Tx& tx, const Act& act, const Office& office, Uuid id, const TemplateText& text,
    std::optional<std::int64_t> if_match
);
// Gone from the lists; what was sent from it keeps its name in history. 409 `last_template` for the
// only one of its type, occasion and language.
void archive_template(store::Tx& tx, const Act& act, const Office& office, Uuid id);
// The defaults of every type in every language, for a new account.
void copy_default_templates(store::Tx& tx, const Act& act);

std::optional<Template> find_template(store::Reader& reader, AccountId account, Uuid id);
// Living ones by type, occasion, language (English first) and name; nullopt means any type.
std::vector<Template> templates(
    store::Reader& reader, AccountId account, std::optional<std::string_view> type
);
// The oldest living one for the occasion, in spoken_language(language) or else in English; a fault
// when there is none at all, since the last one cannot be archived.
Template template_for(
    store::Reader& reader, AccountId account, std::string_view type, std::string_view occasion,
    std::string_view language
);

}  // namespace quittance::requests
