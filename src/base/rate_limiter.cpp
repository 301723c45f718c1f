#include "base/rate_limiter.hpp"

#include <algorithm>
#include <cmath>

namespace chatika {

int RateLimiter::take(std::string_view key, Time now) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(std::string(key));
  if (found == by_key_.end()) {
    if (recent_.size() >= kRateKeys) {
      by_key_.erase(recent_.back().key);
      recent_.pop_back();
    }
    recent_.push_front({std::string(key), burst_, now});
    by_key_[recent_.front().key] = recent_.begin();
  } else {
    recent_.splice(recent_.begin(), recent_, found->second);
  }
  auto& bucket = recent_.front();
  const double passed = std::chrono::duration<double>(std::max(now - bucket.at, Micros{0})).count();
  bucket.left = std::min(burst_, bucket.left + passed * per_second_);
  bucket.at = now;
  if (bucket.left < 1.0) return std::max(1, static_cast<int>(std::ceil((1.0 - bucket.left) / per_second_)));
  bucket.left -= 1.0;
  return 0;
}

void RateLimiter::reset(std::string_view key) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(std::string(key));
  if (found == by_key_.end()) return;
  recent_.erase(found->second);
  by_key_.erase(found);
}

}  // namespace chatika
