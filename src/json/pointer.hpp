#pragma once

#include <string>
#include <string_view>

namespace chatika::json {

// Appends one reference token to a JSON pointer (RFC 6901), escaped.
void append_pointer(std::string& pointer, std::string_view token);

}  // namespace chatika::json
