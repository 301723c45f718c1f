// What may stand as an address in a header and in the SMTP dialogue.
#pragma once

#include <string_view>

namespace chatika::notify {

// One address `local@domain` in printable ASCII without quoting (RFC 5321 dot-string; ASCII domain): nothing
// in it can end a header or an SMTP command, or add a second recipient.
bool is_address(std::string_view text);
// "clinic.example" of "info@clinic.example".
std::string_view domain_of(std::string_view address);

}  // namespace chatika::notify
