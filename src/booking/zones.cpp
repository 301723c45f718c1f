#include "booking/zones.hpp"

#include <date/tz.h>

#include <algorithm>

namespace chatika::booking {
namespace {

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

}  // namespace chatika::booking
