#include "booking/zones.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "booking/model.hpp"

namespace chatika::booking {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kMoscow = "Europe/Moscow";
constexpr const char* kKathmandu = "Asia/Kathmandu";
constexpr const char* kLordHowe = "Australia/Lord_Howe";
constexpr const char* kNewYork = "America/New_York";

Time utc(const char* text) {
  return parse_rfc3339(text).value();
}

// "2026-03-08 02:30" on the local clock.
std::chrono::local_seconds local(const char* text) {
  std::string s(text);
  s[10] = 'T';
  return std::chrono::local_seconds(
      std::chrono::floor<seconds>(utc((s + ":00Z").c_str())).time_since_epoch());
}

struct Case {
  const char* zone;
  const char* at;     // UTC
  const char* clock;  // what the wall shows
};

class ToLocal : public testing::TestWithParam<Case> {};
TEST_P(ToLocal, shows_the_wall_clock) {
  EXPECT_EQ(to_local(utc(GetParam().at), GetParam().zone), local(GetParam().clock));
}
INSTANTIATE_TEST_SUITE_P(
    Zones, ToLocal,
    testing::Values(Case{kMoscow, "2026-11-24T06:00:00Z", "2026-11-24 09:00"},
                    Case{kMoscow, "2026-07-24T21:00:00Z", "2026-07-25 00:00"},
                    Case{kKathmandu, "2026-11-24T06:00:00Z", "2026-11-24 11:45"},
                    Case{kLordHowe, "2026-04-04T14:59:00Z", "2026-04-05 01:59"},  // 30 minutes back
                    Case{kLordHowe, "2026-04-04T15:00:00Z", "2026-04-05 01:30"},
                    Case{kLordHowe, "2026-10-03T15:29:00Z", "2026-10-04 01:59"},  // 30 minutes on
                    Case{kLordHowe, "2026-10-03T15:30:00Z", "2026-10-04 02:30"},
                    Case{kNewYork, "2026-03-08T06:59:00Z", "2026-03-08 01:59"},
                    Case{kNewYork, "2026-03-08T07:00:00Z", "2026-03-08 03:00"},
                    Case{kNewYork, "2026-11-01T05:59:00Z", "2026-11-01 01:59"},
                    Case{kNewYork, "2026-11-01T06:00:00Z", "2026-11-01 01:00"}));

class FromLocal : public testing::TestWithParam<Case> {};
TEST_P(FromLocal, finds_the_moment) {
  EXPECT_EQ(to_rfc3339(from_local(local(GetParam().clock), GetParam().zone)), GetParam().at);
}
INSTANTIATE_TEST_SUITE_P(Zones, FromLocal,
                         testing::Values(Case{kMoscow, "2026-11-24T06:00:00Z", "2026-11-24 09:00"},
                                         Case{kKathmandu, "2026-11-23T18:15:00Z", "2026-11-24 00:00"},
                                         // Skipped: the first moment after.
                                         Case{kLordHowe, "2026-10-03T15:30:00Z", "2026-10-04 02:00"},
                                         Case{kLordHowe, "2026-10-03T15:30:00Z", "2026-10-04 02:29"},
                                         Case{kNewYork, "2026-03-08T07:00:00Z", "2026-03-08 02:00"},
                                         Case{kNewYork, "2026-03-08T07:00:00Z", "2026-03-08 02:59"},
                                         Case{kNewYork, "2026-03-08T07:00:00Z", "2026-03-08 03:00"},
                                         // Doubled: the first occurrence.
                                         Case{kLordHowe, "2026-04-04T14:30:00Z", "2026-04-05 01:30"},
                                         Case{kLordHowe, "2026-04-04T15:30:00Z", "2026-04-05 02:00"},
                                         Case{kNewYork, "2026-11-01T05:00:00Z", "2026-11-01 01:00"},
                                         Case{kNewYork, "2026-11-01T05:59:00Z", "2026-11-01 01:59"},
                                         Case{kNewYork, "2026-11-01T07:00:00Z", "2026-11-01 02:00"}));

TEST(Zones, local_days_have_the_hours_they_have) {
  const auto day = [](const char* zone, const char* a, const char* b) {
    return std::chrono::duration_cast<minutes>(from_local(local(b), zone) - from_local(local(a), zone));
  };
  EXPECT_EQ(day(kNewYork, "2026-03-08 00:00", "2026-03-09 00:00"), hours(23));
  EXPECT_EQ(day(kNewYork, "2026-11-01 00:00", "2026-11-02 00:00"), hours(25));
  EXPECT_EQ(day(kLordHowe, "2026-04-05 00:00", "2026-04-06 00:00"), hours(24) + minutes(30));
  EXPECT_EQ(day(kLordHowe, "2026-10-04 00:00", "2026-10-05 00:00"), hours(23) + minutes(30));
  EXPECT_EQ(day(kMoscow, "2026-03-29 00:00", "2026-03-30 00:00"), hours(24));
}

TEST(Zones, moments_before_1970_and_parts_of_a_second_round_down) {
  EXPECT_EQ(to_local(Time(Micros(-1)), "UTC"), std::chrono::local_seconds(seconds(-1)));
  EXPECT_EQ(to_local(Time(Micros(1'999'999)), "UTC"), std::chrono::local_seconds(seconds(1)));
}

TEST(Zones, unknown_names_are_refused) {
  EXPECT_TRUE(known_zone("Europe/Moscow"));
  for (const auto* name : {"", "Europe/Atlantis", "../../etc/passwd", "europe/moscow", "Europe/Moscow "}) {
    EXPECT_FALSE(known_zone(name)) << name;
    EXPECT_THROW(to_local(Time{}, name), std::runtime_error) << name;
  }
}

TEST(Zones, a_span_ends_where_the_clock_changes) {
  const auto span = offset_span(utc("2026-03-08T06:30:00Z"), kNewYork);
  EXPECT_EQ(span.offset, -hours(5));
  EXPECT_EQ(to_rfc3339(span.to), "2026-03-08T07:00:00Z");
  EXPECT_EQ(to_rfc3339(span.from), "2025-11-02T06:00:00Z");
}

TEST(Zones, a_span_without_changes_stays_within_reach) {
  const auto at = utc("2026-11-24T00:00:00Z");
  const auto span = offset_span(at, "UTC");
  EXPECT_EQ(span.from, at - kSpanReach);
  EXPECT_EQ(span.to, at + kSpanReach);
}

}  // namespace
}  // namespace chatika::booking
