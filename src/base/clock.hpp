// Time as the program sees it. Business code is given `Time now`; only the shell asks a Clock.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chatika {

using Micros = std::chrono::microseconds;
using Time = std::chrono::sys_time<Micros>;  // UTC; databases keep its count as an integer

inline std::int64_t to_micros(Time t) {
  return t.time_since_epoch().count();
}
inline Time from_micros(std::int64_t us) {
  return Time(Micros(us));
}

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Time now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Time now() const override {
    return std::chrono::time_point_cast<Micros>(std::chrono::system_clock::now());
  }
};

// Stands still until told; thread-safe.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Time start) : us_(to_micros(start)) {}
  [[nodiscard]] Time now() const override { return from_micros(us_.load()); }
  void set(Time t) { us_ = to_micros(t); }
  void advance(Micros by) { us_ += by.count(); }

 private:
  std::atomic<std::int64_t> us_;
};

// RFC 3339 in UTC: "2026-11-23T09:00:00Z", with ".123456" only when not a whole second.
std::string to_rfc3339(Time t);
// Reads any RFC 3339 timestamp (offset required), microseconds at most; years 1970 to 9999.
std::optional<Time> parse_rfc3339(std::string_view text);

}  // namespace chatika
