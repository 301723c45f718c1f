// Free starts the slow way: every minute is asked whether it is worked and whether it is taken. Shares
// nothing with the rules but to_local(), which has tests of its own.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "booking/booking.hpp"
#include "booking/booking_rules.hpp"

namespace chatika::booking::naive {

class Minutes {
 public:
  // [from, to) and two days on either side.
  Minutes(Time from, Time to, std::string_view zone)
      : begin_(std::chrono::floor<std::chrono::days>(from) - kAround) {
    const auto n = std::chrono::ceil<std::chrono::minutes>(to + kAround - begin_).count();
    for (std::int64_t i = 0; i < n; ++i) local_.push_back(to_local(begin_ + std::chrono::minutes(i), zone));
    free_.assign(local_.size(), false);
  }

  // A window is open from the first minute at which the clock has reached its start to the first at which it
  // has reached its end.
  void work(std::span<const Window> windows) {
    const auto first = std::chrono::floor<std::chrono::days>(local_.front());
    for (auto day = first; day <= local_.back(); day += std::chrono::days(1))
      for (const auto& w : windows)
        if (std::chrono::weekday(day).c_encoding() == static_cast<unsigned>(w.weekday))
          for (auto i = reached(day + std::chrono::minutes(w.start_min));
               i < reached(day + std::chrono::minutes(w.end_min)); ++i)
            free_[i] = true;
  }

  void take(const rules::Period& busy) {
    for (std::size_t i = 0; i < free_.size(); ++i)
      if (begin_ + std::chrono::minutes(i + 1) > busy.from && begin_ + std::chrono::minutes(i) < busy.to)
        free_[i] = false;
  }

  [[nodiscard]] std::vector<Time> starts(int duration_min, Time from, Time to) const {
    std::vector<Time> out;
    for (std::size_t i = 0; i + static_cast<std::size_t>(duration_min) <= free_.size(); ++i) {
      const Time t = begin_ + std::chrono::minutes(i);
      const auto minute = std::chrono::floor<std::chrono::minutes>(local_[i]).time_since_epoch().count();
      if (t < from || t >= to || minute % kGridMin != 0) continue;
      bool whole = true;
      for (std::size_t k = 0; k < static_cast<std::size_t>(duration_min); ++k) whole = whole && free_[i + k];
      if (whole) out.push_back(t);
    }
    return out;
  }

 private:
  static constexpr auto kAround = std::chrono::days(2);

  [[nodiscard]] std::size_t reached(std::chrono::local_seconds clock) const {
    std::size_t i = 0;
    while (i < local_.size() && local_[i] < clock) ++i;
    return i;
  }

  Time begin_;
  std::vector<std::chrono::local_seconds> local_;
  std::vector<bool> free_;
};

}  // namespace chatika::booking::naive
