#include "crypto/signature.hpp"

#include <openssl/evp.h>

#include "crypto/primitives.hpp"

namespace chatika::crypto {
namespace {

using detail::library_failed;
using Pkey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

}  // namespace

struct SigningKey::Impl {
  Pkey key{nullptr, &EVP_PKEY_free};
};

SigningKey::SigningKey(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {
  auto size = public_key_.size();
  if (EVP_PKEY_get_raw_public_key(impl_->key.get(), public_key_.data(), &size) != 1 ||
      size != public_key_.size())
    library_failed("Ed25519 public key");
}
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

SigningKey SigningKey::from_seed(const Key& seed) {
  auto impl = std::make_unique<Impl>();
  impl->key.reset(
      EVP_PKEY_new_raw_private_key_ex(nullptr, "ED25519", nullptr, seed.bytes().data(), seed.bytes().size()));
  if (!impl->key) library_failed("Ed25519 key");
  return SigningKey(std::move(impl));
}

Signature SigningKey::sign(std::string_view message) const {
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  Signature out;
  auto size = out.size();
  if (!context ||
      EVP_DigestSignInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr, impl_->key.get(), nullptr) !=
          1 ||
      EVP_DigestSign(context.get(), out.data(), &size, detail::raw(message), message.size()) != 1 ||
      size != out.size())
    library_failed("Ed25519 signature");
  return out;
}

bool is_signed_by(const PublicKey& key, std::string_view message, std::string_view signature) {
  if (signature.size() != Signature{}.size()) return false;
  const Pkey pkey(EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, key.data(), key.size()),
                  &EVP_PKEY_free);
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  return pkey && context &&
         EVP_DigestVerifyInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr, pkey.get(), nullptr) ==
             1 &&
         EVP_DigestVerify(context.get(), detail::raw(signature), signature.size(), detail::raw(message),
                          message.size()) == 1;
}

}  // namespace chatika::crypto
