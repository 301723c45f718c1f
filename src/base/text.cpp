#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chatika::text {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// One code point at `at`; kReplacement with `at` moved by one when malformed, and then `ok` is false.
char32_t decode(std::string_view s, std::size_t& at, bool& ok) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return ++at, static_cast<char32_t>(lead);
  const std::size_t n = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (n != 0 && lead <= 0xF4 && at + n <= s.size()) {
    char32_t c = lead & (0xFFU >> (n + 1));
    bool whole = true;
    for (std::size_t i = 1; i < n; ++i) {
      whole = whole && (byte(at + i) & 0xC0) == 0x80;
      c = c << 6 | (byte(at + i) & 0x3FU);
    }
    constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
    if (whole && c >= kLeast[n] && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF)) {
      at += n;
      return c;
    }
  }
  ++at;
  ok = false;
  return kReplacement;
}

bool is_space(char32_t c) {
  return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_dropped(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || c == kReplacement || (c & 0xFFFE) == 0xFFFE;
}

char32_t lower(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  if (c >= 0x410 && c <= 0x42F) return c + 32;             // А–Я
  if (c == 0x401 || c == 0x451) return 0x435;              // Ё, ё -> е
  if (c >= 0x400 && c <= 0x40F) return c + 80;             // Ѐ–Џ
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;  // À–Þ
  return c;
}

// Takes up no ink alone: soft hyphen, zero-width and direction marks, joiners, variation selectors, fillers,
// tags.
bool is_invisible(char32_t c) {
  return c == 0xAD || c == 0x34F || c == 0x61C || c == 0x115F || c == 0x1160 ||
         (c >= 0x17B4 && c <= 0x17B5) || (c >= 0x180B && c <= 0x180F) || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0x2800 || c == 0x3164 || (c >= 0xFE00 && c <= 0xFE0F) ||
         c == 0xFFA0 || (c >= 0xE0000 && c <= 0xE0FFF);
}

void trim(std::string& s) {
  std::size_t begin = s.size(), end = 0;
  bool visible = false;
  for (std::size_t at = 0; at < s.size();) {
    const auto start = at;
    const char32_t c = next(s, at);
    if (is_space(c)) continue;
    begin = std::min(begin, start);
    end = at;
    visible = visible || !is_invisible(c);
  }
  if (!visible) return s.clear();
  s.erase(end);
  s.erase(0, begin);
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  bool ok = true;
  for (std::size_t at = 0; at < bytes.size() && ok;) decode(bytes, at, ok);
  return ok;
}

std::size_t length(std::string_view utf8) {
  std::size_t n = 0;
  for (const char c : utf8) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return n;
}

std::string_view prefix(std::string_view utf8, std::size_t n) {
  std::size_t at = 0;
  bool ok = true;
  for (; n > 0 && at < utf8.size(); --n) decode(utf8, at, ok);
  return utf8.substr(0, at);
}

char32_t next(std::string_view utf8, std::size_t& at) {
  bool ok = true;
  return decode(utf8, at, ok);
}

void append(std::string& out, char32_t c) {
  const auto put = [&](char32_t b) { out += static_cast<char>(static_cast<unsigned char>(b)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  }
}

std::string clean(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next(utf8, at);
    if (c == '\r') {
      if (at >= utf8.size() || utf8[at] != '\n') out += '\n';
    } else if (c == '\n' || c == 0x2028 || c == 0x2029) {
      out += '\n';
    } else if (c == '\t') {
      out += ' ';
    } else if (!is_dropped(c)) {
      append(out, c);
    }
  }
  trim(out);
  return out;
}

std::string clean_line(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next(utf8, at);
    if (is_space(c)) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (!is_dropped(c)) {
      append(out, c);
    }
  }
  trim(out);
  return out;
}

std::string fold(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    // Every message is folded several times a turn: ASCII and the Russian alphabet go without the general
    // decoder.
    const auto lead = static_cast<unsigned char>(utf8[at]);
    if (lead < 0x80) {
      out += static_cast<char>(lower(lead));
      ++at;
      continue;
    }
    const auto second = at + 1 < utf8.size() ? static_cast<unsigned char>(utf8[at + 1]) : 0;
    if ((lead == 0xD0 && second >= 0xB0 && second < 0xC0) ||
        (lead == 0xD1 && second >= 0x80 && second <= 0x8F)) {  // а–я
      out.append(utf8, at, 2);
      at += 2;
      continue;
    }
    append(out, lower(next(utf8, at)));
  }
  return out;
}

void append_json_string(std::string& out, std::string_view utf8) {
  out += '"';
  for (std::size_t at = 0; at < utf8.size();) {
    const auto start = at;
    bool ok = true;
    const char32_t c = decode(utf8, at, ok);
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (c < 0x20)
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else if (ok)
          out.append(utf8, start, at - start);
        else
          append(out, kReplacement);
    }
  }
  out += '"';
}

}  // namespace chatika::text
