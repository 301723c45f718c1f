#include "base/allowance.hpp"

#include <gtest/gtest.h>

namespace chatika {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
const Allowance::Steady kStart{std::chrono::hours(1)};

TEST(Allowance, lets_a_burst_through_and_then_what_time_brings) {
  Allowance allowance(3, 2);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(allowance.take(1, kStart)) << i;
  EXPECT_FALSE(allowance.take(1, kStart));
  EXPECT_TRUE(allowance.take(1, kStart + milliseconds(500)));
  EXPECT_FALSE(allowance.take(1, kStart + milliseconds(500)));
}

TEST(Allowance, a_dear_thing_passes_once_and_is_paid_for_afterwards) {
  Allowance allowance(3, 1);
  EXPECT_TRUE(allowance.take(60, kStart));
  EXPECT_FALSE(allowance.take(1, kStart + seconds(57)));
  EXPECT_TRUE(allowance.take(1, kStart + seconds(58)));
}

TEST(Allowance, rest_saves_up_no_more_than_the_burst) {
  Allowance allowance(2, 10);
  EXPECT_TRUE(allowance.take(1, kStart));
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(allowance.take(1, kStart + seconds(900))) << i;
  EXPECT_FALSE(allowance.take(1, kStart + seconds(900)));
}

}  // namespace
}  // namespace chatika
