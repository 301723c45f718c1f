// Ed25519 signatures (RFC 8032): what the installation vouches for, checkable by anyone with the public key.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

#include "crypto/crypto.hpp"

namespace chatika::crypto {

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

class SigningKey {
 public:
  // The 32 secret bytes from which RFC 8032 section 5.1.5 makes the pair.
  static SigningKey from_seed(const Key& seed);
  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;
  ~SigningKey();

  [[nodiscard]] const PublicKey& public_key() const { return public_key_; }
  // Thread-safe; the same message always gives the same signature.
  [[nodiscard]] Signature sign(std::string_view message) const;

 private:
  struct Impl;
  explicit SigningKey(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
  PublicKey public_key_{};
};

// False for whatever is wrong with key, message or signature; a signature of another length is wrong too.
bool is_signed_by(const PublicKey& key, std::string_view message, std::string_view signature);

}  // namespace chatika::crypto
