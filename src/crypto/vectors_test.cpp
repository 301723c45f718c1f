// Public test vectors (tests/vectors/README.md) against what crypto.hpp is made of.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <iterator>

#include "crypto/primitives.hpp"

namespace chatika::crypto::detail {
namespace {

boost::json::array load(const std::string& name) {
  std::ifstream file(std::string(CHATIKA_SOURCE_DIR "/tests/vectors/") + name);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return boost::json::parse(text).at("tests").as_array();
}

std::string str(const boost::json::value& test, const char* member) {
  return std::string(test.at(member).as_string());
}

int nibble(char c) {
  return c >= 'a' ? c - 'a' + 10 : c - '0';
}
std::string unhex(const boost::json::value& test, const char* member) {
  const std::string digits = str(test, member);
  std::string out;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    out.push_back(static_cast<char>(nibble(digits[i]) << 4 | nibble(digits[i + 1])));
  return out;
}

bool valid(const boost::json::value& test) {
  return str(test, "result") == "valid";
}

TEST(Vectors, aes_256_gcm) {
  int invalid = 0;
  const auto tests = load("aes_256_gcm.json");
  for (const auto& test : tests) {
    SCOPED_TRACE(test.at("tcId").as_int64());
    const auto key = Key::from_bytes(unhex(test, "key"));
    ASSERT_TRUE(key.has_value());
    const std::string nonce = unhex(test, "iv"), aad = unhex(test, "aad"), text = unhex(test, "msg");
    const std::string sealed = unhex(test, "ct") + unhex(test, "tag");
    std::string opened = "left over";
    EXPECT_EQ(gcm_open(key->bytes(), raw(nonce), aad, sealed, opened), valid(test));
    if (!valid(test)) {
      ++invalid;
      EXPECT_EQ(opened, "");
      continue;
    }
    EXPECT_EQ(opened, text);
    std::string ours(text.size() + kTagBytes, '\0');
    gcm_seal(key->bytes(), raw(nonce), aad, text, raw(ours));
    EXPECT_EQ(hex(ours), hex(sealed));
  }
  EXPECT_EQ(tests.size(), 66U);
  EXPECT_GT(invalid, 20);
}

TEST(Vectors, hkdf_sha256) {
  int invalid = 0;
  const auto tests = load("hkdf_sha256.json");
  for (const auto& test : tests) {
    SCOPED_TRACE(test.at("tcId").as_int64());
    std::vector<std::uint8_t> out(static_cast<std::size_t>(test.at("size").as_int64()));
    EXPECT_EQ(hkdf(unhex(test, "ikm"), unhex(test, "salt"), unhex(test, "info"), out), valid(test));
    if (valid(test))
      EXPECT_EQ(hex(chars(out)), str(test, "okm"));
    else
      ++invalid;
  }
  EXPECT_EQ(tests.size(), 40U);
  EXPECT_GT(invalid, 0);
}

TEST(Vectors, key_derivation_is_hkdf_with_the_label_as_info) {
  int seen = 0;
  for (const auto& test : load("hkdf_sha256.json")) {
    const auto key = Key::from_bytes(unhex(test, "ikm"));
    if (!key || !str(test, "salt").empty() || !valid(test)) continue;
    const std::string okm = str(test, "okm");
    if (okm.size() < 64) continue;
    ++seen;  // a shorter output is a prefix of a longer one (RFC 5869 section 2.3)
    EXPECT_EQ(hex(chars(key->derive(unhex(test, "info")).bytes())), okm.substr(0, 64));
  }
  EXPECT_GT(seen, 0);
}

TEST(Vectors, hmac_sha256) {
  int invalid = 0;
  const auto tests = load("hmac_sha256.json");
  for (const auto& test : tests) {
    SCOPED_TRACE(test.at("tcId").as_int64());
    const std::string key = unhex(test, "key"), message = unhex(test, "msg");
    const auto digits = static_cast<std::size_t>(test.at("tagSize").as_int64() / 4);
    Hmac mac(key);
    const std::string_view view = message;
    mac.add(view.substr(0, view.size() / 2));
    mac.add(view.substr(view.size() / 2));
    const Hash once = mac.finish();
    EXPECT_EQ(hex(chars(once)).substr(0, digits) == str(test, "tag"), valid(test));
    mac.add(message);
    EXPECT_EQ(mac.finish(), once) << "a used context differs from a fresh one";
    if (const auto whole = Key::from_bytes(key)) EXPECT_EQ(hmac(*whole, message), once);
    if (!valid(test)) ++invalid;
  }
  EXPECT_EQ(tests.size(), 174U);
  EXPECT_GT(invalid, 50);
}

TEST(Vectors, bcrypt) {
  const auto tests = load("bcrypt.json");
  for (const auto& test : tests) {
    const std::string hash = str(test, "hash");
    SCOPED_TRACE(hash);
    const std::string made = bcrypt(unhex(test, "pw_hex"), hash);
    if (test.at("want").is_string())
      EXPECT_EQ(made, "");
    else
      EXPECT_EQ(made == hash, test.at("want").as_bool());
  }
  EXPECT_EQ(tests.size(), 33U);
}

// FIPS 180-4: the empty message and the example of one block.
TEST(Vectors, sha256) {
  EXPECT_EQ(hex(chars(sha256(""))), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(chars(sha256("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace chatika::crypto::detail
