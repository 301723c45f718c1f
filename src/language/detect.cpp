#include "language/detect.hpp"

#include <cstddef>

#include "base/text.hpp"

namespace chatika::language {

std::string_view detect(std::string_view utf8, std::string_view fallback) {
  std::size_t cyrillic = 0;
  std::size_t latin = 0;
  bool address = false;  // an e-mail or a link says nothing about the language around it
  std::size_t latin_in_word = 0;
  bool small_cyrillic =
      false;  // a word like "хочу"; a name in Russian letters may stand in an English sentence
  char32_t last = 0;
  for (std::size_t at = 0; at <= utf8.size();) {
    const char32_t c = at < utf8.size() ? text::next(utf8, at) : (++at, U' ');
    const bool small = c >= 0x430 && c <= 0x45F;
    small_cyrillic = small_cyrillic || (small && (last <= ' ' || cyrillic == 0));
    last = c;
    if (c <= ' ') {
      if (!address) latin += latin_in_word;
      latin_in_word = 0;
      address = false;
    } else if (c == '@' || c == '/') {
      address = true;
    } else if (c >= 0x400 && c <= 0x52F) {
      ++cyrillic;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      ++latin_in_word;
    }
  }
  // Brands in Latin stand in Russian sentences, hardly ever the other way round.
  if (cyrillic >= 2 && (small_cyrillic || cyrillic * 3 >= latin)) return "ru";
  if (latin >= 3 && latin > cyrillic) return "en";
  return fallback;
}

}  // namespace chatika::language
