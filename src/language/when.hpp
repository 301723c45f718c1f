// Days and times of day in Russian and English text, enough to filter free slots. Everything is local time of
// the branch. Greetings, durations, prices, ages and tooth numbers are no time. Typos of one letter are read
// in words of five and more.
#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "language/tokens.hpp"

namespace chatika::language {

inline constexpr int kMinutesPerDay = 1440;

struct DayRange {
  std::chrono::local_days first;
  std::chrono::local_days end;  // exclusive
  bool operator==(const DayRange&) const = default;
};

struct TimeRange {
  enum class Kind {
    point,     // "в 15:00": from it; `to` is one minute later
    about,     // "около четырёх": that hour
    interval,  // "с 10 до 13"
    from,      // "после 18": to the end of the day
    until,     // "до 12": from 00:00
    part,      // "утром"
  };
  Kind kind = Kind::point;
  int from = 0;  // minutes of the day
  int to = 0;    // exclusive; past 1440 at night ("ночью" is 1320 to 1800)
  bool operator==(const TimeRange&) const = default;
};

struct When {
  std::vector<DayRange> days;    // empty: no day was said; several: "завтра или в пятницу", as said
  std::vector<TimeRange> times;  // empty: no time was said; several: "утром или вечером"
  std::vector<Span> spans;       // where it was read, in order

  [[nodiscard]] bool empty() const { return days.empty() && times.empty(); }
  // What was not said allows everything.
  [[nodiscard]] bool allows_day(std::chrono::local_days day) const;
  [[nodiscard]] bool allows_start(int minute_of_day) const;
};

// Conventions: a weekday is the nearest strictly after today; an hour without a part of the day is read
// inside 09–21; a time without a day leaves `days` empty (the caller knows whether a day was settled before;
// `day_of` says which day it means otherwise).
When find_when(std::string_view utf8, std::chrono::local_seconds now);

// The day a time without a day means: today while the time is still ahead, else tomorrow.
std::chrono::local_days day_of(const TimeRange& time, std::chrono::local_seconds now);

}  // namespace chatika::language
