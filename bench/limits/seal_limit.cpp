#include "bench/limits/seal_limit.hpp"

#include <openssl/evp.h>

#include <array>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <vector>

namespace chatika::bench {

double seal_limit_ns(std::size_t bytes, std::size_t rounds) {
  constexpr int kTagBytes = 16;
  static EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(),
                                                                                &EVP_CIPHER_CTX_free);
  const std::vector<unsigned char> text(bytes, 'x');
  std::vector<unsigned char> out(bytes + kTagBytes);
  std::array<unsigned char, 32> key{};
  std::array<unsigned char, 12> nonce{};
  int done = 0;
  bool good = cipher && context;
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < rounds && good; ++i) {
    key[0] = static_cast<unsigned char>(i);
    nonce[0] = static_cast<unsigned char>(i);
    good = EVP_EncryptInit_ex2(context.get(), cipher, key.data(), nonce.data(), nullptr) == 1 &&
           EVP_EncryptUpdate(context.get(), out.data(), &done, text.data(), static_cast<int>(bytes)) == 1 &&
           EVP_EncryptFinal_ex(context.get(), out.data() + bytes, &done) == 1 &&
           EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kTagBytes, out.data() + bytes) == 1;
  }
  const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
  if (!good) throw std::runtime_error("OpenSSL failed");
  return took.count() / static_cast<double>(rounds);
}

}  // namespace chatika::bench
