// What one connection may still spend: a token bucket of its own, where costs differ. For one thread at a time.
#pragma once

#include <algorithm>
#include <chrono>

namespace chatika {

class Allowance {
 public:
  using Steady = std::chrono::steady_clock::time_point;
  // `burst` at once, then `per_second`.
  Allowance(double burst, double per_second) : burst_(burst), per_second_(per_second), left_(burst) {}

  // Takes `cost` when anything is left, going below nothing for it: one dear thing is never refused for ever,
  // what comes after it waits. False when nothing is left.
  bool take(double cost, Steady now) {
    left_ = std::min(burst_, left_ + std::chrono::duration<double>(now - at_).count() * per_second_);
    at_ = now;
    if (left_ <= 0) return false;
    left_ -= cost;
    return true;
  }

 private:
  double burst_;
  double per_second_;
  double left_;
  Steady at_{};
};

}  // namespace chatika
