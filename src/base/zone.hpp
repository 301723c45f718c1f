// The wall clock of a time zone (IANA name) and UTC.
#pragma once

#include <chrono>
#include <string_view>

#include "base/clock.hpp"

namespace chatika {

// Unknown zone: throws std::runtime_error (profiles are checked when made).
std::chrono::local_seconds to_local(Time t, std::string_view zone);
// A local time that a clock change skips becomes the first moment after it; a doubled one its first
// occurrence.
Time from_local(std::chrono::local_seconds local, std::string_view zone);
bool known_zone(std::string_view zone);

}  // namespace chatika
