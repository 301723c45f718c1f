#include "privacy/calendar.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.hpp"
#include "privacy/calendar_format.hpp"

namespace chatika::privacy {
namespace {

Day day(const char* text) {
  return parse_day(text).value();
}

const YearCalendar& shipped(int year) {
  return *Calendars::shipped().in_force("ru", year);
}

TEST(ParseDay, takes_dates_that_exist_and_nothing_else) {
  EXPECT_EQ(to_text(day("2028-02-29")), "2028-02-29");
  for (const auto* bad : {"2027-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "26-01-01", "2026-01-32",
                          "2026/01/01", "2026-01-01 ", "", "1969-12-31"})
    EXPECT_FALSE(parse_day(bad)) << bad;
}

TEST(ShippedCalendars, are_russia_2024_to_2027_with_their_acts) {
  const struct {
    int year;
    int business_days;
    int shortened;
    const char* act;
  } expected[] = {
      {2024, 248, 5, "1314"}, {2025, 247, 4, "1335"}, {2026, 247, 4, "1466"}, {2027, 249, 5, "ст. 95, 112"}};
  EXPECT_EQ(Calendars::shipped().all().size(), std::size(expected));
  for (const auto& e : expected) {
    const auto& calendar = shipped(e.year);
    EXPECT_EQ(calendar.business_days(), e.business_days) << e.year;
    EXPECT_EQ(std::ranges::count(calendar.days, DayKind::shortened), e.shortened) << e.year;
    EXPECT_NE(calendar.source.find(e.act), std::string::npos) << e.year;
    EXPECT_TRUE(calendar.shipped);
    EXPECT_EQ(Calendars::shipped().by_id(calendar.id), &calendar);
  }
  EXPECT_EQ(Calendars::shipped().in_force("ru", 2023), nullptr);
  EXPECT_EQ(Calendars::shipped().in_force("kz", 2026), nullptr);
}

TEST(ShippedCalendars, know_the_days_of_every_kind) {
  const struct {
    const char* day;
    DayKind kind;
  } expected[] = {
      {"2024-04-27", DayKind::working_weekend}, {"2024-04-29", DayKind::moved_day_off},
      {"2024-11-02", DayKind::shortened},       {"2024-02-29", DayKind::working},
      {"2024-12-28", DayKind::working_weekend}, {"2024-12-31", DayKind::moved_day_off},
      {"2025-05-08", DayKind::moved_day_off},   {"2025-11-01", DayKind::shortened},
      {"2025-12-31", DayKind::moved_day_off},   {"2026-01-09", DayKind::moved_day_off},
      {"2026-03-09", DayKind::moved_day_off},   {"2026-05-11", DayKind::moved_day_off},
      {"2026-04-30", DayKind::shortened},       {"2026-12-31", DayKind::moved_day_off},
      {"2027-02-20", DayKind::shortened},       {"2027-02-22", DayKind::moved_day_off},
      {"2027-06-14", DayKind::moved_day_off},   {"2027-01-08", DayKind::day_off},
      {"2025-06-12", DayKind::day_off},         {"2026-11-03", DayKind::shortened},
  };
  for (const auto& e : expected) EXPECT_EQ(shipped(year_of(day(e.day))).kind(day(e.day)), e.kind) << e.day;
}

struct TermCase {
  const char* from;
  int n;
  const char* last;
  bool provisional = false;
};
class BusinessDays : public testing::TestWithParam<TermCase> {};
TEST_P(BusinessDays, P41_are_counted_from_the_next_day) {
  const auto& c = GetParam();
  const auto counted = add_business_days(Calendars::shipped(), "ru", day(c.from), c.n);
  EXPECT_EQ(to_text(counted.day), c.last);
  EXPECT_EQ(counted.provisional, c.provisional);
}
INSTANTIATE_TEST_SUITE_P(
    over, BusinessDays,
    testing::Values(TermCase{"2026-04-28", 10, "2026-05-14"}, TermCase{"2026-12-25", 10, "2027-01-19"},
                    TermCase{"2027-02-15", 10, "2027-03-02"}, TermCase{"2026-05-14", 0, "2026-05-14"},
                    TermCase{"2024-04-26", 1, "2024-04-27"},  // a working Saturday counts
                    TermCase{"2024-04-27", 1, "2024-05-02"},  // moved days off and a holiday follow it
                    TermCase{"2024-11-01", 1, "2024-11-02"},  // a shortened Saturday counts
                    TermCase{"2024-11-02", 1, "2024-11-05"}, TermCase{"2024-02-28", 1, "2024-02-29"},
                    TermCase{"2024-12-27", 2, "2025-01-09"},  // Saturday 28 December is worked, then New Year
                    TermCase{"2025-12-30", 1, "2026-01-12"}, TermCase{"2026-01-01", 1, "2026-01-12"},
                    TermCase{"2025-10-31", 2, "2025-11-05"}, TermCase{"2026-05-08", 1, "2026-05-12"},
                    TermCase{"2027-12-30", 1, "2027-12-31"},
                    TermCase{"2027-12-31", 1, "2028-01-03", true},  // no calendar of 2028: Monday to Friday
                    TermCase{"2028-02-28", 2, "2028-03-01", true}, TermCase{"2023-12-31", 1, "2024-01-09"}));

TEST(BusinessDays, name_the_revisions_they_looked_at) {
  const auto one = add_business_days(Calendars::shipped(), "ru", day("2026-04-28"), 10);
  EXPECT_EQ(one.revisions, std::vector{shipped(2026).id});
  const auto two = add_business_days(Calendars::shipped(), "ru", day("2026-12-25"), 10);
  EXPECT_EQ(two.revisions, (std::vector{shipped(2026).id, shipped(2027).id}));
}

TEST(BusinessDays, before_a_day_are_counted_backwards) {
  EXPECT_EQ(to_text(business_days_before(Calendars::shipped(), "ru", day("2026-05-14"), 1)), "2026-05-13");
  EXPECT_EQ(to_text(business_days_before(Calendars::shipped(), "ru", day("2026-05-14"), 3)), "2026-05-08");
  EXPECT_EQ(to_text(business_days_before(Calendars::shipped(), "ru", day("2026-01-12"), 1)), "2025-12-30");
}

TEST(BusinessDays, of_a_part_of_a_country_are_its_own_where_it_has_a_calendar) {
  auto calendars = Calendars::shipped();
  auto own = read_calendar(write_calendar(shipped(2026)), {.region = "ru-ta"}).value();
  EXPECT_NE(own.id, shipped(2026).id);
  own.days[240] = DayKind::day_off;  // 29 August is a Saturday, 31 August a Monday
  own.days[242] = DayKind::day_off;
  calendars.add(own);
  EXPECT_EQ(to_text(add_business_days(calendars, "ru-ta", day("2026-08-28"), 1).day), "2026-09-01");
  EXPECT_EQ(to_text(add_business_days(calendars, "ru", day("2026-08-28"), 1).day), "2026-08-31");
  EXPECT_EQ(to_text(add_business_days(calendars, "ru-ta", day("2025-05-07"), 1).day), "2025-05-12");
}

TEST(Explain, says_of_every_day_why_it_counts) {
  const auto lines = explain(Calendars::shipped(), "ru", day("2026-04-28"), 10);
  ASSERT_EQ(lines.size(), 16U);
  EXPECT_EQ(to_text(lines.front().day), "2026-04-29");
  EXPECT_EQ(lines.front().number, 1);
  EXPECT_EQ(to_text(lines.back().day), "2026-05-14");
  EXPECT_EQ(lines.back().number, 10);
  EXPECT_EQ(lines[1].kind, DayKind::shortened);
  EXPECT_EQ(lines[2].number, 0);
  const auto& moved = lines[12];
  EXPECT_EQ(to_text(moved.day), "2026-05-11");
  EXPECT_EQ(moved.kind, DayKind::moved_day_off);
  EXPECT_EQ(to_text(moved.moved_from.value()), "2026-05-09");
  EXPECT_EQ(moved.revision, shipped(2026).id);
  EXPECT_EQ(explain(Calendars::shipped(), "ru", day("2030-01-04"), 1).back().revision, "");
}

TEST(Calendars, the_newest_revision_of_a_year_is_in_force_and_the_old_one_stays) {
  auto calendars = Calendars::shipped();
  const auto old_id = shipped(2027).id;
  auto changed = read_calendar(write_calendar(shipped(2027)), {.source = "Постановление № 1"}).value();
  calendars.add(changed);
  EXPECT_EQ(calendars.in_force("ru", 2027)->id, changed.id);
  ASSERT_NE(calendars.by_id(old_id), nullptr);
  EXPECT_NE(old_id, changed.id);
}

}  // namespace
}  // namespace chatika::privacy
