#include "base/rate_limiter.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace chatika {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

const Time kStart = parse_rfc3339("2026-11-23T09:00:00Z").value();

TEST(RateLimiter, lets_a_burst_through_then_says_when_to_come_back) {
  RateLimiter limiter(3, 6);  // one in ten seconds
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limiter.take("a", kStart), 0);
  EXPECT_EQ(limiter.take("a", kStart), 10);
  EXPECT_EQ(limiter.take("a", kStart + milliseconds(9500)), 1);
  EXPECT_EQ(limiter.take("a", kStart + seconds(10)), 0);
  EXPECT_EQ(limiter.take("a", kStart + seconds(10)), 10);
}

TEST(RateLimiter, who_waits_as_told_is_let_through) {
  RateLimiter limiter(1, 7);  // 60 / 7 s is no round number
  Time now = kStart;
  for (int i = 0; i < 1000; ++i) {
    if (const int wait = limiter.take("a", now); wait > 0)
      now += seconds(wait);
    else
      continue;
    ASSERT_EQ(limiter.take("a", now), 0) << i;
  }
}

TEST(RateLimiter, asking_while_refused_costs_nothing) {
  RateLimiter limiter(1, 60);
  EXPECT_EQ(limiter.take("a", kStart), 0);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(limiter.take("a", kStart), 1);
  EXPECT_EQ(limiter.take("a", kStart + seconds(1)), 0);
}

TEST(RateLimiter, keys_do_not_touch_each_other_and_reset_forgets) {
  RateLimiter limiter(1, 1);
  EXPECT_EQ(limiter.take("a", kStart), 0);
  EXPECT_EQ(limiter.take("b", kStart), 0);
  EXPECT_EQ(limiter.take("a", kStart), 60);
  limiter.reset("a");
  limiter.reset("unknown");
  EXPECT_EQ(limiter.take("a", kStart), 0);
  EXPECT_EQ(limiter.take("b", kStart), 60);
}

TEST(RateLimiter, never_holds_more_than_the_burst) {
  RateLimiter limiter(2, 60);
  EXPECT_EQ(limiter.take("a", kStart), 0);
  EXPECT_EQ(limiter.take("a", kStart + hours(24)), 0);
  EXPECT_EQ(limiter.take("a", kStart + hours(24)), 0);
  EXPECT_EQ(limiter.take("a", kStart + hours(24)), 1);
}

TEST(RateLimiter, a_clock_that_steps_back_gives_nothing_and_breaks_nothing) {
  RateLimiter limiter(1, 60);
  EXPECT_EQ(limiter.take("a", kStart), 0);
  EXPECT_EQ(limiter.take("a", kStart - hours(1)), 1);
  EXPECT_EQ(limiter.take("a", kStart - hours(1) + seconds(1)), 0);
}

TEST(RateLimiter, forgets_the_least_recent_key_when_full) {
  RateLimiter limiter(1, 1);
  EXPECT_EQ(limiter.take("first", kStart), 0);
  EXPECT_EQ(limiter.take("second", kStart), 0);
  for (std::size_t i = 0; i + 2 < kRateKeys; ++i) EXPECT_EQ(limiter.take("k" + std::to_string(i), kStart), 0);
  EXPECT_EQ(limiter.take("first", kStart), 60);  // full, all remembered; now "second" is the least recent
  EXPECT_EQ(limiter.take("one more", kStart), 0);
  EXPECT_EQ(limiter.take("first", kStart), 60);
  EXPECT_EQ(limiter.take("second", kStart), 0);
}

TEST(RateLimiter, threads_together_get_the_burst) {
  RateLimiter limiter(100, 1);
  std::atomic<int> allowed = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t)
      threads.emplace_back([&] {
        for (int i = 0; i < 100; ++i) allowed += limiter.take("a", kStart) == 0 ? 1 : 0;
      });
  }
  EXPECT_EQ(allowed, 100);
}

}  // namespace
}  // namespace chatika
