#include "base/zone.hpp"

#include <date/tz.h>

#include <exception>

namespace chatika {

// date's sys_seconds is std::chrono's; its local_seconds is a type of its own with the same count.
using std::chrono::seconds;
using SysSeconds = std::chrono::sys_time<seconds>;

std::chrono::local_seconds to_local(Time t, std::string_view zone) {
  const auto at = std::chrono::floor<seconds>(t);
  return std::chrono::local_seconds(at.time_since_epoch() + date::locate_zone(zone)->get_info(at).offset);
}

Time from_local(std::chrono::local_seconds local, std::string_view zone) {
  const auto info = date::locate_zone(zone)->get_info(date::local_seconds(local.time_since_epoch()));
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

}  // namespace chatika
