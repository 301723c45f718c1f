#include "language/detect.hpp"

#include <cstddef>

#include "base/text.hpp"

namespace chatika::language {

std::string_view detect(std::string_view utf8, std::string_view fallback) {
  std::size_t cyrillic = 0;
  std::size_t latin = 0;
  bool address = false;  // an e-mail or a link says nothing about the language around it
  std::size_t latin_in_word = 0;
  for (std::size_t at = 0; at <= utf8.size();) {
    const char32_t c = at < utf8.size() ? text::next(utf8, at) : (++at, U' ');
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
  // Any Cyrillic in a short line decides: brands in Latin stand in Russian sentences, never the other way round.
  if (cyrillic >= 2 && cyrillic * 3 >= latin) return "ru";
  if (latin >= 3 && latin > cyrillic) return "en";
  return fallback;
}

}  // namespace chatika::language
