#include <openssl/evp.h>

#include <stdexcept>

#include "crypto/primitives.hpp"

namespace chatika::crypto::detail {

namespace {

// Fetched once, never freed: a fetch takes a lock and costs more than a small seal.
const EVP_CIPHER* cipher() {
  static const EVP_CIPHER* const fetched = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  if (!fetched) library_failed("AES-256-GCM");
  return fetched;
}

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

// One context a thread and direction. It remembers its last key until the next one or the end of the thread:
// freeing it after each use would cost twice what a small seal costs.
Context make_context() {
  Context context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  if (!context) library_failed("cipher context");
  return context;
}

}  // namespace

void gcm_seal(KeyBytes key, const unsigned char* nonce, std::string_view aad, std::string_view text,
              unsigned char* out) {
  if (text.size() > kTextBytes || aad.size() > kTextBytes) throw std::length_error("text too long to seal");
  thread_local const Context holder = make_context();
  EVP_CIPHER_CTX* const context = holder.get();
  int done = 0;
  const bool sealed = EVP_EncryptInit_ex2(context, cipher(), key.data(), nonce, nullptr) == 1 &&
                      (aad.empty() || EVP_EncryptUpdate(context, nullptr, &done, raw(aad),
                                                        static_cast<int>(aad.size())) == 1) &&
                      (text.empty() || EVP_EncryptUpdate(context, out, &done, raw(text),
                                                         static_cast<int>(text.size())) == 1) &&
                      EVP_EncryptFinal_ex(context, out + text.size(), &done) == 1 &&
                      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, kTagBytes, out + text.size()) == 1;
  if (!sealed) library_failed("AES-256-GCM seal");
}

bool gcm_open(KeyBytes key, const unsigned char* nonce, std::string_view aad, std::string_view sealed,
              std::string& out) {
  out.clear();
  if (sealed.size() < kTagBytes || sealed.size() > kTextBytes || aad.size() > kTextBytes) return false;
  const std::string_view ciphertext = sealed.substr(0, sealed.size() - kTagBytes);
  std::array<unsigned char, kTagBytes> tag;
  sealed.copy(reinterpret_cast<char*>(tag.data()), kTagBytes, ciphertext.size());
  out.resize(ciphertext.size());
  thread_local const Context holder = make_context();
  EVP_CIPHER_CTX* const context = holder.get();
  int done = 0;
  if (EVP_DecryptInit_ex2(context, cipher(), key.data(), nonce, nullptr) != 1)
    library_failed("AES-256-GCM open");
  const bool authentic =
      (aad.empty() ||
       EVP_DecryptUpdate(context, nullptr, &done, raw(aad), static_cast<int>(aad.size())) == 1) &&
      (ciphertext.empty() || EVP_DecryptUpdate(context, raw(out), &done, raw(ciphertext),
                                               static_cast<int>(ciphertext.size())) == 1) &&
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, kTagBytes, tag.data()) == 1 &&
      EVP_DecryptFinal_ex(context, raw(out) + out.size(), &done) == 1;
  if (!authentic) wipe(out);
  return authentic;
}

}  // namespace chatika::crypto::detail
