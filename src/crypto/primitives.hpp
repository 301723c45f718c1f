// What crypto.hpp is made of, on raw bytes: shared by this room's files and checked against public vectors
// by its tests. No other room includes it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "crypto/crypto.hpp"

namespace chatika::crypto::detail {

inline const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
inline unsigned char* raw(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}
inline std::string_view chars(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Overwrites what held a secret; the compiler does not drop it.
void wipe(std::span<std::uint8_t> bytes);
void wipe(std::string& bytes);

// Throws: the cryptographic library itself failed. A broken installation, never the input.
[[noreturn]] void library_failed(const char* what);

// Standard base64 with padding (RFC 4648 section 4).
std::string base64(std::string_view bytes);

// AES-256-GCM with a 12-byte nonce and a 16-byte tag. EVP counts in int: the text has a bound.
inline constexpr std::size_t kNonceBytes = 12;
inline constexpr std::size_t kTagBytes = 16;
inline constexpr std::size_t kTextBytes = std::size_t{1} << 30;
using KeyBytes = std::span<const std::uint8_t, Key::kBytes>;
using Nonce = std::array<std::uint8_t, kNonceBytes>;
// `out` has room for text and tag and may not overlap the text.
void gcm_seal(KeyBytes key, const unsigned char* nonce, std::string_view aad, std::string_view text,
              unsigned char* out);
// `sealed` is ciphertext and tag. False when it is not authentic: then `out` holds nothing of the text.
bool gcm_open(KeyBytes key, const unsigned char* nonce, std::string_view aad, std::string_view sealed,
              std::string& out);

// Nonces drawn from the system in blocks: one system call a nonce would double the cost of a small seal.
// Each is mixed with the clock when it is handed out, so that a machine restored from a snapshot that holds
// a half-used block does not repeat them. Not thread-safe: one a thread.
class NonceBlock {
 public:
  Nonce next();
  // Drops what is left. The child of a fork does it.
  void drop() { used_ = kNonces; }

 private:
  static constexpr std::size_t kNonces = 80;
  std::array<std::uint8_t, kNonces * kNonceBytes> bytes_{};
  std::size_t used_ = kNonces;
};
// This thread's next nonce. Safe across fork().
Nonce next_nonce();

// HMAC-SHA-256 with a key of any length, ready for any number of messages. Not thread-safe.
class Hmac {
 public:
  Hmac();
  explicit Hmac(std::string_view key);
  Hmac(Hmac&&) noexcept;
  ~Hmac();
  void rekey(std::string_view key);
  void add(std::string_view bytes);
  // The code of what was added; the next message starts empty.
  Hash finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// HKDF-SHA-256 (RFC 5869), fills `out`. False when more is asked for than HKDF gives (255 * 32 bytes).
bool hkdf(std::string_view ikm, std::string_view salt, std::string_view info, std::span<std::uint8_t> out);

// bcrypt of a NUL-free text under `setting`, either a fresh one or a whole hash. "" when the setting is
// malformed.
std::string bcrypt(const std::string& text, const std::string& setting);
std::string bcrypt_setting(int cost);

}  // namespace chatika::crypto::detail
