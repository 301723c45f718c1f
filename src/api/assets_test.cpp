#include "api/assets.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace chatika::api {
namespace {

std::string read_source(const std::string& relative) {
  std::ifstream in(std::string(CHATIKA_SOURCE_DIR) + relative, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The plain bytes of a gzip member; `expected` is the size it must have.
std::string unpack(std::string_view packed, std::size_t expected) {
  std::string out(expected + 1, '\0');
  z_stream z{};
  EXPECT_EQ(inflateInit2(&z, 16 + MAX_WBITS), Z_OK);
  std::string in(packed);
  z.next_in = reinterpret_cast<Bytef*>(in.data());
  z.avail_in = static_cast<uInt>(in.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&z, Z_FINISH), Z_STREAM_END);
  out.resize(z.total_out);
  inflateEnd(&z);
  return out;
}

TEST(Assets, AreSortedByPathSoThatLookUpFindsEachOne) {
  ASSERT_TRUE(std::ranges::is_sorted(all_assets(), {}, &Asset::path));
  for (const Asset& asset : all_assets()) {
    const Asset* found = asset.path.starts_with("/seed/") ? find_seed(asset.path) : find_asset(asset.path);
    EXPECT_EQ(found, &asset) << asset.path;
  }
  EXPECT_EQ(find_asset("/nothing-of-this-name"), nullptr);
  EXPECT_EQ(find_asset(""), nullptr);
}

TEST(Assets, CarryTheBytesOfTheFile) {
  const Asset* seed = find_seed("/seed/clinic/tenant.json");
  ASSERT_NE(seed, nullptr);
  EXPECT_EQ(seed->plain, read_source("/demo/clinic/tenant.json"));
  EXPECT_EQ(seed->content_type, "application/json");
}

TEST(Assets, PackedBytesUnpackToThePlainOnes) {
  std::size_t packed = 0;
  for (const Asset& asset : all_assets()) {
    if (asset.gzip.empty()) continue;
    ++packed;
    EXPECT_LT(asset.gzip.size(), asset.plain.size()) << asset.path;
    EXPECT_EQ(unpack(asset.gzip, asset.plain.size()), asset.plain) << asset.path;
  }
  EXPECT_GT(packed, 0U);
}

TEST(Assets, HaveStrongTagsThatDifferByContentAndByPacking) {
  std::set<std::string_view> plain_bytes;
  std::set<std::string_view> tags;
  for (const Asset& asset : all_assets()) {
    EXPECT_TRUE(asset.etag.starts_with('"') && asset.etag.ends_with('"')) << asset.path;
    EXPECT_NE(asset.etag, asset.gzip_etag);
    plain_bytes.insert(asset.plain);
    tags.insert(asset.etag);
  }
  EXPECT_EQ(tags.size(), plain_bytes.size());
}

TEST(Assets, SeedIsNeverServed) {
  EXPECT_EQ(find_asset("/seed/clinic/tenant.json"), nullptr);
}

}  // namespace
}  // namespace chatika::api
