#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <algorithm>

#include "crypto/primitives.hpp"

namespace chatika::crypto {

namespace detail {

namespace {

EVP_MAC* mac() {
  static EVP_MAC* const fetched = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  if (!fetched) library_failed("HMAC");
  return fetched;
}

OSSL_PARAM sha256_param() {
  static char name[] = "SHA256";
  return OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0);
}

OSSL_PARAM octets(const char* name, std::string_view bytes) {
  // The library reads only, but its parameters are not const.
  return OSSL_PARAM_construct_octet_string(name, const_cast<char*>(bytes.data()), bytes.size());
}

}  // namespace

struct Hmac::Impl {
  std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> context{EVP_MAC_CTX_new(mac()),
                                                                    &EVP_MAC_CTX_free};
};

Hmac::Hmac() : impl_(std::make_unique<Impl>()) {
  const std::array params{sha256_param(), OSSL_PARAM_construct_end()};
  if (!impl_->context || EVP_MAC_CTX_set_params(impl_->context.get(), params.data()) != 1)
    library_failed("HMAC context");
}
Hmac::Hmac(std::string_view key) : Hmac() {
  rekey(key);
}
Hmac::Hmac(Hmac&&) noexcept = default;
Hmac::~Hmac() = default;

void Hmac::rekey(std::string_view key) {
  if (EVP_MAC_init(impl_->context.get(), raw(key), key.size(), nullptr) != 1) library_failed("HMAC key");
}

void Hmac::add(std::string_view bytes) {
  if (EVP_MAC_update(impl_->context.get(), raw(bytes), bytes.size()) != 1) library_failed("HMAC update");
}

Hash Hmac::finish() {
  Hash out;
  std::size_t length = 0;
  if (EVP_MAC_final(impl_->context.get(), out.data(), &length, out.size()) != 1 || length != out.size() ||
      EVP_MAC_init(impl_->context.get(), nullptr, 0, nullptr) != 1)
    library_failed("HMAC");
  return out;
}

bool hkdf(std::string_view ikm, std::string_view salt, std::string_view info, std::span<std::uint8_t> out) {
  static EVP_KDF* const fetched = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
  const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(EVP_KDF_CTX_new(fetched),
                                                                          &EVP_KDF_CTX_free);
  if (!context) library_failed("HKDF");
  // A missing salt and an empty one are the same (RFC 5869 section 2.2); the library wants it missing.
  std::array<OSSL_PARAM, 5> params{sha256_param(), octets(OSSL_KDF_PARAM_KEY, ikm),
                                   octets(OSSL_KDF_PARAM_INFO, info), OSSL_PARAM_construct_end(),
                                   OSSL_PARAM_construct_end()};
  if (!salt.empty()) params[3] = octets(OSSL_KDF_PARAM_SALT, salt);
  return EVP_KDF_derive(context.get(), out.data(), out.size(), params.data()) == 1;
}

}  // namespace detail

Hash hmac(const Key& key, std::string_view bytes) {
  thread_local detail::Hmac context;
  context.rekey(detail::chars(key.bytes()));
  context.add(bytes);
  return context.finish();
}

}  // namespace chatika::crypto
