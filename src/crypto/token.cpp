#include <algorithm>

#include "crypto/primitives.hpp"

namespace chatika::crypto {

namespace {

constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kTextChars = 43;  // of base64url without padding

bool is_base64url(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

// 43 characters carry two bits more than 32 bytes; ours leave them zero.
bool ends_like_ours(char c) {
  return std::string_view("AEIMQUYcgkosw048").contains(c);
}

}  // namespace

Token new_token() {
  std::array<std::uint8_t, kSecretBytes> secret;
  random_bytes(secret);
  Token token;
  token.text = detail::base64(detail::chars(secret));
  token.text.resize(kTextChars);
  std::ranges::replace(token.text, '+', '-');
  std::ranges::replace(token.text, '/', '_');
  detail::wipe(secret);
  token.hash = sha256(token.text);
  return token;
}

Result<Hash> token_hash(std::string_view text) {
  if (text.size() != kTextChars || !std::ranges::all_of(text, is_base64url) || !ends_like_ours(text.back()))
    return fail(Errc::unauthenticated, "not a token");
  return sha256(text);
}

}  // namespace chatika::crypto
