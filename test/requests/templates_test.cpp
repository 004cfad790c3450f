#include "requests/templates.h"

#include "base/tables.h"
#include "requests/letters.h"
#include "test/requests/office_fixture.h"

namespace quittance::requests {
namespace {

class Templates : public OfficeTest {
protected:
    std::vector<Template> all(std::optional<std::string_view> type = {}) {
        return store().read([&](store::Reader& reader) { return templates(reader, account, type); }
        );
    }
    std::string added(const TemplateText& text) {
        return refusal([&](store::Tx& tx) { add_template(tx, ada, office(), text); });
    }
    static TemplateText text() {
        return {"erase", "granted", "en", "Short", "Done ({{reference}})", "{{greeting}} Done."};
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Templates, test::both(), test::name_of);

TEST_P(Templates, of_what_is_wrong_are_refused_by_field) {
    const auto with = [&](const std::function<void(TemplateText&)>& change) {
        auto wrong = text();
        change(wrong);
        return added(wrong);
    };
    using T = TemplateText;
    EXPECT_EQ(with([](T& t) { t.type = "access"; }), "invalid_fields /type unknown_type");
    EXPECT_EQ(with([](T& t) { t.occasion = "x"; }), "invalid_fields /occasion not_one_of");
    EXPECT_EQ(with([](T& t) { t.language = "xx"; }), "invalid_fields /language not_one_of");
    EXPECT_EQ(with([](T& t) { t.name = ""; }), "invalid_fields /name required");
    EXPECT_EQ(with([](T& t) { t.subject = "a\nb"; }), "invalid_fields /subject one_line");
    EXPECT_EQ(with([](T& t) { t.body = "{{#places}}"; }), "invalid_fields /body template_syntax");
    EXPECT_EQ(
        with([](T& t) { t.body = "{{code}}"; }), "invalid_fields /body template_unknown_variable"
    );
    EXPECT_EQ(
        with([](T& t) { t.body = "{{{address}}}"; }), "invalid_fields /body template_forbidden_tag"
    );
    EXPECT_EQ(
        with([](T& t) { t.subject = "{{> address}}"; }),
        "invalid_fields /subject template_forbidden_tag"
    );
    EXPECT_EQ(all().size(), letters::defaults().size());
}

TEST_P(Templates, of_a_new_account_are_the_defaults_and_all_of_them_may_be_saved_again) {
    ASSERT_EQ(all().size(), letters::defaults().size());
    for (const auto& one : all()) EXPECT_TRUE(flaws(one.text).empty()) << one.text.name;
    EXPECT_EQ(all("erase").size(), 6U * languages().size());
    EXPECT_EQ(all("unsubscribe").size(), 5U * languages().size());
}

TEST_P(Templates, keep_type_and_occasion_and_notice_a_stale_version) {
    const auto one = all("erase").front();
    const auto change = [&](const TemplateText& text, std::optional<std::int64_t> version) {
        return refusal([&](store::Tx& tx) {
            change_template(tx, ada, office(), one.id, text, version);
        });
    };
    auto other = one.text;
    other.type = "rectify";
    EXPECT_EQ(change(other, {}), "invalid_fields /type fixed");
    other = one.text;
    other.occasion = "granted";
    other.body = "Done.";
    EXPECT_EQ(change(other, {}), "invalid_fields /occasion fixed");
    other = one.text;
    other.language = other.language == "en" ? "de" : "en";
    EXPECT_EQ(change(other, {}), "invalid_fields /language fixed");
    other = one.text;
    other.name = "Ours";
    EXPECT_EQ(change(other, one.version + 1), "stale");
    EXPECT_EQ(change(other, one.version), "");
    EXPECT_EQ(change(other, one.version), "stale");
}

TEST_P(Templates, can_be_archived_but_never_the_last_of_its_kind) {
    const auto one = all("erase").front();
    const auto archive = [&](Uuid id) {
        return refusal([&](store::Tx& tx) { archive_template(tx, ada, office(), id); });
    };
    EXPECT_EQ(archive(one.id), "last_template");
    auto second = one.text;
    second.name = "Another";
    EXPECT_EQ(added(second), "");
    EXPECT_EQ(archive(one.id), "");
    EXPECT_EQ(archive(one.id), "not_found");
    EXPECT_EQ(archive(Uuid::make()), "not_found");
    const auto found =
        store().read([&](store::Reader& reader) { return find_template(reader, account, one.id); });
    EXPECT_TRUE(found->archived_at) << "what was sent from it keeps its name";
}

TEST_P(Templates, fill_with_values_that_are_never_expanded_again) {
    auto one = intake();
    one.person.name = "{{code}} {{#places}}";
    const auto id = receive(one).row.id;
    verify(id);
    EXPECT_TRUE(letters(id).back().text.starts_with("Hello {{code}} {{#places}},"));
}

}  // namespace
}  // namespace quittance::requests
