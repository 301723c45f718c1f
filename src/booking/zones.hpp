// What the rules need of a time zone beyond model.hpp's conversions. Only src/booking includes this.
#pragma once

#include <chrono>
#include <string_view>

#include "base/clock.hpp"

namespace chatika::booking {

// A stretch of time in which local clocks run at one distance from UTC. Cut at about a year around the moment
// asked for: nobody here looks further, and the ends of the zone database are out of range of Time.
struct OffsetSpan {
  Time from;
  Time to;  // exclusive
  std::chrono::seconds offset{};
};
OffsetSpan offset_span(Time t, std::string_view zone);

inline constexpr auto kSpanReach = std::chrono::days(400);

}  // namespace chatika::booking
