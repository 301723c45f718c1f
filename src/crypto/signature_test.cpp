#include "crypto/signature.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <iterator>

#include "crypto/primitives.hpp"

namespace chatika::crypto {
namespace {

std::string unhex(std::string_view digits) {
  const auto nibble = [](char c) { return c >= 'a' ? c - 'a' + 10 : c - '0'; };
  std::string out;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    out.push_back(static_cast<char>(nibble(digits[i]) << 4 | nibble(digits[i + 1])));
  return out;
}

PublicKey public_key(std::string_view digits) {
  PublicKey out{};
  const auto bytes = unhex(digits);
  EXPECT_EQ(bytes.size(), out.size());
  std::copy_n(bytes.begin(), std::min(bytes.size(), out.size()), out.begin());
  return out;
}

// tests/vectors/README.md
TEST(Signatures, are_accepted_and_refused_as_the_public_vectors_say) {
  std::ifstream file(CHATIKA_SOURCE_DIR "/tests/vectors/ed25519.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  int valid = 0, invalid = 0;
  for (const auto& test : boost::json::parse(text).at("tests").as_array()) {
    SCOPED_TRACE(test.at("tcId").as_int64());
    const auto field = [&](const char* name) { return std::string(test.at(name).as_string()); };
    const bool good = field("result") == "valid";
    ++(good ? valid : invalid);
    EXPECT_EQ(is_signed_by(public_key(field("pk")), unhex(field("msg")), unhex(field("sig"))), good);
  }
  EXPECT_GT(valid, 80);
  EXPECT_GT(invalid, 60);
}

// RFC 8032 section 7.1, TEST 2.
TEST(Signatures, are_the_ones_of_the_rfc) {
  const auto seed =
      Key::from_bytes(unhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  ASSERT_TRUE(seed);
  const auto key = SigningKey::from_seed(*seed);
  EXPECT_EQ(hex(detail::chars(key.public_key())),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(hex(detail::chars(key.sign("\x72"))),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST(Signatures, hold_for_one_key_and_one_message) {
  const auto key = SigningKey::from_seed(Key::fresh());
  const auto other = SigningKey::from_seed(Key::fresh());
  const auto made = key.sign("seven");
  const auto bytes = detail::chars(made);
  EXPECT_TRUE(is_signed_by(key.public_key(), "seven", bytes));
  EXPECT_FALSE(is_signed_by(key.public_key(), "eight", bytes));
  EXPECT_FALSE(is_signed_by(other.public_key(), "seven", bytes));
  EXPECT_FALSE(is_signed_by(key.public_key(), "seven", bytes.substr(1)));
  EXPECT_FALSE(is_signed_by(key.public_key(), "seven", ""));
}

}  // namespace
}  // namespace chatika::crypto
