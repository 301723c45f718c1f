// Network addresses cut down to what no longer points at one person (P11).
#pragma once

#include <string>
#include <string_view>

namespace chatika::privacy {

// "203.0.113.0/24" of an IPv4 address (also of one mapped into IPv6), "2001:db8:1::/48" of an IPv6 one; ""
// for what is no address. A text that is truncated already stays as it is.
std::string truncated_address(std::string_view address);

}  // namespace chatika::privacy
