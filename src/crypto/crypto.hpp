// Keys and sealed boxes. The only room (with net's TLS file) that knows OpenSSL; replaceable as one place
// when certified cryptography is required (AES-GCM and bcrypt are not GOST).
//
// Refuses: to open a box anywhere but in its place, to say why opening failed (one uniform error).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/result.hpp"

namespace chatika::crypto {

using Hash = std::array<std::uint8_t, 32>;
Hash sha256(std::string_view bytes);
std::string hex(std::string_view bytes);

// Fills from the system's CSPRNG.
void random_bytes(std::span<std::uint8_t> out);
// Equal without telling by time where they differ.
bool equal_constant_time(std::string_view a, std::string_view b);

// A 256-bit key, wiped when it goes. Not copyable by accident: clone() says so.
class Key {
 public:
  static constexpr std::size_t kBytes = 32;
  static Key fresh();
  static Result<Key> from_bytes(std::string_view bytes);
  Key(Key&&) noexcept;
  Key& operator=(Key&&) noexcept;
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;
  ~Key();
  [[nodiscard]] Key clone() const;
  [[nodiscard]] std::span<const std::uint8_t, kBytes> bytes() const { return bytes_; }
  // HKDF-SHA-256 (RFC 5869) with `label` as info: keys for different uses never coincide.
  [[nodiscard]] Key derive(std::string_view label) const;

 private:
  Key() = default;
  std::array<std::uint8_t, kBytes> bytes_{};
};

// Where a box stands. All of it is authenticated (AAD): a box moved to another place does not open.
struct Place {
  TenantId tenant;
  std::string_view table;
  std::string_view column;
  Uuid row;
};

// AES-256-GCM. Box: format byte 0x01 | key version u32 BE | nonce 12 | ciphertext | tag 16; 33 bytes longer than the text.
// AAD: the place, each part with its length, then the key version. Nonces are random, drawn in blocks.
inline constexpr std::size_t kBoxOverhead = 33;
std::string seal(const Key& key, std::uint32_t key_version, const Place& place, std::string_view text);
// Errc::internal with the one cause "sealed data cannot be opened", whatever is wrong.
Result<std::string> open(const Key& key, const Place& place, std::string_view box);
// The key version a box says it was made with.
Result<std::uint32_t> key_version(std::string_view box);

// Keyed, fixed-length image of a value for finding it again (blind index): HMAC-SHA-256, first 16 bytes.
// The caller normalises the value. A BlindIndex keeps its HMAC context ready; not thread-safe.
class BlindIndex {
 public:
  explicit BlindIndex(const Key& key);
  ~BlindIndex();
  BlindIndex(BlindIndex&&) noexcept;
  std::string operator()(std::string_view column, std::string_view value);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Passwords: bcrypt `$2b$` over base64(HMAC-SHA-256(pepper, password)), so neither 72 bytes nor NUL cut it.
// Cost 12 takes about 0.2 s of CPU: run on its own small pool. `cost` 4..31.
inline constexpr int kPasswordCost = 12;
std::string hash_password(const Key& pepper, std::string_view password, int cost = kPasswordCost);
// Constant work for a well-formed hash. False for anything malformed.
bool verify_password(const Key& pepper, std::string_view password, std::string_view hash);
bool needs_rehash(std::string_view hash, int cost = kPasswordCost);
// A hash of nothing anyone knows, at full cost: verify against it when the account does not exist.
const std::string& decoy_hash();

// A bearer secret of 256 bits: the text goes to the client (base64url, 43 characters), the hash is stored.
struct Token {
  std::string text;
  Hash hash;
};
Token new_token();
Result<Hash> token_hash(std::string_view text);  // Errc::unauthenticated when it cannot be a token

// HMAC-SHA-256, for CSRF tokens and the like.
Hash hmac(const Key& key, std::string_view bytes);

// Master key of the installation: 32 random bytes in a file of mode 0600, made at first start with its
// directory (0700), fsynced. Refuses a file others can read (mode & 077), a wrong size, a symlink.
Result<Key> load_or_create_master_key(const std::string& path);
Result<Key> load_master_key(const std::string& path);

// Keys are wrapped by the key above them: seal() with the wrapped thing's place.
std::string wrap(const Key& by, std::uint32_t version, const Place& place, const Key& key);
Result<Key> unwrap(const Key& by, const Place& place, std::string_view box);

}  // namespace chatika::crypto
