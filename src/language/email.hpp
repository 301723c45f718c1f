// E-mail addresses in free text. Conservative: a dotted domain, ASCII, no quoted local part (RFC 5321 allows
// more than people use).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "language/tokens.hpp"

namespace chatika::language {

inline constexpr std::size_t kEmails = 8;  // found in one text

struct Email {
  std::string address;  // domain in lower case
  Span span;
};

std::vector<Email> find_emails(std::string_view utf8);

}  // namespace chatika::language
