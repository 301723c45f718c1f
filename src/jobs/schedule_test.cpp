#include "jobs/schedule.hpp"

#include <gtest/gtest.h>

namespace chatika::jobs {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

const Time kNow = parse_rfc3339("2026-11-24T09:00:00Z").value();

TEST(Schedule, gives_each_tenant_once_at_its_earliest_time_in_order) {
  Schedule s;
  const auto a = TenantId::fresh();
  const auto b = TenantId::fresh();
  s.wake(a, kNow + hours(2));
  s.wake(b, kNow + hours(1));
  s.wake(b, kNow + hours(3));
  EXPECT_EQ(s.next(), kNow + hours(1));
  EXPECT_TRUE(s.take(kNow, 10).empty());
  s.wake(a, kNow);
  EXPECT_EQ(s.take(kNow, 10), std::vector{a});
  EXPECT_EQ(s.take(kNow + hours(5), 10), std::vector{b});
  EXPECT_EQ(s.next(), std::nullopt);
}

TEST(Schedule, takes_no_more_than_asked_and_the_longest_due_first) {
  Schedule s;
  const auto a = TenantId::fresh();
  const auto b = TenantId::fresh();
  s.wake(b, kNow - seconds(1));
  s.wake(a, kNow - seconds(2));
  EXPECT_EQ(s.take(kNow, 1), std::vector{a});
  EXPECT_EQ(s.take(kNow, 1), std::vector{b});
}

TEST(Schedule, after_a_jump_back_everything_is_looked_at_again) {
  Schedule s;
  const auto a = TenantId::fresh();
  s.observe(kNow);
  s.wake(a, kNow + seconds(30));
  s.observe(kNow + seconds(10));
  EXPECT_TRUE(s.take(kNow + seconds(10), 10).empty());
  s.observe(kNow - hours(24));
  EXPECT_EQ(s.take(kNow - hours(24), 10), std::vector{a});
}

}  // namespace
}  // namespace chatika::jobs
