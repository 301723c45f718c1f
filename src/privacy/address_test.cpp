#include "privacy/address.hpp"

#include <gtest/gtest.h>

namespace chatika::privacy {
namespace {

TEST(Address, P11_is_cut_to_its_network) {
  EXPECT_EQ(truncated_address("203.0.113.77"), "203.0.113.0/24");
  EXPECT_EQ(truncated_address("::ffff:203.0.113.77"), "203.0.113.0/24");
  EXPECT_EQ(truncated_address("2001:db8:1:2:3:4:5:6"), "2001:db8:1::/48");
  EXPECT_EQ(truncated_address("fe80::1%eth0"), "fe80::/48");
  EXPECT_EQ(truncated_address("::1"), "::/48");
}

TEST(Address, what_is_cut_already_stays_and_what_is_no_address_is_nothing) {
  EXPECT_EQ(truncated_address("203.0.113.0/24"), "203.0.113.0/24");
  EXPECT_EQ(truncated_address("2001:db8:1::/48"), "2001:db8:1::/48");
  EXPECT_EQ(truncated_address("localhost"), "");
  EXPECT_EQ(truncated_address(""), "");
}

}  // namespace
}  // namespace chatika::privacy
