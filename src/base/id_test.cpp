#include "base/id.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <unordered_set>
#include <vector>

namespace chatika {
namespace {

std::uint64_t millis(const Uuid& id) {
  std::uint64_t ms = 0;
  for (std::size_t i = 0; i < 6; ++i) ms = ms << 8 | id.bytes[i];
  return ms;
}

std::uint64_t now_ms() {
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                        std::chrono::system_clock::now().time_since_epoch())
                                        .count());
}

TEST(Uuid, is_version_7_of_the_moment) {
  const auto before = now_ms();
  const auto id = new_uuid();
  EXPECT_GE(millis(id), before);
  EXPECT_LE(millis(id), now_ms() + 1);
  EXPECT_EQ(id.bytes[6] >> 4, 7);
  EXPECT_EQ(id.bytes[8] >> 6, 2);
  EXPECT_FALSE(id.is_nil());
}

TEST(Uuid, of_one_thread_ascend) {
  // More than the 4096 that the counter of one millisecond holds.
  std::vector<Uuid> ids(50'000);
  for (auto& id : ids) id = new_uuid();
  EXPECT_TRUE(std::ranges::is_sorted(ids));
  EXPECT_EQ(std::ranges::adjacent_find(ids), ids.end());
  EXPECT_TRUE(std::ranges::all_of(
      ids, [](const Uuid& id) { return id.bytes[6] >> 4 == 7 && id.bytes[8] >> 6 == 2; }));
}

TEST(Uuid, of_many_threads_differ) {
  std::vector<std::vector<Uuid>> made(8);
  {
    std::vector<std::jthread> threads;
    for (auto& ids : made)
      threads.emplace_back([&ids] {
        for (int i = 0; i < 5000; ++i) ids.push_back(new_uuid());
      });
  }
  std::unordered_set<Uuid> all;
  for (const auto& ids : made) all.insert(ids.begin(), ids.end());
  EXPECT_EQ(all.size(), 8U * 5000U);
}

TEST(Uuid, is_read_in_its_canonical_form_only) {
  const std::string text = "0190d3c2-7a1b-7def-8123-456789abcdef";
  const auto id = parse_uuid(text);
  ASSERT_TRUE(id);
  EXPECT_EQ(to_string(*id), text);
  EXPECT_EQ(id->bytes[0], 0x01);
  EXPECT_EQ(id->bytes[15], 0xef);
  EXPECT_EQ(parse_uuid("0190D3C2-7A1B-7DEF-8123-456789ABCDEF"), id);
  for (const auto* bad : {"", "0190d3c2-7a1b-7def-8123-456789abcde", "0190d3c2-7a1b-7def-8123-456789abcdef0",
                          "0190d3c27a1b7def8123456789abcdef", "{0190d3c2-7a1b-7def-8123-456789abcdef}",
                          "urn:uuid:0190d3c2-7a1b-7def-8123-456789abcdef",
                          "0190d3c2-7a1b-7def-8123-456789abcdeg", "0190d3c2+7a1b-7def-8123-456789abcdef",
                          "0190d3c27-a1b-7def-8123-456789abcdef", "0190d3c2-7a1b-7def-8123-456789abcd-f",
                          " 190d3c2-7a1b-7def-8123-456789abcdef", "0x90d3c2-7a1b-7def-8123-456789abcdef"})
    EXPECT_FALSE(parse_uuid(bad)) << bad;
}

TEST(Uuid, goes_through_text_and_bytes_unchanged) {
  for (int i = 0; i < 1000; ++i) {
    const auto id = new_uuid();
    EXPECT_EQ(parse_uuid(to_string(id)), id);
    EXPECT_EQ(uuid_from_bytes(id.view()), id);
  }
  EXPECT_FALSE(uuid_from_bytes(""));
  EXPECT_FALSE(uuid_from_bytes("fifteen bytes.."));
  EXPECT_FALSE(uuid_from_bytes("seventeen bytes.."));
}

}  // namespace
}  // namespace chatika
