#include "booking/zones.hpp"

#include <date/tz.h>

#include <algorithm>
#include <exception>

#include "booking/model.hpp"

namespace chatika::booking {
namespace {

// date's sys_seconds is std::chrono's; its local_seconds is a type of its own with the same count.
using std::chrono::seconds;
using SysSeconds = std::chrono::sys_time<seconds>;

const date::time_zone& find_zone(std::string_view zone) {
  return *date::locate_zone(zone);
}

}  // namespace

OffsetSpan offset_span(Time t, std::string_view zone) {
  const auto at = std::chrono::floor<seconds>(t);
  const auto info = find_zone(zone).get_info(at);
  return {.from = std::max(info.begin, SysSeconds(at - kSpanReach)),
          .to = std::min(info.end, SysSeconds(at + kSpanReach)),
          .offset = info.offset};
}

std::chrono::local_seconds to_local(Time t, std::string_view zone) {
  const auto at = std::chrono::floor<seconds>(t);
  return std::chrono::local_seconds(at.time_since_epoch() + find_zone(zone).get_info(at).offset);
}

Time from_local(std::chrono::local_seconds local, std::string_view zone) {
  const auto info = find_zone(zone).get_info(date::local_seconds(local.time_since_epoch()));
  // `first` is the offset before the change in both odd cases: of a doubled time that is the first
  // occurrence.
  if (info.result == date::local_info::nonexistent) return info.first.end;
  return SysSeconds(local.time_since_epoch() - info.first.offset);
}

bool known_zone(std::string_view zone) {
  try {
    return date::locate_zone(zone) != nullptr;
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace chatika::booking
