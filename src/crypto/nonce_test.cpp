#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <bitset>
#include <cstring>
#include <set>
#include <thread>
#include <vector>

#include "crypto/primitives.hpp"

namespace chatika::crypto::detail {
namespace {

// The part of a nonce the clock is not mixed into: it tells whether two came from the same block.
std::uint32_t tail(const Nonce& nonce) {
  std::uint32_t out = 0;
  std::memcpy(&out, nonce.data() + 8, sizeof out);
  return out;
}

TEST(Nonces, of_threads_differ) {
  constexpr std::size_t kThreads = 4, kEach = 20'000;
  std::vector<Nonce> nonces(kThreads * kEach);
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < kThreads; ++i)
    threads.emplace_back([&nonces, i] {
      std::generate_n(nonces.begin() + static_cast<std::ptrdiff_t>(i * kEach), kEach, next_nonce);
    });
  threads.clear();
  std::ranges::sort(nonces);
  EXPECT_EQ(std::ranges::adjacent_find(nonces), nonces.end());
}

TEST(Nonces, of_a_forked_child_come_from_a_block_of_its_own) {
  constexpr std::size_t kEach = 10;  // fewer than are left in the block
  const auto first_tails = [] {
    std::array<std::uint32_t, kEach> out;
    std::ranges::generate(out, [] { return tail(next_nonce()); });
    return out;
  };
  // Twenty lone draws put the block somewhere in its middle whatever ran before; once more if at its end.
  for (int i = 0; i < 20; ++i) static_cast<void>(next_nonce());
  std::set<std::uint32_t> parents;
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto tails = first_tails();
    const bool written = ::write(ends[1], tails.data(), sizeof tails) == sizeof tails;
    ::_exit(written ? 0 : 1);
  }
  // 90 of the parent's: what was left of its block at the fork is among them.
  for (int i = 0; i < 90; ++i) parents.insert(tail(next_nonce()));
  std::array<std::uint32_t, kEach> children{};
  const ssize_t got = ::read(ends[0], children.data(), sizeof children);
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(ends[0]);
  ::close(ends[1]);
  ASSERT_EQ(got, static_cast<ssize_t>(sizeof children));
  // By chance two tails meet once in five million.
  for (const std::uint32_t one : children) EXPECT_FALSE(parents.contains(one));
}

TEST(Nonces, of_a_restored_snapshot_differ) {
  NonceBlock block;
  static_cast<void>(block.next());
  NonceBlock restored = block;  // what a machine brought back from a snapshot holds
  for (int i = 0; i < 50; ++i) {
    const Nonce one = block.next(), other = restored.next();
    EXPECT_EQ(tail(one), tail(other)) << "the copy should be of the same block";
    EXPECT_NE(one, other);
  }
}

// The clock alone would part two uses of one place in the block; nothing may lean on that.
TEST(Nonces, never_take_a_part_of_the_block_twice) {
  constexpr std::size_t kDraws = 2000;
  std::set<std::uint32_t> tails;
  for (std::size_t i = 0; i < kDraws; ++i) tails.insert(tail(next_nonce()));
  EXPECT_GE(tails.size(), kDraws - 1);  // one pair may meet by chance: once in two thousand runs
}

TEST(Nonces, are_random_in_every_bit) {
  constexpr int kDraws = 4000;
  std::array<int, kNonceBytes * 8> ones{};
  for (int i = 0; i < kDraws; ++i) {
    const Nonce nonce = next_nonce();
    for (std::size_t bit = 0; bit < ones.size(); ++bit) ones[bit] += nonce[bit / 8] >> (bit % 8) & 1;
  }
  // Seven standard deviations of 31.6 either way.
  for (const int count : ones) EXPECT_NEAR(count, kDraws / 2, 7 * 32);
}

}  // namespace
}  // namespace chatika::crypto::detail
