#include "privacy/deadline.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/zone.hpp"
#include "privacy/calendar_format.hpp"

namespace chatika::privacy {
namespace {

constexpr auto kMoscow = "Europe/Moscow";
constexpr auto kBerlin = "Europe/Berlin";
constexpr auto kKamchatka = "Asia/Kamchatka";

Time at(const char* text) {
  return parse_rfc3339(text).value();
}
const Calendars& known() {
  return Calendars::shipped();
}

struct Case {
  const char* name;
  Trigger trigger;
  const char* received;
  const char* zone;
  const char* day;
  const char* due;  // UTC
  bool provisional = false;
};
class DeadlineOf : public testing::TestWithParam<Case> {};
TEST_P(DeadlineOf, P41_P51_P54_ends_when_the_law_says) {
  const auto& c = GetParam();
  const auto d = compute(c.trigger, at(c.received), c.zone, known());
  EXPECT_EQ(d.due_day, c.day);
  EXPECT_EQ(to_rfc3339(d.due), c.due);
  EXPECT_EQ(d.provisional, c.provisional);
  EXPECT_FALSE(d.extended);
  EXPECT_FALSE(d.overdue(d.due));
  EXPECT_TRUE(d.overdue(d.due + Micros(1)));
  EXPECT_FALSE(d.article.empty());
  EXPECT_FALSE(d.article_ru.empty());
}
using enum Trigger;
INSTANTIATE_TEST_SUITE_P(
    law, DeadlineOf,
    testing::Values(
        Case{"may", information_request, "2026-04-28T09:00:00Z", kMoscow, "2026-05-14",
             "2026-05-14T20:59:59Z"},
        Case{"new_year", information_request, "2026-12-25T09:00:00Z", kMoscow, "2027-01-19",
             "2027-01-19T20:59:59Z"},
        Case{"february", information_request, "2027-02-15T09:00:00Z", kMoscow, "2027-03-02",
             "2027-03-02T20:59:59Z"},
        // 22:00 in UTC is the next day in Moscow, and the day after that on Kamchatka's clocks
        Case{"local_day", information_request, "2026-04-27T22:00:00Z", kMoscow, "2026-05-14",
             "2026-05-14T20:59:59Z"},
        Case{"far_east", information_request, "2026-04-27T13:00:00Z", kKamchatka, "2026-05-14",
             "2026-05-14T11:59:59Z"},
        Case{"sunday", information_request, "2026-06-07T10:00:00Z", kMoscow, "2026-06-22",
             "2026-06-22T20:59:59Z"},
        Case{"no_calendar", information_request, "2028-06-01T10:00:00Z", kMoscow, "2028-06-15",
             "2028-06-15T20:59:59Z", true},
        Case{"into_no_calendar", information_request, "2027-12-30T10:00:00Z", kMoscow, "2028-01-13",
             "2028-01-13T20:59:59Z", true},
        Case{"block", accuracy_block, "2026-05-01T10:00:00Z", kMoscow, "2026-05-01", "2026-05-01T10:00:00Z"},
        Case{"correct", accuracy_correct, "2024-04-26T10:00:00Z", kMoscow, "2024-05-13",
             "2024-05-13T20:59:59Z"},
        Case{"stop", unlawful_stop, "2024-10-31T10:00:00Z", kMoscow, "2024-11-05", "2024-11-05T20:59:59Z"},
        Case{"destroy", unlawful_destroy, "2025-12-22T10:00:00Z", kMoscow, "2026-01-15",
             "2026-01-15T20:59:59Z"},
        Case{"demanded", destroy_on_demand, "2025-12-22T10:00:00Z", kMoscow, "2026-01-12",
             "2026-01-12T20:59:59Z"},
        Case{"breach", breach_notify, "2026-12-31T23:30:00Z", kMoscow, "2027-01-02", "2027-01-01T23:30:00Z"},
        Case{"inquiry", breach_report, "2026-12-31T23:30:00Z", kMoscow, "2027-01-04", "2027-01-03T23:30:00Z"},
        // hours are hours: the clocks of Berlin go forward on 29 March 2026
        Case{"breach_dst", breach_notify, "2026-03-28T12:00:00Z", kBerlin, "2026-03-29",
             "2026-03-29T12:00:00Z"},
        Case{"reached", purpose_reached, "2024-01-31T10:00:00Z", kMoscow, "2024-03-01",
             "2024-03-01T20:59:59Z"},
        Case{"withdrawn_leap", consent_withdrawn, "2024-01-30T10:00:00Z", kMoscow, "2024-02-29",
             "2024-02-29T20:59:59Z"},
        Case{"withdrawn", consent_withdrawn, "2026-12-10T10:00:00Z", kMoscow, "2027-01-09",
             "2027-01-09T20:59:59Z"},
        Case{"withdrawn_dst", consent_withdrawn, "2026-03-10T12:00:00Z", kBerlin, "2026-04-09",
             "2026-04-09T21:59:59Z"},
        Case{"demand", stop_demand, "2026-06-01T10:00:00Z", kMoscow, "2026-06-16", "2026-06-16T20:59:59Z"},
        Case{"half_year", destruction_impossible, "2026-02-14T10:00:00Z", kMoscow, "2026-08-14",
             "2026-08-14T20:59:59Z"},
        Case{"half_year_end", destruction_impossible, "2026-08-31T10:00:00Z", kMoscow, "2027-02-28",
             "2027-02-28T20:59:59Z"},
        Case{"half_year_leap", destruction_impossible, "2027-08-30T10:00:00Z", kMoscow, "2028-02-29",
             "2028-02-29T20:59:59Z"},
        Case{"half_year_over_new_year", destruction_impossible, "2026-07-31T10:00:00Z", kMoscow, "2027-01-31",
             "2027-01-31T20:59:59Z"},
        Case{"register", register_change, "2026-11-24T10:00:00Z", kMoscow, "2026-12-15",
             "2026-12-15T20:59:59Z"},
        Case{"register_december", register_change, "2026-12-31T10:00:00Z", kMoscow, "2027-01-15",
             "2027-01-15T20:59:59Z"},
        // 31 December 22:00 UTC is January in Moscow
        Case{"register_local", register_change, "2026-12-31T22:00:00Z", kMoscow, "2027-02-15",
             "2027-02-15T20:59:59Z"}),
    [](const auto& info) { return info.param.name; });

TEST(Deadline, a_day_of_23_hours_ends_before_the_change) {
  // In Santiago midnight of 6 September 2026 does not exist: the clocks go from 24:00 to 01:00.
  const auto d = compute(consent_withdrawn, at("2026-08-06T15:00:00Z"), "America/Santiago", known());
  EXPECT_EQ(d.due_day, "2026-09-05");
  EXPECT_EQ(to_rfc3339(d.due), "2026-09-06T03:59:59Z");
}

TEST(Deadline, every_trigger_has_its_row_with_an_article) {
  std::set<Trigger> seen;
  for (const auto& row : terms()) {
    EXPECT_EQ(&term(row.trigger), &row);
    EXPECT_TRUE(seen.insert(row.trigger).second);
    EXPECT_TRUE(row.article.starts_with("152-FZ art. ")) << row.article;
    EXPECT_TRUE(row.article_ru.ends_with("152-ФЗ")) << row.article_ru;
  }
  EXPECT_EQ(seen.size(), 13U);
}

std::vector<std::string> texts(const std::vector<Time>& times) {
  std::vector<std::string> out;
  for (const auto t : times) out.push_back(to_rfc3339(t));
  return out;
}

TEST(Deadline, reminds_three_and_one_business_days_before_at_nine_local) {
  const auto d = compute(information_request, at("2026-04-28T09:00:00Z"), kMoscow, known());
  EXPECT_EQ(texts(d.reminders), (std::vector<std::string>{"2026-05-08T06:00:00Z", "2026-05-13T06:00:00Z"}));
}

TEST(Deadline, reminds_at_half_and_two_hours_before_where_hours_count) {
  const auto d = compute(breach_notify, at("2026-04-28T09:00:00Z"), kMoscow, known());
  EXPECT_EQ(texts(d.reminders), (std::vector<std::string>{"2026-04-28T21:00:00Z", "2026-04-29T07:00:00Z"}));
}

TEST(Deadline, never_reminds_before_the_event_or_after_the_end) {
  EXPECT_TRUE(compute(accuracy_block, at("2026-04-28T09:00:00Z"), kMoscow, known()).reminders.empty());
  // three business days before the end is the very day of the event, after nine
  const auto d = compute(unlawful_stop, at("2026-06-15T09:00:00Z"), kMoscow, known());
  EXPECT_EQ(texts(d.reminders), std::vector<std::string>{"2026-06-17T06:00:00Z"});
}

TEST(Deadline, stores_the_revisions_it_was_counted_with) {
  const auto d = compute(information_request, at("2026-12-25T09:00:00Z"), kMoscow, known());
  EXPECT_EQ(d.revisions, (std::vector{known().in_force("ru", 2026)->id, known().in_force("ru", 2027)->id}));
  EXPECT_TRUE(compute(consent_withdrawn, at("2026-12-25T09:00:00Z"), kMoscow, known()).revisions.empty());
}

TEST(Extension, P41_adds_five_business_days_once_and_in_time) {
  const auto received = at("2026-04-28T09:00:00Z");
  const auto d = compute(information_request, received, kMoscow, known());
  const auto longer = extend(d, d.due, kMoscow, known());
  ASSERT_TRUE(longer);
  EXPECT_EQ(longer->due_day, "2026-05-21");
  EXPECT_TRUE(longer->extended);
  EXPECT_EQ(longer->reminders.size(), 2U);
  EXPECT_EQ(longer->received, received);
  EXPECT_EQ(extend(*longer, received, kMoscow, known()).error().code, Errc::conflict);
  EXPECT_EQ(extend(d, d.due + Micros(1), kMoscow, known()).error().code, Errc::conflict);
}

TEST(Extension, is_only_for_the_terms_that_have_one) {
  for (const auto& row : terms()) {
    const auto d = compute(row.trigger, at("2026-04-28T09:00:00Z"), kMoscow, known());
    const bool may = row.trigger == information_request || row.trigger == stop_demand;
    EXPECT_EQ(extend(d, d.received, kMoscow, known()).has_value(), may) << row.article;
  }
}

// The shipped calendars and a newer revision of 2026 in which `day` is of another kind.
Calendars with(std::initializer_list<std::pair<const char*, DayKind>> changes, int year = 2026) {
  auto out = known();
  YearCalendar changed = *out.in_force("ru", year == 2028 ? 2026 : year);
  changed.year = year;
  for (const auto& [text, kind] : changes) {
    const auto day = *parse_day(text);
    const auto first = *parse_day((std::to_string(year) + "-01-01").c_str());
    changed.days[static_cast<std::size_t>((day - first).count())] = kind;
  }
  changed.id = "ru-changed";
  out.add(changed);
  return out;
}

TEST(Recheck, a_revision_that_would_move_it_later_changes_nothing) {
  const auto d = compute(information_request, at("2026-04-28T09:00:00Z"), kMoscow, known());
  EXPECT_FALSE(recheck(d, kMoscow, with({{"2026-05-13", DayKind::day_off}})));
  EXPECT_FALSE(recheck(d, kMoscow, known()));
}

TEST(Recheck, a_revision_that_moves_it_earlier_gives_the_earlier_deadline) {
  const auto d = compute(information_request, at("2026-04-28T09:00:00Z"), kMoscow, known());
  const auto moved = recheck(d, kMoscow, with({{"2026-05-11", DayKind::working}}));
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->due_day, "2026-05-13");
  EXPECT_TRUE(moved->moved_earlier);
  EXPECT_EQ(moved->revisions, std::vector<std::string>{"ru-changed"});
}

TEST(Recheck, an_extended_deadline_stays_extended) {
  const auto d = compute(information_request, at("2026-04-28T09:00:00Z"), kMoscow, known());
  const auto longer = extend(d, d.received, kMoscow, known()).value();
  EXPECT_FALSE(recheck(longer, kMoscow, known()));
  const auto moved = recheck(longer, kMoscow, with({{"2026-05-16", DayKind::working_weekend}}));
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->due_day, "2026-05-20");
  EXPECT_TRUE(moved->extended);
}

TEST(Recheck, a_provisional_deadline_settles_when_the_year_gets_its_calendar) {
  const auto d = compute(information_request, at("2028-06-19T10:00:00Z"), kMoscow, known());
  ASSERT_TRUE(d.provisional);
  const auto settled = recheck(d, kMoscow, [] {
    auto calendars = Calendars::shipped();
    YearCalendar c;
    c.region = "ru";
    c.year = 2028;
    c.id = "ru-2028";
    auto day = *parse_day("2028-01-01");
    for (auto& kind : c.days) {
      const std::chrono::weekday w(day);
      kind = w == std::chrono::Saturday || w == std::chrono::Sunday ? DayKind::day_off : DayKind::working;
      day += std::chrono::days(1);
    }
    calendars.add(c);
    return calendars;
  }());
  ASSERT_TRUE(settled);
  EXPECT_FALSE(settled->provisional);
  EXPECT_FALSE(settled->moved_earlier);
  EXPECT_EQ(settled->due, d.due);
}

}  // namespace
}  // namespace chatika::privacy
