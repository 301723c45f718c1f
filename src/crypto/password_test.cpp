#include <gtest/gtest.h>

#include "crypto/primitives.hpp"

namespace chatika::crypto {
namespace {

constexpr int kFast = 4;  // bcrypt's lowest cost: these tests are about everything but the work

struct Password : testing::Test {
  Key pepper = Key::fresh();
};

TEST_F(Password, verifies_itself_and_nothing_else) {
  const std::string hash = hash_password(pepper, "верный пароль", kFast);
  EXPECT_EQ(hash.size(), 60U);
  EXPECT_EQ(hash.substr(0, 7), "$2b$04$");
  EXPECT_TRUE(verify_password(pepper, "верный пароль", hash));
  for (const auto* wrong : {"", "верный парол", "верный пароль ", "Верный пароль"})
    EXPECT_FALSE(verify_password(pepper, wrong, hash)) << wrong;
}

TEST_F(Password, has_a_salt_of_its_own) {
  EXPECT_NE(hash_password(pepper, "same", kFast), hash_password(pepper, "same", kFast));
}

TEST_F(Password, P32_counts_beyond_72_bytes) {
  const std::string start(72, 'a');
  const std::string hash = hash_password(pepper, start + "12345678", kFast);
  EXPECT_TRUE(verify_password(pepper, start + "12345678", hash));
  EXPECT_FALSE(verify_password(pepper, start + "12345679", hash));
  EXPECT_FALSE(verify_password(pepper, start, hash));
}

TEST_F(Password, counts_beyond_a_nul) {
  const std::string one("abc\0def", 7), other("abc\0deg", 7);
  const std::string hash = hash_password(pepper, one, kFast);
  EXPECT_TRUE(verify_password(pepper, one, hash));
  EXPECT_FALSE(verify_password(pepper, other, hash));
  EXPECT_FALSE(verify_password(pepper, "abc", hash));
}

TEST_F(Password, is_worth_nothing_without_the_pepper) {
  const std::string hash = hash_password(pepper, "password", kFast);
  EXPECT_FALSE(verify_password(Key::fresh(), "password", hash));
  EXPECT_TRUE(verify_password(pepper.clone(), "password", hash));
}

// Another program reading our table must get the same: HMAC, base64, bcrypt, nothing between them.
TEST_F(Password, is_bcrypt_of_base64_of_hmac) {
  const std::string hash = hash_password(pepper, "password", kFast);
  const std::string text = detail::base64(detail::chars(hmac(pepper, "password")));
  EXPECT_EQ(text.size(), 44U);
  EXPECT_EQ(detail::bcrypt(text, hash), hash);
}

TEST_F(Password, refuses_malformed_hashes) {
  const std::string good = hash_password(pepper, "password", kFast);
  EXPECT_FALSE(verify_password(pepper, "password", good + "x"));
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_FALSE(verify_password(pepper, "password", good.substr(0, size))) << size;
  const auto with = [&](std::size_t at, char c) {
    std::string bad = good;
    bad[at] = c;
    return bad;
  };
  for (const std::string& bad :
       {with(0, '*'), with(2, 'a'), with(2, 'y'), with(2, 'z'), with(4, '9'), with(5, '3'), with(5, 'x'),
        with(6, '.'), with(10, '?'), with(40, '$'), with(59, '\0')})
    EXPECT_FALSE(verify_password(pepper, "password", bad)) << bad;
  EXPECT_FALSE(verify_password(pepper, "password", with(30, good[30] == 'a' ? 'b' : 'a')));
  EXPECT_TRUE(verify_password(pepper, "password", good));
}

TEST_F(Password, says_when_it_should_be_hashed_again) {
  const std::string hash = hash_password(pepper, "password", kFast);
  EXPECT_TRUE(needs_rehash(hash));
  EXPECT_TRUE(needs_rehash(hash, kFast + 1));
  EXPECT_FALSE(needs_rehash(hash, kFast));
  EXPECT_TRUE(needs_rehash(""));
  EXPECT_TRUE(needs_rehash(hash.substr(0, 59), kFast));
  EXPECT_TRUE(needs_rehash(hash + "x", kFast));
  EXPECT_TRUE(needs_rehash("$2a" + hash.substr(3), kFast));
  const std::string upgraded = hash_password(pepper, "password", kFast + 1);
  EXPECT_FALSE(needs_rehash(upgraded, kFast + 1));
  EXPECT_FALSE(needs_rehash(upgraded, kFast)) << "a dearer hash is not made cheaper";
  EXPECT_TRUE(verify_password(pepper, "password", upgraded));
}

TEST_F(Password, P32_is_hashed_at_cost_12_unless_told_otherwise) {
  const std::string hash = hash_password(pepper, "password");
  EXPECT_EQ(hash.substr(0, 7), "$2b$12$");
  EXPECT_FALSE(needs_rehash(hash));
}

TEST_F(Password, a_cost_bcrypt_does_not_know_is_a_bug) {
  for (const int cost : {-1, 0, 3, 32})
    EXPECT_THROW(hash_password(pepper, "password", cost), std::invalid_argument);
}

TEST_F(Password, the_decoy_looks_real_and_is_nobodys) {
  const std::string& decoy = decoy_hash();
  EXPECT_EQ(&decoy, &decoy_hash());
  EXPECT_FALSE(needs_rehash(decoy));
  EXPECT_EQ(decoy.substr(0, 7), "$2b$12$");
  EXPECT_FALSE(verify_password(pepper, "", decoy));
  // Full work: libcrypt takes it for a hash and answers with one of the same salt.
  EXPECT_EQ(detail::bcrypt("anything", decoy).substr(0, 29), decoy.substr(0, 29));
  // The last characters of salt and digest have bits that are always zero in a real hash.
  EXPECT_NE(std::string_view(".Oeu").find(decoy[28]), std::string_view::npos);
  EXPECT_NE(std::string_view(".CGKOSWaeimquy26").find(decoy[59]), std::string_view::npos);
}

}  // namespace
}  // namespace chatika::crypto
