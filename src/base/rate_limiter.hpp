// Token buckets by key: who comes too often is told when to come back. Bounded: at kRateKeys keys the one
// least recently used is forgotten. Thread-safe.
#pragma once

#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.hpp"

namespace chatika {

inline constexpr std::size_t kRateKeys = 20'000;

class RateLimiter {
 public:
  // `burst` at once, then `per_minute`.
  RateLimiter(double burst, double per_minute) : burst_(burst), per_second_(per_minute / 60.0) {}
  // Takes one; 0 when allowed, else whole seconds (≥ 1) until the next is.
  int take(std::string_view key, Time now);
  // Forgets what `key` has used, as after a right password.
  void reset(std::string_view key);

 private:
  struct Bucket {
    std::string key;
    double left;
    Time at;
  };
  double burst_;
  double per_second_;
  std::mutex mutex_;
  std::list<Bucket> recent_;  // most recent first
  std::unordered_map<std::string, std::list<Bucket>::iterator> by_key_;
};

}  // namespace chatika
