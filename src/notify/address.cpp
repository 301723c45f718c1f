#include "notify/address.hpp"

#include <algorithm>

#include "base/limits.hpp"

namespace chatika::notify {
namespace {

constexpr std::size_t kLocalBytes = 64;  // RFC 5321 4.5.3.1.1

bool is_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_atom(char c) {
  return is_alnum(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").contains(c);
}

// Parts apart by single dots, each not empty and of such characters.
bool is_dotted(std::string_view text, bool (*part_char)(char), std::size_t least_parts) {
  std::size_t parts = 0;
  while (true) {
    const auto dot = std::min(text.find('.'), text.size());
    const auto part = text.substr(0, dot);
    if (part.empty() || !std::ranges::all_of(part, part_char)) return false;
    ++parts;
    if (dot == text.size()) return parts >= least_parts;
    text.remove_prefix(dot + 1);
  }
}

}  // namespace

bool is_address(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at > kLocalBytes || text.size() > limits::kEmailChars) return false;
  const auto domain = text.substr(at + 1);
  return is_dotted(text.substr(0, at), is_atom, 1) && !domain.starts_with('-') && !domain.ends_with('-') &&
         is_dotted(domain, [](char c) { return is_alnum(c) || c == '-'; }, 1);
}

std::string_view domain_of(std::string_view address) {
  return address.substr(address.find('@') + 1);
}

}  // namespace chatika::notify
