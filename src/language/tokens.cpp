#include "language/tokens.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace chatika::language {
namespace {

bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c <= 0x2BFF) &&
         !(c >= 0x3000 && c <= 0x303F) && c < 0xD800;
}

bool is_capital(char32_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 0x410 && c <= 0x42F) || c == 0x401 ||
         (c >= 0xC0 && c <= 0xDE && c != 0xD7);
}

bool is_joiner(char32_t c) {
  return c == '-' || c == 0x2010 || c == 0x2011 || c == '\'' || c == 0x2019;
}

bool is_space(char32_t c) {
  return c <= ' ' || c == 0xA0 || c == 0x202F || (c >= 0x2000 && c <= 0x200A) || c == 0x3000;
}

char32_t peek(std::string_view text, std::size_t at) {
  return at < text.size() ? text::next(text, at) : 0;
}

// The end of the run that starts at `at`; `at` stands on a letter or a digit.
std::size_t run_end(std::string_view text, std::size_t at, bool letters) {
  while (at < text.size()) {
    std::size_t after = at;
    const char32_t c = text::next(text, after);
    const bool inside =
        letters ? is_letter(c) || (is_joiner(c) && is_letter(peek(text, after))) : is_digit(c);
    if (!inside) break;
    at = after;
  }
  return at;
}

std::string fold_bounded(std::string_view word) {
  if (word.size() > kWordBytes) {
    std::size_t end = kWordBytes;
    while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) --end;
    word = word.substr(0, end);
  }
  return text::fold(word);
}

}  // namespace

std::vector<Token> tokenize(std::string_view utf8, std::size_t limit) {
  std::vector<Token> out;
  out.reserve(std::min(limit, utf8.size() / 6 + 4));
  bool space = false;
  for (std::size_t at = 0; at < utf8.size() && out.size() < limit;) {
    std::size_t after = at;
    const char32_t c = text::next(utf8, after);
    if (is_space(c)) {
      space = true;
      at = after;
      continue;
    }
    const bool letter = is_letter(c);
    const bool digit = is_digit(c);
    const std::size_t end = letter || digit ? run_end(utf8, at, letter) : after;
    out.push_back({.kind = letter  ? TokenKind::word
                           : digit ? TokenKind::number
                                   : TokenKind::mark,
                   .span = {at, end},
                   .folded = fold_bounded(utf8.substr(at, end - at)),
                   .space_before = space,
                   .capital = is_capital(c)});
    space = false;
    at = end;
  }
  return out;
}

bool within_one_edit(std::string_view a, std::string_view b) {
  if (a == b) return true;
  // Most pairs end here, by their bytes: what is left between equal ends must be two code points at most.
  constexpr std::size_t kTwoCodePoints = 8;
  const std::size_t shorter = std::min(a.size(), b.size());
  std::size_t same = 0;
  while (same < shorter && a[same] == b[same]) ++same;
  std::size_t tail = 0;
  while (tail < shorter - same && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  if (std::max(a.size(), b.size()) - same - tail > kTwoCodePoints) return false;
  constexpr std::size_t kMost = kWordBytes;
  std::array<char32_t, kMost + 1> x{};
  std::array<char32_t, kMost + 1> y{};
  const auto read = [](std::string_view s, std::array<char32_t, kMost + 1>& to) {
    std::size_t n = 0;
    for (std::size_t at = 0; at < s.size() && n < kMost;) to[n++] = text::next(s, at);
    return n;
  };
  std::size_t n = read(a, x);
  std::size_t m = read(b, y);
  if (n > m + 1 || m > n + 1) return false;
  std::size_t i = 0;
  while (i < n && i < m && x[i] == y[i]) ++i;
  while (n > i && m > i && x[n - 1] == y[m - 1]) --n, --m;
  if (n <= i + 1 && m <= i + 1) return true;
  return n == i + 2 && m == i + 2 && x[i] == y[i + 1] && x[i + 1] == y[i];
}

}  // namespace chatika::language
