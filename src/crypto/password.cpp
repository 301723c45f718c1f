#include <crypt.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "crypto/primitives.hpp"

namespace chatika::crypto {

namespace {

// $2b$CC$, 22 characters of salt, 31 of hash.
constexpr char kPrefix[] = "$2b$";
constexpr std::size_t kSaltAt = 7;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashChars = 60;
constexpr std::size_t kDigestAt = kSaltAt + 22;
constexpr std::string_view kAlphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr int kLowestCost = 4;
constexpr int kHighestCost = 31;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The cost of a well-formed hash.
std::optional<int> cost_of(std::string_view hash) {
  if (hash.size() != kHashChars || !hash.starts_with(kPrefix)) return std::nullopt;
  if (!is_digit(hash[4]) || !is_digit(hash[5]) || hash[6] != '$') return std::nullopt;
  const int cost = (hash[4] - '0') * 10 + (hash[5] - '0');
  if (cost < kLowestCost || cost > kHighestCost) return std::nullopt;
  const auto known = [](char c) { return kAlphabet.contains(c); };
  if (!std::ranges::all_of(hash.substr(kSaltAt), known)) return std::nullopt;
  return cost;
}

// bcrypt stops at the first NUL and after 72 bytes: it is given 44 characters that depend on every byte.
std::string peppered(const Key& pepper, std::string_view password) {
  Hash mixed = hmac(pepper, password);
  std::string text = detail::base64(detail::chars(mixed));
  detail::wipe(mixed);
  return text;
}

}  // namespace

namespace detail {

std::string bcrypt(const std::string& text, const std::string& setting) {
  const auto data = std::make_unique<crypt_data>();  // 32 KiB: not for the stack
  const char* hash = ::crypt_r(text.c_str(), setting.c_str(), data.get());
  // What cannot be computed comes back as a text that starts with an asterisk.
  std::string out = hash && *hash != '*' ? hash : "";
  wipe({reinterpret_cast<std::uint8_t*>(data.get()), sizeof *data});
  return out;
}

std::string bcrypt_setting(int cost) {
  if (cost < kLowestCost || cost > kHighestCost) throw std::invalid_argument("bcrypt cost must be 4 to 31");
  std::array<std::uint8_t, kSaltBytes> salt;
  random_bytes(salt);
  std::array<char, CRYPT_GENSALT_OUTPUT_SIZE> setting;
  if (!::crypt_gensalt_rn(kPrefix, static_cast<unsigned long>(cost),
                          reinterpret_cast<const char*>(salt.data()), kSaltBytes, setting.data(),
                          static_cast<int>(setting.size())))
    throw std::runtime_error("libcrypt cannot make a bcrypt salt");
  return setting.data();
}

}  // namespace detail

std::string hash_password(const Key& pepper, std::string_view password, int cost) {
  std::string text = peppered(pepper, password);
  std::string hash = detail::bcrypt(text, detail::bcrypt_setting(cost));
  detail::wipe(text);
  if (hash.empty()) throw std::runtime_error("libcrypt cannot make a bcrypt hash");
  return hash;
}

bool verify_password(const Key& pepper, std::string_view password, std::string_view hash) {
  if (!cost_of(hash)) return false;
  std::string text = peppered(pepper, password);
  const std::string made = detail::bcrypt(text, std::string(hash));
  detail::wipe(text);
  return equal_constant_time(made, hash);
}

bool needs_rehash(std::string_view hash, int cost) {
  const auto made_at = cost_of(hash);
  return !made_at || *made_at < cost;
}

const std::string& decoy_hash() {
  // Not computed: a digest drawn at random is the hash of nothing anyone can find, and the first sign-in with
  // an unknown address takes no longer than the next. Its last character carries four bits, like a real one.
  static const std::string decoy = [] {
    std::array<std::uint8_t, kHashChars - kDigestAt> digest;
    random_bytes(digest);
    std::string hash = detail::bcrypt_setting(kPasswordCost);
    for (const std::uint8_t byte : digest) hash.push_back(kAlphabet[byte & 0x3f]);
    hash.back() = kAlphabet[digest.back() & 0x3c];
    return hash;
  }();
  return decoy;
}

}  // namespace chatika::crypto
