#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <type_traits>

#include "crypto/primitives.hpp"

namespace chatika::crypto {
namespace {

constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

TEST(Token, is_43_characters_whose_hash_is_kept) {
  const Token token = new_token();
  EXPECT_EQ(token.text.size(), 43U);
  EXPECT_EQ(token.text.find_first_not_of(kBase64Url), std::string::npos);
  const auto hash = token_hash(token.text);
  ASSERT_TRUE(hash.has_value());
  EXPECT_EQ(*hash, token.hash);
  EXPECT_EQ(token.hash, sha256(token.text));
}

TEST(Token, uses_the_whole_alphabet_at_every_position) {
  constexpr int kTokens = 4000;
  std::set<std::string> texts;
  std::array<std::set<char>, 43> seen;
  for (int i = 0; i < kTokens; ++i) {
    const Token token = new_token();
    texts.insert(token.text);
    for (std::size_t at = 0; at < seen.size(); ++at) seen[at].insert(token.text[at]);
  }
  EXPECT_EQ(texts.size(), static_cast<std::size_t>(kTokens));
  // 42 characters of six bits and one of four: 256 in all.
  for (std::size_t at = 0; at + 1 < seen.size(); ++at) EXPECT_EQ(seen[at].size(), 64U) << at;
  EXPECT_EQ(seen.back().size(), 16U);
}

TEST(Token, refuses_what_cannot_be_one) {
  const std::string good = new_token().text;
  const std::string almost = good.substr(0, 42);
  for (const std::string& bad :
       {std::string(), almost, good + "A", almost + "=", almost + "B", "+" + good.substr(1),
        "/" + good.substr(1), std::string(1, '\0') + good.substr(1), " " + good.substr(1)}) {
    const auto hash = token_hash(bad);
    ASSERT_FALSE(hash.has_value()) << bad;
    EXPECT_EQ(hash.error().code, Errc::unauthenticated);
    EXPECT_EQ(hash.error().cause, "not a token");
  }
}

TEST(Key, is_moved_or_cloned_never_copied) {
  static_assert(!std::is_copy_constructible_v<Key> && !std::is_copy_assignable_v<Key>);
  Key key = Key::fresh();
  const std::string bytes(detail::chars(key.bytes()));
  const Key copy = key.clone();
  EXPECT_EQ(detail::chars(copy.bytes()), bytes);
  const Key moved = std::move(key);
  EXPECT_EQ(detail::chars(moved.bytes()), bytes);
  EXPECT_EQ(detail::chars(key.bytes()), std::string(32, '\0'));  // NOLINT: that it is wiped is the point
}

TEST(Key, is_wiped_when_it_goes) {
  alignas(Key) std::array<unsigned char, sizeof(Key)> storage;
  Key* const key = new (storage.data()) Key(Key::fresh());
  // Read before and after through the storage: the compiler must not know it as the dead object.
  volatile unsigned char* const bytes = storage.data();
  const auto any = [&] {
    bool found = false;
    for (std::size_t i = 0; i < storage.size(); ++i) found |= bytes[i] != 0;
    return found;
  };
  EXPECT_TRUE(any());
  key->~Key();
  EXPECT_FALSE(any());
}

TEST(Key, is_of_32_bytes_exactly) {
  for (const std::size_t size : {0U, 31U, 33U, 64U})
    EXPECT_FALSE(Key::from_bytes(std::string(size, 'k')).has_value()) << size;
  EXPECT_TRUE(Key::from_bytes(std::string(32, 'k')).has_value());
}

TEST(Key, derives_another_for_every_label) {
  const Key key = Key::fresh();
  std::set<std::string> made{std::string(detail::chars(key.bytes()))};
  for (const auto* label : {"", "csrf", "pepper", "pepper ", "blind index"})
    made.insert(std::string(detail::chars(key.derive(label).bytes())));
  EXPECT_EQ(made.size(), 6U);
  EXPECT_EQ(detail::chars(key.derive("csrf").bytes()), detail::chars(key.clone().derive("csrf").bytes()));
  EXPECT_NE(detail::chars(key.derive("csrf").bytes()), detail::chars(Key::fresh().derive("csrf").bytes()));
}

TEST(BlindIndex, finds_the_same_value_in_the_same_column_under_the_same_key) {
  const Key key = Key::fresh();
  BlindIndex index(key);
  const std::string image = index("phone", "+70000000000");
  EXPECT_EQ(image.size(), 16U);
  EXPECT_EQ(index("phone", "+70000000000"), image);
  EXPECT_EQ(BlindIndex(key)("phone", "+70000000000"), image);
  EXPECT_NE(index("phone", "+70000000001"), image);
  EXPECT_NE(index("email", "+70000000000"), image);
  EXPECT_NE(BlindIndex(Key::fresh())("phone", "+70000000000"), image);
  EXPECT_NE(index("ab", "c"), index("a", "bc"));
  BlindIndex moved = std::move(index);
  EXPECT_EQ(moved("phone", "+70000000000"), image);
}

TEST(EqualConstantTime, tells_every_difference) {
  EXPECT_TRUE(equal_constant_time("", ""));
  EXPECT_TRUE(equal_constant_time("same", "same"));
  EXPECT_FALSE(equal_constant_time("same", "sam"));
  EXPECT_FALSE(equal_constant_time("", "x"));
  EXPECT_TRUE(equal_constant_time(std::string_view("a\0b", 3), std::string_view("a\0b", 3)));
  EXPECT_FALSE(equal_constant_time(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
  const std::string text(40, 't');
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string other = text;
    other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(equal_constant_time(text, other)) << bit;
  }
}

TEST(RandomBytes, fill_all_they_are_given) {
  std::vector<std::uint8_t> bytes(100'000, 0);
  random_bytes(bytes);
  EXPECT_NEAR(static_cast<double>(std::ranges::count(bytes, 0)), 390.6, 140);  // seven standard deviations
  random_bytes({});
}

TEST(Hex, is_lower_case_and_keeps_zeros) {
  EXPECT_EQ(hex(std::string("\0\x0f\xff", 3)), "000fff");
}

}  // namespace
}  // namespace chatika::crypto
