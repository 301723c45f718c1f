#include <pthread.h>
#include <time.h>

#include <atomic>
#include <cstring>
#include <mutex>

#include "crypto/primitives.hpp"

namespace chatika::crypto::detail {

namespace {

// Grows in the child of every fork, so that it does not go on with its parent's block.
std::atomic<std::uint32_t> forks{0};

std::uint64_t clock_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000U + static_cast<std::uint64_t>(now.tv_nsec);
}

}  // namespace

Nonce NonceBlock::next() {
  if (used_ == kNonces) {
    random_bytes(bytes_);
    used_ = 0;
  }
  Nonce out;
  std::memcpy(out.data(), bytes_.data() + used_ * kNonceBytes, kNonceBytes);
  ++used_;
  // A uniform value stays uniform whatever is added to it; two copies of it part with the time.
  std::uint64_t low = 0;
  std::memcpy(&low, out.data(), sizeof low);
  low ^= clock_ns();
  std::memcpy(out.data(), &low, sizeof low);
  return out;
}

Nonce next_nonce() {
  static std::once_flag registered;
  thread_local NonceBlock block;
  thread_local std::uint32_t block_forks = [] {
    std::call_once(registered, [] {
      if (::pthread_atfork(nullptr, nullptr, [] { forks.fetch_add(1, std::memory_order_relaxed); }) != 0)
        library_failed("pthread_atfork");
    });
    return forks.load(std::memory_order_relaxed);
  }();
  const std::uint32_t now = forks.load(std::memory_order_relaxed);
  if (now != block_forks) {
    block.drop();
    block_forks = now;
  }
  return block.next();
}

}  // namespace chatika::crypto::detail
