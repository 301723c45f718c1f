#include "booking/booking_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "booking/naive_test.hpp"

namespace chatika::booking::rules {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kMoscow = "Europe/Moscow";
constexpr const char* kKathmandu = "Asia/Kathmandu";
constexpr const char* kLordHowe = "Australia/Lord_Howe";
constexpr const char* kNewYork = "America/New_York";
constexpr int kSunday = 0, kMonday = 1, kTuesday = 2;

Time utc(const char* text) {
  return parse_rfc3339(text).value();
}

std::vector<std::string> text(const std::vector<Time>& times) {
  std::vector<std::string> out;
  for (const auto t : times) out.push_back(to_rfc3339(t));
  return out;
}

std::vector<std::string> text(const std::vector<Period>& periods) {
  std::vector<std::string> out;
  for (const auto& p : periods) out.push_back(to_rfc3339(p.from) + "/" + to_rfc3339(p.to));
  return out;
}

std::vector<Time> starts(const std::vector<Window>& windows, int duration, const char* from, const char* to,
                         const char* zone) {
  return lay_starts(working_periods(windows, utc(from), utc(to), zone), minutes(duration), utc(from), utc(to),
                    zone);
}

TEST(WorkingPeriods, windows_are_local) {
  // 2026-11-23 is a Monday.
  EXPECT_THAT(
      text(working_periods(std::vector<Window>{{kMonday, 9 * 60, 13 * 60}, {kMonday, 14 * 60, 18 * 60}},
                           utc("2026-11-23T00:00:00Z"), utc("2026-11-23T12:00:00Z"), kMoscow)),
      ElementsAre("2026-11-23T06:00:00Z/2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z/2026-11-23T15:00:00Z"));
}

TEST(WorkingPeriods, touching_and_overlapping_windows_are_one_even_over_midnight) {
  EXPECT_THAT(
      text(working_periods(
          std::vector<Window>{
              {kTuesday, 0, 120}, {kMonday, 20 * 60, 22 * 60}, {kMonday, 22 * 60, 1440}, {kTuesday, 60, 180}},
          utc("2026-11-23T00:00:00Z"), utc("2026-11-24T00:00:00Z"), "UTC")),
      ElementsAre("2026-11-23T20:00:00Z/2026-11-24T03:00:00Z"));
}

TEST(WorkingPeriods, a_window_in_a_skipped_hour_does_not_exist) {
  EXPECT_THAT(working_periods(std::vector<Window>{{kSunday, 120, 180}}, utc("2026-03-08T05:00:00Z"),
                              utc("2026-03-09T04:00:00Z"), kNewYork),
              IsEmpty());
}

struct DayCase {
  const char* zone;
  const char* from;
  const char* to;
  std::size_t quarters;
};
class WholeDay : public testing::TestWithParam<DayCase> {};
TEST_P(WholeDay, has_as_many_quarters_as_the_day_is_long) {
  std::vector<Window> always;
  for (int d = 0; d < 7; ++d) always.push_back({d, 0, 1440});
  const auto& c = GetParam();
  EXPECT_EQ(starts(always, 15, c.from, c.to, c.zone).size(), c.quarters);
}
INSTANTIATE_TEST_SUITE_P(
    Zones, WholeDay,
    testing::Values(DayCase{kMoscow, "2026-03-28T21:00:00Z", "2026-03-29T21:00:00Z", 96},
                    DayCase{kKathmandu, "2026-11-23T18:15:00Z", "2026-11-24T18:15:00Z", 96},
                    DayCase{kNewYork, "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", 92},
                    DayCase{kNewYork, "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", 100},
                    DayCase{kLordHowe, "2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z", 98},
                    DayCase{kLordHowe, "2026-10-03T13:30:00Z", "2026-10-04T13:00:00Z", 94}));

struct StartsCase {
  const char* what;
  const char* zone;
  Window window;
  int duration;
  const char* from;
  const char* to;
  std::vector<std::string> expected;
};
class Starts : public testing::TestWithParam<StartsCase> {};
TEST_P(Starts, are_those) {
  const auto& c = GetParam();
  EXPECT_EQ(text(starts({c.window}, c.duration, c.from, c.to, c.zone)), c.expected) << c.what;
}
INSTANTIATE_TEST_SUITE_P(
    Table, Starts,
    testing::Values(StartsCase{"the whole visit is inside",
                               kMoscow,
                               {kMonday, 540, 600},
                               40,
                               "2026-11-23T00:00:00Z",
                               "2026-11-24T00:00:00Z",
                               {"2026-11-23T06:00:00Z", "2026-11-23T06:15:00Z"}},
                    StartsCase{"exactly as long as the window",
                               kMoscow,
                               {kMonday, 540, 600},
                               60,
                               "2026-11-23T00:00:00Z",
                               "2026-11-24T00:00:00Z",
                               {"2026-11-23T06:00:00Z"}},
                    StartsCase{"longer than the window",
                               kMoscow,
                               {kMonday, 540, 600},
                               61,
                               "2026-11-23T00:00:00Z",
                               "2026-11-24T00:00:00Z",
                               {}},
                    StartsCase{"the window does not open on the grid",
                               kMoscow,
                               {kMonday, 545, 600},
                               15,
                               "2026-11-23T00:00:00Z",
                               "2026-11-24T00:00:00Z",
                               {"2026-11-23T06:15:00Z", "2026-11-23T06:30:00Z", "2026-11-23T06:45:00Z"}},
                    StartsCase{"from is included, to is not",
                               kMoscow,
                               {kMonday, 540, 720},
                               15,
                               "2026-11-23T06:15:00Z",
                               "2026-11-23T06:45:00Z",
                               {"2026-11-23T06:15:00Z", "2026-11-23T06:30:00Z"}},
                    StartsCase{"from lies between quarters",
                               kMoscow,
                               {kMonday, 540, 720},
                               15,
                               "2026-11-23T06:15:00.000001Z",
                               "2026-11-23T06:45:00Z",
                               {"2026-11-23T06:30:00Z"}},
                    StartsCase{"local quarters at +05:45",
                               kKathmandu,
                               {kTuesday, 600, 630},
                               15,
                               "2026-11-23T00:00:00Z",
                               "2026-11-25T00:00:00Z",
                               {"2026-11-24T04:15:00Z", "2026-11-24T04:30:00Z"}},
                    StartsCase{"01:30 to 03:30 when 02:00 becomes 03:00: one hour",
                               kNewYork,
                               {kSunday, 90, 210},
                               30,
                               "2026-03-08T00:00:00Z",
                               "2026-03-09T00:00:00Z",
                               {"2026-03-08T06:30:00Z", "2026-03-08T06:45:00Z", "2026-03-08T07:00:00Z"}},
                    StartsCase{"01:30 to 02:00 when 02:00 becomes 01:00: an hour and a half",
                               kNewYork,
                               {kSunday, 90, 120},
                               60,
                               "2026-11-01T00:00:00Z",
                               "2026-11-02T00:00:00Z",
                               {"2026-11-01T05:30:00Z", "2026-11-01T05:45:00Z", "2026-11-01T06:00:00Z"}},
                    StartsCase{"half an hour back at Lord Howe",
                               kLordHowe,
                               {kSunday, 105, 135},
                               45,
                               "2026-04-04T00:00:00Z",
                               "2026-04-06T00:00:00Z",
                               {"2026-04-04T14:45:00Z", "2026-04-04T15:00:00Z"}}));

TEST(OnGrid, is_about_the_local_clock_to_the_microsecond) {
  EXPECT_TRUE(on_grid(utc("2026-11-24T06:15:00Z"), kMoscow));
  EXPECT_TRUE(on_grid(utc("2026-11-24T06:00:00Z"), kKathmandu));
  EXPECT_FALSE(on_grid(utc("2026-11-24T06:05:00Z"), kMoscow));
  EXPECT_FALSE(on_grid(utc("2026-11-24T06:15:01Z"), kMoscow));
  EXPECT_FALSE(on_grid(utc("2026-11-24T06:15:00.000001Z"), kMoscow));
  // Monrovia ran 44 minutes 30 seconds behind until 1972.
  EXPECT_FALSE(on_grid(utc("1971-06-01T06:00:00Z"), "Africa/Monrovia"));
  EXPECT_TRUE(on_grid(utc("1971-06-01T06:14:30Z"), "Africa/Monrovia"));
}

TEST(Without, cuts_what_is_busy) {
  const auto at = [](int h) { return Time(hours(h)); };
  const auto cut = [&](std::vector<Period> busy) {
    return without({{at(8), at(12)}, {at(14), at(18)}}, std::move(busy));
  };
  EXPECT_THAT(cut({}), ElementsAre(Period{at(8), at(12)}, Period{at(14), at(18)}));
  EXPECT_THAT(cut({{at(9), at(10)}}),
              ElementsAre(Period{at(8), at(9)}, Period{at(10), at(12)}, Period{at(14), at(18)}));
  EXPECT_THAT(cut({{at(7), at(9)}}), ElementsAre(Period{at(9), at(12)}, Period{at(14), at(18)}));
  EXPECT_THAT(cut({{at(11), at(15)}}), ElementsAre(Period{at(8), at(11)}, Period{at(15), at(18)}));
  EXPECT_THAT(cut({{at(8), at(12)}, {at(14), at(18)}}), IsEmpty());
  EXPECT_THAT(cut({{at(17), at(20)}, {at(9), at(10)}}),
              ElementsAre(Period{at(8), at(9)}, Period{at(10), at(12)}, Period{at(14), at(17)}));
  EXPECT_THAT(cut({{at(0), at(24)}}), IsEmpty());
  EXPECT_THAT(cut({{at(12), at(14)}}), ElementsAre(Period{at(8), at(12)}, Period{at(14), at(18)}));
}

TEST(Choose, gives_a_start_to_who_has_fewest_bookings_that_day_then_to_the_first) {
  const auto anna = SpecialistId::fresh(), boris = SpecialistId::fresh(), vera = SpecialistId::fresh();
  const auto monday = utc("2026-11-23T09:00:00Z"), tuesday = utc("2026-11-24T09:00:00Z");
  const std::vector<Candidate> candidates{
      {anna, {monday, tuesday}, {monday + hours(3), monday + hours(5)}},
      {boris, {monday, monday + hours(1), tuesday}, {monday + hours(3), tuesday + hours(2)}},
      {vera, {monday, monday + hours(2), tuesday}, {monday + hours(4)}},
  };
  EXPECT_THAT(choose(candidates, kMoscow),
              ElementsAre(Start{monday, boris},             // 2, 1, 1: the first of those with one
                          Start{monday + hours(1), boris},  // nobody else can
                          Start{monday + hours(2), vera}, Start{tuesday, anna}));  // 0, 1, 0
}

TEST(Choose, a_day_is_a_local_day) {
  const auto anna = SpecialistId::fresh(), boris = SpecialistId::fresh();
  // 22:30 UTC on Monday is Tuesday in Moscow.
  const auto start = utc("2026-11-24T08:00:00Z");
  const std::vector<Candidate> candidates{{anna, {start}, {utc("2026-11-23T22:30:00Z")}},
                                          {boris, {start}, {utc("2026-11-23T20:30:00Z")}}};
  EXPECT_THAT(choose(candidates, kMoscow), ElementsAre(Start{start, boris}));
  EXPECT_THAT(choose(candidates, "UTC"), ElementsAre(Start{start, anna}));
}

TEST(Rules, agree_with_asking_every_minute) {
  struct Place {
    const char* zone;
    const char* around;
  };
  constexpr Place kPlaces[] = {{kMoscow, "2026-03-29T00:00:00Z"},   {kKathmandu, "2026-11-23T00:00:00Z"},
                               {kLordHowe, "2026-04-04T15:00:00Z"}, {kLordHowe, "2026-10-03T15:30:00Z"},
                               {kNewYork, "2026-03-08T07:00:00Z"},  {kNewYork, "2026-11-01T06:00:00Z"}};
  std::mt19937 random(20261123);
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution(low, high)(random); };
  std::size_t found = 0;
  for (int round = 0; round < 300; ++round) {
    const auto& place = kPlaces[round % 6];
    const auto from = utc(place.around) - minutes(pick(0, 1440)), to = from + minutes(pick(1, 2 * 1440));
    std::vector<Window> windows;
    for (int n = pick(1, 14); n > 0; --n) {
      const int start = pick(0, 3) == 0 ? 15 * pick(0, 12) : pick(0, 1439);
      windows.push_back({pick(0, 6), start, pick(start + 1, 1440)});
    }
    std::vector<Period> busy;
    for (int n = pick(0, 12); n > 0; --n) {
      const auto begin = from + minutes(pick(-600, 2 * 1440));
      busy.push_back({begin, begin + minutes(pick(5, 300))});
    }
    for (auto& b : busy) b = {std::chrono::floor<minutes>(b.from), std::chrono::floor<minutes>(b.to)};
    const int duration = pick(0, 5) == 0 ? pick(5, 600) : 15 * pick(1, 8);

    naive::Minutes slow(from, to + minutes(duration), place.zone);
    slow.work(windows);
    for (const auto& b : busy) slow.take(b);
    const auto periods = without(working_periods(windows, from, to + minutes(duration), place.zone), busy);
    const auto got = lay_starts(periods, minutes(duration), from, to, place.zone);
    found += got.size();
    ASSERT_EQ(text(got), text(slow.starts(duration, from, to))) << "round " << round << " in " << place.zone;
  }
  EXPECT_GT(found, 3000U) << "the comparison compares next to nothing";
}

}  // namespace
}  // namespace chatika::booking::rules
