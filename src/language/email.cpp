#include "language/email.hpp"

#include <algorithm>

namespace chatika::language {
namespace {

constexpr std::size_t kLocalBytes = 64;    // RFC 5321 4.5.3.1.1
constexpr std::size_t kDomainBytes = 190;  // 254 less the local part

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_local(char c) {
  return is_alnum(c) || std::string_view("._%+-'").find(c) != std::string_view::npos;
}
bool is_domain(char c) {
  return is_alnum(c) || c == '-' || c == '.';
}

bool good_local(std::string_view s) {
  return !s.empty() && s.size() <= kLocalBytes && s.front() != '.' && s.back() != '.' &&
         s.find("..") == s.npos &&
         is_alnum(s.back() == '_' || s.back() == '-' || s.back() == '+' ? 'a' : s.back());
}

bool good_domain(std::string_view s) {
  const auto dot = s.rfind('.');
  if (s.size() > kDomainBytes || dot == s.npos || s.size() - dot - 1 < 2) return false;
  if (!std::all_of(s.begin() + static_cast<std::ptrdiff_t>(dot) + 1, s.end(),
                   [](char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }) &&
      !s.substr(dot + 1).starts_with("xn--"))
    return false;
  for (std::size_t from = 0; from <= s.size();) {
    const auto to = std::min(s.find('.', from), s.size());
    const auto label = s.substr(from, to - from);
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    from = to + 1;
  }
  return true;
}

}  // namespace

std::vector<Email> find_emails(std::string_view utf8) {
  std::vector<Email> out;
  for (auto at = utf8.find('@'); at != utf8.npos && out.size() < kEmails; at = utf8.find('@', at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && at - begin <= kLocalBytes && is_local(utf8[begin - 1])) --begin;
    while (begin < at && !is_alnum(utf8[begin]) && utf8[begin] != '_') ++begin;
    std::size_t end = at + 1;
    while (end < utf8.size() && end - at <= kDomainBytes && is_domain(utf8[end])) ++end;
    while (end > at + 1 && (utf8[end - 1] == '.' || utf8[end - 1] == '-')) --end;
    // A Cyrillic letter right beside it: glued text, and nobody knows where the address begins.
    const auto cyrillic = [&](std::size_t i) {
      return i < utf8.size() && (static_cast<unsigned char>(utf8[i]) & 0xFC) == 0xD0;
    };
    const bool foreign = (begin >= 2 && cyrillic(begin - 2)) || (cyrillic(end) && utf8[end - 1] != '.') ||
                         (end < utf8.size() && utf8[end] == '@');
    const auto local = utf8.substr(begin, at - begin);
    const auto domain = utf8.substr(at + 1, end - at - 1);
    if (foreign || !good_local(local) || !good_domain(domain)) continue;
    std::string address(local);
    address += '@';
    for (const char c : domain) address += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    out.push_back({std::move(address), {begin, end}});
  }
  return out;
}

}  // namespace chatika::language
