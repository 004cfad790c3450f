#include "requests/due.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace quittance::requests {
namespace {

Day day(const char* text) { return *parse_day(text); }
std::string due_on(std::string_view type, const char* received_on) {
    return text_of(due(type, "FR", day(received_on)).on);
}

TEST(DueDates, are_a_fault_for_a_type_that_does_not_exist) {
    EXPECT_THROW(due("access", "FR", day("2026-01-01")), std::logic_error);
}

TEST(DueDates, of_erasures_are_the_same_day_next_month_or_its_last_day) {
    EXPECT_EQ(due_on("erase", "2026-01-15"), "2026-02-15");
    EXPECT_EQ(due_on("erase", "2026-01-28"), "2026-02-28");
    EXPECT_EQ(due_on("erase", "2026-01-29"), "2026-02-28");
    EXPECT_EQ(due_on("erase", "2026-01-31"), "2026-02-28");
    EXPECT_EQ(due_on("erase", "2028-01-31"), "2028-02-29");
    EXPECT_EQ(due_on("erase", "2028-01-29"), "2028-02-29");
    EXPECT_EQ(due_on("erase", "2026-02-28"), "2026-03-28");
    EXPECT_EQ(due_on("erase", "2028-02-29"), "2028-03-29");
    EXPECT_EQ(due_on("rectify", "2026-03-31"), "2026-04-30");
    EXPECT_EQ(due_on("rectify", "2026-12-31"), "2027-01-31");
    EXPECT_EQ(due_on("rectify", "2026-11-30"), "2026-12-30");
}

TEST(DueDates, of_opt_outs_are_our_own_rule_in_days) {
    EXPECT_EQ(due_on("opt_out_sale", "2026-02-20"), "2026-03-06");
    EXPECT_EQ(due_on("opt_out_sale", "2026-12-25"), "2027-01-08");
    EXPECT_EQ(due_on("unsubscribe", "2026-02-28"), "2026-03-01");
    EXPECT_EQ(due_on("unsubscribe", "2028-02-28"), "2028-02-29");
}

TEST(DueDates, name_the_law_only_where_it_holds) {
    EXPECT_EQ(due("erase", "DE", day("2026-01-01")).law, "eu-gdpr");
    EXPECT_EQ(due("erase", "GR", day("2026-01-01")).law, "eu-gdpr");
    EXPECT_EQ(due("erase", "NO", day("2026-01-01")).law, "eu-gdpr");
    EXPECT_EQ(due("erase", "GB", day("2026-01-01")).law, "uk-gdpr");
    EXPECT_EQ(due("erase", "CH", day("2026-01-01")).law, std::nullopt);
    EXPECT_EQ(due("erase", "US", day("2026-01-01")).law, std::nullopt);
    EXPECT_EQ(due("unsubscribe", "DE", day("2026-01-01")).law, std::nullopt);
}

TEST(DueDates, say_why) {
    const auto german = due("erase", "DE", day("2026-01-01"));
    EXPECT_EQ(
        reason_for(german.law, german.rule), "One month from the day it arrived (GDPR Art. 12(3))"
    );
    const auto american = due("erase", "US", day("2026-01-01"));
    EXPECT_EQ(
        reason_for(american.law, american.rule), "One month from the day it arrived (our own rule)"
    );
}

}  // namespace
}  // namespace quittance::requests
