#include "base/clock.hpp"

#include <gtest/gtest.h>

namespace chatika {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

struct Good {
  const char* text;
  std::int64_t us;
};
class ReadsTime : public testing::TestWithParam<Good> {};
TEST_P(ReadsTime, as_microseconds) {
  const auto t = parse_rfc3339(GetParam().text);
  ASSERT_TRUE(t.has_value());
  EXPECT_EQ(to_micros(*t), GetParam().us);
}
INSTANTIATE_TEST_SUITE_P(
    Rfc3339, ReadsTime,
    testing::Values(Good{"1970-01-01T00:00:00Z", 0}, Good{"1970-01-01t00:00:01z", 1'000'000},
                    Good{"2000-02-29T12:00:00Z", 951'825'600'000'000},  // a leap year, divisible by 400
                    Good{"2024-02-29T00:00:00Z", 1'709'164'800'000'000}, Good{"1970-01-01T03:00:00+03:00", 0},
                    Good{"1970-01-01T05:45:00+05:45", 0}, Good{"1970-01-01T00:00:00-00:30", 1'800'000'000},
                    Good{"1970-01-01T00:00:00-23:59", 86'340'000'000}, Good{"1970-01-01T00:00:00-00:00", 0},
                    Good{"1970-01-01T00:00:00.5Z", 500'000}, Good{"1970-01-01T00:00:00.000001Z", 1},
                    Good{"1970-01-01T00:00:00.123456789Z", 123'456},  // finer than we keep: cut
                    Good{"9999-12-31T23:59:59.999999Z", 253'402'300'799'999'999}));

class RefusesTime : public testing::TestWithParam<const char*> {};
TEST_P(RefusesTime, that_is_none) {
  EXPECT_FALSE(parse_rfc3339(GetParam()).has_value());
}
INSTANTIATE_TEST_SUITE_P(
    Rfc3339, RefusesTime,
    testing::Values("", "2026", "2026-11-23", "2026-11-23T09:00Z", "2026-11-23T09:00:00",
                    "2026-11-23 09:00:00Z", "2026-11-23T09:00:00Z ", " 2026-11-23T09:00:00Z",
                    "2026-11-23T24:00:00Z", "2026-11-23T09:60:00Z", "2026-11-23T09:00:60Z",
                    "2026-00-10T09:00:00Z", "2026-13-10T09:00:00Z", "2026-11-00T09:00:00Z",
                    "2026-11-31T09:00:00Z", "2026-02-29T09:00:00Z", "1900-02-29T09:00:00Z",
                    "1969-12-31T23:59:59Z", "12026-11-23T09:00:00Z", "+2026-11-23T09:00:00Z",
                    "2026-11-23T09:00:00.Z", "2026-11-23T09:00:00.1234567890Z", "2026-11-23T09:00:00,5Z",
                    "2026-11-23T09:00:00+3:00", "2026-11-23T09:00:00+0300", "2026-11-23T09:00:00+03",
                    "2026-11-23T09:00:00+24:00", "2026-11-23T09:00:00+03:60", "2026-11-23T09:00:00ZZ",
                    "2026-11-23T09:00:00Z+03:00", "2026-1-23T09:00:00Z", "2026-11-23T9:00:00Z",
                    "-026-11-23T09:00:00Z", "2026-11-23T-9:00:00Z", "２０２６-11-23T09:00:00Z"));

// Years are 1970 to 9999 in UTC: an offset must not lead out of them.
TEST(Rfc3339, an_offset_does_not_lead_out_of_the_years) {
  EXPECT_FALSE(parse_rfc3339("1970-01-01T00:00:00+00:01"));
  EXPECT_FALSE(parse_rfc3339("9999-12-31T23:59:59-00:01"));
  EXPECT_TRUE(parse_rfc3339("9999-12-31T23:59:59+00:01"));
}

TEST(Rfc3339, writes_what_it_reads) {
  for (const auto* text : {"1970-01-01T00:00:00Z", "2026-11-23T09:00:00Z", "2026-11-23T09:00:00.000001Z",
                           "2026-11-23T09:00:00.120000Z", "9999-12-31T23:59:59.999999Z"})
    EXPECT_EQ(to_rfc3339(parse_rfc3339(text).value()), text);
}

TEST(Rfc3339, writes_moments_before_1970) {
  EXPECT_EQ(to_rfc3339(Time(seconds(-1))), "1969-12-31T23:59:59Z");
}

TEST(FakeClock, stands_still_until_told) {
  FakeClock clock(Time(hours(1)));
  EXPECT_EQ(clock.now(), Time(hours(1)));
  EXPECT_EQ(clock.now(), Time(hours(1)));
  clock.advance(seconds(5));
  EXPECT_EQ(clock.now(), Time(hours(1) + seconds(5)));
  clock.set(Time{});
  EXPECT_EQ(clock.now(), Time{});
}

}  // namespace
}  // namespace chatika
