// The one JSON parser of the program (RFC 8259), stricter than the library's: duplicate members, more than 32
// levels, lone surrogates, malformed UTF-8, NaN and anything after the value are refused.
#pragma once

#include <boost/json/value.hpp>
#include <string_view>

#include "base/result.hpp"

namespace chatika::json {

using Value = boost::json::value;

inline constexpr std::size_t kMaxDepth = 32;
inline constexpr std::size_t kMaxMembers = 1024;  // of one object

// Errc::invalid with the field error ("", "malformed" | "duplicate" | "too_deep" | "too_many"); for a
// duplicate the pointer names the member.
Result<Value> parse(std::string_view text);

}  // namespace chatika::json
