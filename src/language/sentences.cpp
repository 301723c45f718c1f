#include <algorithm>
#include <array>
#include <span>

#include "base/text.hpp"
#include "language/tokens.hpp"

namespace chatika::language {
namespace {

// Folded, without the dot. What stands before a dot and does not end a sentence, whatever follows.
constexpr std::array<std::string_view, 36> kNeverEnds = {
    "ул",  "пр",  "просп", "пл", "пер", "д",   "стр",    "корп", "кв",  "оф",  "им",  "доб",
    "тел", "каб", "напр",  "см", "ст",  "обл", "мкр",    "наб",  "ш",   "п",   "пп",  "dr",
    "mr",  "mrs", "ms",    "st", "no",  "vs",  "approx", "ext",  "tel", "e.g", "i.e", "св"};
// These end one only when a capital letter follows.
constexpr std::array<std::string_view, 26> kMayEnd = {
    "г",   "гг",  "в",  "руб", "коп", "р", "мин", "сек", "час", "ч",  "дн",  "нед", "мес",
    "млн", "тыс", "шт", "др",  "пр",  "т", "a.m", "p.m", "am",  "pm", "min", "etc", "inc"};

bool has(std::span<const std::string_view> list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

Span trimmed(std::string_view text, Span s) {
  while (s.begin < s.end && (is_blank(text[s.begin]) || text[s.begin] == '\n')) ++s.begin;
  while (s.end > s.begin && (is_blank(text[s.end - 1]) || text[s.end - 1] == '\n')) --s.end;
  return s;
}

// Bytes of a list marker with its white space ("- ", "• ", "1. ", "2) "), 0 when the line is no list item.
std::size_t list_marker(std::string_view line) {
  std::size_t at = 0;
  for (const std::string_view mark : {"-", "*", "+", "•", "–", "—", "·"})
    if (line.starts_with(mark)) at = mark.size();
  if (at == 0) {
    while (at < line.size() && is_digit(line[at])) ++at;
    if (at == 0 || at > 3 || at >= line.size() || (line[at] != '.' && line[at] != ')')) return 0;
    ++at;
  }
  if (at >= line.size() || !is_blank(line[at])) return 0;
  while (at < line.size() && is_blank(line[at])) ++at;
  return at;
}

char32_t next_visible(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end) {
    const char32_t c = text::next(text, at);
    if (c > ' ' && c != 0xA0 && c != 0x202F && c != 0xAB && c != 0x201C && c != '"' && c != '(' &&
        c != 0x2014 && c != 0x2013)
      return c;
  }
  return 0;
}

bool is_lower(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 0x430 && c <= 0x45F);
}

// The word that ends right before `dot`, folded; inner dots belong to it ("a.m", "т.д").
std::string word_before(std::string_view text, std::size_t begin, std::size_t dot) {
  std::size_t from = dot;
  while (from > begin &&
         (static_cast<unsigned char>(text[from - 1]) >= 0x80 || text[from - 1] == '.' ||
          (text[from - 1] | 32) >= 'a') &&
         dot - from < kWordBytes) {
    if (from >= begin + 2 && text.substr(from - 2, 2) == "\xC2\xA0") break;  // a no-break space
    if (from >= begin + 2 && text.substr(from - 2, 2) == "\xC2\xAB") break;  // «
    --from;
  }
  return text::fold(text.substr(from, dot - from));
}

bool ends_at_dot(std::string_view text, std::size_t begin, std::size_t dot, std::size_t end) {
  const char32_t after = next_visible(text, dot + 1, end);
  if (after == 0) return true;
  if (is_lower(after)) return false;
  const std::string word = word_before(text, begin, dot);
  if (has(kNeverEnds, word)) return false;
  const bool digit_follows = after >= '0' && after <= '9';
  const bool may_end = has(kMayEnd, word) || word == "т.д" || word == "т.п" || word == "д" || word == "р";
  if (may_end) return !digit_follows;
  // One letter is an initial: "А. Сергеева", "J. Smith"; but "витамин C. Приём" reads the same, and joining
  // is the smaller harm.
  const auto lead = word.empty() ? 0 : static_cast<unsigned char>(word.front());
  const bool letter = (lead >= 'a' && lead <= 'z') || lead == 0xD0 || lead == 0xD1;
  return !(letter && text::length(word) == 1);
}

// Splits one paragraph.
void split(std::string_view text, Span paragraph, std::vector<Span>& out) {
  std::size_t from = paragraph.begin;
  for (std::size_t at = paragraph.begin; at < paragraph.end;) {
    std::size_t after = at;
    const char32_t c = text::next(text, after);
    const bool stop = c == '.' || c == '!' || c == '?' || c == 0x2026;
    if (!stop) {
      at = after;
      continue;
    }
    const std::size_t first = at;
    // "?!", "...", and the quote or bracket that closes behind the mark.
    while (after < paragraph.end) {
      std::size_t further = after;
      const char32_t d = text::next(text, further);
      if (d != '.' && d != '!' && d != '?' && d != 0x2026 && d != 0xBB && d != 0x201D && d != '"' && d != ')')
        break;
      after = further;
    }
    const bool at_gap = after >= paragraph.end || is_blank(text[after]) || text[after] == '\n' ||
                        text.substr(after, 2) == "\xC2\xA0";
    const bool single_dot = c == '.' && after == first + 1;
    if (at_gap && (single_dot ? ends_at_dot(text, from, first, paragraph.end)
                              : !is_lower(next_visible(text, after, paragraph.end)))) {
      const Span s = trimmed(text, {from, after});
      if (s.begin < s.end) out.push_back(s);
      from = after;
    }
    at = after;
  }
  const Span rest = trimmed(text, {from, paragraph.end});
  if (rest.begin < rest.end) out.push_back(rest);
}

}  // namespace

std::vector<Span> sentences(std::string_view utf8) {
  std::vector<Span> out;
  Span paragraph{0, 0};
  bool item = false;  // the open paragraph is a list item: one sentence whatever is in it
  const auto flush = [&] {
    const Span s = trimmed(utf8, paragraph);
    if (s.begin < s.end && item)
      out.push_back(s);
    else if (s.begin < s.end)
      split(utf8, s, out);
    item = false;
  };
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t newline = std::min(utf8.find('\n', at), utf8.size());
    const Span line = trimmed(utf8, {at, newline});
    const std::string_view shown = slice(utf8, line);
    const std::size_t marker = list_marker(shown);
    if (shown.empty() || shown.starts_with('#') || shown.starts_with('|') || marker > 0) {
      flush();
      paragraph = {newline, newline};
      if (marker > 0 || shown.starts_with('|')) paragraph = {line.begin + marker, line.end}, item = true;
    } else if (paragraph.begin >= paragraph.end) {
      paragraph = line;
    } else {
      paragraph.end = line.end;
    }
    at = newline + 1;
  }
  flush();
  return out;
}

}  // namespace chatika::language
