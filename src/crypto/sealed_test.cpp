#include <gtest/gtest.h>
#include <openssl/err.h>

#include <algorithm>
#include <random>
#include <set>

#include "crypto/primitives.hpp"

namespace chatika::crypto {
namespace {

struct Sealed : testing::Test {
  Key key = Key::fresh();
  Place place{.tenant = TenantId::fresh(), .table = "visitors", .column = "phone", .row = new_uuid()};
  std::string text = "+7 000 000-00-00";
};

void expect_refused(const Result<std::string>& opened) {
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, Errc::internal);
  EXPECT_EQ(opened.error().cause, "sealed data cannot be opened");
  EXPECT_TRUE(opened.error().fields.empty());
}

TEST_F(Sealed, opens_in_its_place) {
  for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 256U, 100'000U}) {
    const std::string plain(size, 'x');
    const std::string box = seal(key, 7, place, plain);
    EXPECT_EQ(box.size(), size + kBoxOverhead);
    const auto opened = open(key, place, box);
    ASSERT_TRUE(opened.has_value()) << size;
    EXPECT_EQ(*opened, plain);
  }
}

TEST_F(Sealed, hides_the_text_and_differs_each_time) {
  const std::string one = seal(key, 1, place, text);
  EXPECT_EQ(one.find(text), std::string::npos);
  EXPECT_NE(one, seal(key, 1, place, text));
}

// The layout is stored for years: this box was made once by hand from the description in crypto.hpp.
TEST_F(Sealed, opens_a_box_put_together_by_hand) {
  const auto tenant = *parse_uuid("00112233-4455-6677-8899-aabbccddeeff");
  const auto row = *parse_uuid("ffeeddcc-bbaa-9988-7766-554433221100");
  const Place where{.tenant = TenantId(tenant), .table = "visitors", .column = "phone", .row = row};
  const std::string version("\x01\x02\x03\x04", 4);
  const std::string nonce("abcdefghijkl");
  const std::string aad = std::string("\x10") + std::string(tenant.view()) + "\x08visitors" + "\x05phone" +
                          "\x10" + std::string(row.view()) + version;
  std::string sealed(text.size() + detail::kTagBytes, '\0');
  detail::gcm_seal(key.bytes(), detail::raw(nonce), aad, text, detail::raw(sealed));
  const auto opened = open(key, where, "\x01" + version + nonce + sealed);
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(*opened, text);
}

TEST_F(Sealed, does_not_open_anywhere_else) {
  const std::string box = seal(key, 1, place, text);
  Place tenant = place, table = place, column = place, row = place;
  tenant.tenant = TenantId::fresh();
  table.table = "employees";
  column.column = "email";
  row.row = new_uuid();
  for (const Place& other : {tenant, table, column, row}) expect_refused(open(key, other, box));
  expect_refused(open(Key::fresh(), place, box));
  EXPECT_TRUE(open(key, place, box).has_value());
}

TEST_F(Sealed, the_border_between_table_and_column_counts) {
  Place one = place, other = place;
  one.table = "ab", one.column = "c";
  other.table = "a", other.column = "bc";
  expect_refused(open(key, other, seal(key, 1, one, text)));
  one.table = "abc", one.column = "";
  expect_refused(open(key, one, seal(key, 1, other, text)));
}

TEST_F(Sealed, every_flipped_bit_is_refused_alike) {
  const std::string box = seal(key, 0x01020304, place, text);
  for (std::size_t bit = 0; bit < box.size() * 8; ++bit) {
    std::string bad = box;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
    SCOPED_TRACE(bit);
    expect_refused(open(key, place, bad));
  }
}

TEST_F(Sealed, every_truncation_and_extension_is_refused) {
  const std::string box = seal(key, 1, place, text);
  for (std::size_t size = 0; size < box.size(); ++size) {
    SCOPED_TRACE(size);
    expect_refused(open(key, place, std::string_view(box).substr(0, size)));
    expect_refused(open(key, place, std::string_view(box).substr(box.size() - size)));
  }
  expect_refused(open(key, place, box + '\0'));
}

TEST_F(Sealed, tells_its_key_version) {
  for (const std::uint32_t version : {0U, 1U, 0x01020304U, 0xffffffffU}) {
    const auto read = key_version(seal(key, version, place, ""));
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(*read, version);
  }
  EXPECT_EQ(seal(key, 0x01020304, place, "").substr(0, 5), std::string("\x01\x01\x02\x03\x04"));
  EXPECT_FALSE(key_version("").has_value());
  EXPECT_FALSE(key_version("\x01\x01\x02\x03\x04").has_value());
  EXPECT_FALSE(key_version(std::string(kBoxOverhead, '\x02')).has_value());
}

TEST_F(Sealed, anything_at_all_is_refused_and_breaks_nothing) {
  std::mt19937 random(20261123);  // NOLINT: the same bytes each time
  for (int round = 0; round < 50'000; ++round) {
    std::string bytes(random() % 300, '\0');
    std::ranges::generate(bytes, [&] { return static_cast<char>(random()); });
    if (!bytes.empty() && round % 2 == 0) bytes[0] = '\x01';
    expect_refused(open(key, place, bytes));
    EXPECT_EQ(key_version(bytes).has_value(), bytes.size() >= kBoxOverhead && bytes[0] == '\x01');
  }
}

TEST_F(Sealed, a_name_too_long_is_a_bug) {
  const std::string name(65, 'n');
  place.table = name;
  EXPECT_THROW(seal(key, 1, place, text), std::length_error);
}

// TLS on the same thread would take an error left in the library's queue for its own.
TEST_F(Sealed, a_refusal_leaves_no_error_behind) {
  ERR_clear_error();
  std::string box = seal(key, 1, place, text);
  box.back() = static_cast<char>(box.back() ^ 1);
  expect_refused(open(key, place, box));
  EXPECT_EQ(ERR_peek_error(), 0U);
}

TEST_F(Sealed, wraps_a_key_under_the_key_above) {
  const Key wrapped = Key::fresh();
  const std::string box = wrap(key, 3, place, wrapped);
  EXPECT_EQ(box.size(), Key::kBytes + kBoxOverhead);
  const auto unwrapped = unwrap(key, place, box);
  ASSERT_TRUE(unwrapped.has_value());
  EXPECT_TRUE(std::ranges::equal(unwrapped->bytes(), wrapped.bytes()));

  Place elsewhere = place;
  elsewhere.row = new_uuid();
  EXPECT_FALSE(unwrap(key, elsewhere, box).has_value());
  const auto no_key = unwrap(key, place, seal(key, 3, place, text));
  ASSERT_FALSE(no_key.has_value());
  EXPECT_EQ(no_key.error().cause, "sealed data cannot be opened");
}

TEST_F(Sealed, a_million_boxes_have_a_million_nonces) {
  constexpr std::size_t kBoxes = 1'000'000;
  std::vector<detail::Nonce> nonces(kBoxes);
  for (auto& nonce : nonces) {
    const std::string box = seal(key, 1, place, {});
    std::copy_n(box.begin() + 5, nonce.size(), nonce.begin());
  }
  std::ranges::sort(nonces);
  EXPECT_EQ(std::ranges::adjacent_find(nonces), nonces.end());
}

}  // namespace
}  // namespace chatika::crypto
