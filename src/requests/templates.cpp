#include "requests/templates.h"

#include <algorithm>
#include <array>

#include "base/tables.h"
#include "base/template_text.h"
#include "ledger/ledger.h"
#include "requests/texts.h"

namespace quittance::requests {
namespace {

constexpr std::array<std::string_view, 6> occasions{
    "acknowledgement", "verification", "granted", "partly", "refused", "nothing_found"};

#define QUITTANCE_TEMPLATE_COLUMNS \
    "id, type, occasion, language, name, subject, body, version, updated_at, archived_at"

Template template_from(const store::Row& row) {
    return {
        row.id<Uuid>(0),
        {row.string(1), row.string(2), row.string(3), row.string(4), row.string(5), row.string(6)},
        row.integer(7),
        row.instant(8),
        row.maybe<&store::Row::instant>(9)};
}

void check_part(
    std::vector<FieldError>& errors, std::string_view at, std::string_view text,
    std::string_view occasion
) {
    const auto flaw = check_template(text, letters::variables(occasion));
    if (flaw) errors.push_back({std::string(at), flaw->code, {{"what", flaw->what}}});
}

constexpr auto count_living =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM templates WHERE account_id = ? AND archived_at IS NULL";

constexpr auto insert_template =
    "INSERT INTO templates (account_id, id, type, occasion, language, name, subject, body, "
    "version, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)";

void insert(store::Tx& tx, const Act& act, Uuid id, const TemplateText& text) {
    tx.run(
        insert_template, {act.account, id, text.type, text.occasion, text.language, text.name,
                          text.subject, text.body, tx.now(), tx.now()}
    );
}

void record(
    store::Tx& tx, const Act& act, const Office& office, std::string_view event, Uuid id,
    const TemplateText& text
) {
    ledger::record(
        tx, act, office.keys.account_key(tx, act.account), event, std::nullopt,
        {{"template", id.text()},
         {"name", text.name},
         {"type", text.type},
         {"occasion", text.occasion},
         {"language", text.language}}
    );
}

constexpr auto take_template =
    "UPDATE templates SET version = version + 1 WHERE account_id = ? AND id = ? "
    "AND archived_at IS NULL RETURNING " QUITTANCE_TEMPLATE_COLUMNS;

Template template_in_hand(store::Tx& tx, const Act& act, Uuid id) {
    auto found = tx.one(take_template, {act.account, id}, template_from);
    if (!found) throw Refusal(No::unknown, "not_found");
    return std::move(*found);
}

constexpr auto update_template =
    "UPDATE templates SET language = ?, name = ?, subject = ?, body = ?, updated_at = ? "
    "WHERE account_id = ? AND id = ?";

constexpr auto count_alike =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM templates WHERE account_id = ? AND type = ? "
    "AND occasion = ? AND language = ? AND archived_at IS NULL";

constexpr auto retire_template =
    "UPDATE templates SET archived_at = ? WHERE account_id = ? AND id = ?";

constexpr auto find_one =
    "SELECT " QUITTANCE_TEMPLATE_COLUMNS " FROM templates WHERE account_id = ? AND id = ?";

constexpr auto find_all = "SELECT " QUITTANCE_TEMPLATE_COLUMNS
                          " FROM templates WHERE account_id = ? "
                          "AND archived_at IS NULL AND (?::text IS NULL OR type = ?) "
                          "ORDER BY type, occasion, CASE WHEN language = 'en' THEN 0 ELSE 1 END, "
                          "language, name, id";

constexpr auto find_for =
    "SELECT " QUITTANCE_TEMPLATE_COLUMNS
    " FROM templates WHERE account_id = ? AND type = ? "
    "AND occasion = ? AND language IN (?, 'en') AND archived_at IS NULL "
    "ORDER BY CASE WHEN language = ? THEN 0 ELSE 1 END, created_at, id LIMIT 1";

std::int64_t number(const store::Row& row) { return row.integer(0); }

std::vector<std::string_view> language_tags() {
    std::vector<std::string_view> tags;
    for (const auto& language : languages()) tags.push_back(language.tag);
    return tags;
}

}  // namespace

std::vector<FieldError> flaws(const TemplateText& text) {
    std::vector<FieldError> errors;
    if (!laws::request_type(text.type)) errors.push_back({"/type", "unknown_type"});
    if (std::ranges::find(occasions, text.occasion) == occasions.end()) {
        errors.push_back({"/occasion", "not_one_of", {{"allowed", listed(occasions)}}});
    }
    if (!language(text.language)) {
        errors.push_back({"/language", "not_one_of", {{"allowed", listed(language_tags())}}});
    }
    check_text(errors, "/name", text.name, 1, name_characters);
    check_text(errors, "/subject", text.subject, 1, subject_characters);
    check_text(errors, "/body", text.body, 1, message_characters);
    check_one_line(errors, "/subject", text.subject);
    if (!errors.empty()) return errors;
    check_part(errors, "/subject", text.subject, text.occasion);
    check_part(errors, "/body", text.body, text.occasion);
    return errors;
}

Uuid add_template(store::Tx& tx, const Act& act, const Office& office, const TemplateText& text) {
    if (auto errors = flaws(text); !errors.empty()) throw Refusal(std::move(errors));
    if (tx.one(count_living, {act.account}, number).value_or(0) >= 500) {
        throw Refusal(No::conflict, "too_many_templates");
    }
    const auto id = Uuid::make();
    insert(tx, act, id, text);
    record(tx, act, office, "template_added", id, text);
    return id;
}

void change_template(
    store::Tx& tx, const Act& act, const Office& office, Uuid id, const TemplateText& text,
    std::optional<std::int64_t> if_match
) {
    auto errors = flaws(text);
    const auto old = template_in_hand(tx, act, id);
    if (if_match && old.version != *if_match + 1) throw Refusal(No::stale, "stale");
    if (text.type != old.text.type) errors.push_back({"/type", "fixed"});
    if (text.occasion != old.text.occasion) errors.push_back({"/occasion", "fixed"});
    // The English one must not vanish: it answers whoever speaks a language that has none.
    if (text.language != old.text.language) errors.push_back({"/language", "fixed"});
    if (!errors.empty()) throw Refusal(std::move(errors));
    tx.run(
        update_template,
        {text.language, text.name, text.subject, text.body, tx.now(), act.account, id}
    );
    record(tx, act, office, "template_changed", id, text);
}

void archive_template(store::Tx& tx, const Act& act, const Office& office, Uuid id) {
    const auto old = template_in_hand(tx, act, id);
    const auto alike = tx.one(
        count_alike, {act.account, old.text.type, old.text.occasion, old.text.language}, number
    );
    if (alike.value_or(0) <= 1) throw Refusal(No::conflict, "last_template");
    tx.run(retire_template, {tx.now(), act.account, id});
    record(tx, act, office, "template_archived", id, old.text);
}

void copy_default_templates(store::Tx& tx, const Act& act) {
    for (const auto& letter : letters::defaults()) {
        insert(
            tx, act, Uuid::make(),
            {std::string(letter.type), std::string(letter.occasion), std::string(letter.language),
             std::string(letter.name), std::string(letter.subject), std::string(letter.body)}
        );
    }
}

std::optional<Template> find_template(store::Reader& reader, AccountId account, Uuid id) {
    return reader.one(find_one, {account, id}, template_from);
}

std::vector<Template> templates(
    store::Reader& reader, AccountId account, std::optional<std::string_view> type
) {
    return reader.all(find_all, {account, type, type}, template_from);
}

Template template_for(
    store::Reader& reader, AccountId account, std::string_view type, std::string_view occasion,
    std::string_view language
) {
    const auto tag = spoken_language(language).tag;
    auto found = reader.one(find_for, {account, type, occasion, tag, tag}, template_from);
    if (!found) {
        throw std::logic_error(
            "the account has no letter for " + std::string(type) + ", " + std::string(occasion)
        );
    }
    return std::move(*found);
}

}  // namespace quittance::requests
