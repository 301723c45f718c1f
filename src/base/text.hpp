// UTF-8 text: checking, cleaning, cutting. All positions and limits are in code points unless named bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace chatika::text {

// Well-formed UTF-8 (no surrogates, no overlong forms).
bool is_utf8(std::string_view bytes);

// Code points of well-formed text.
std::size_t length(std::string_view utf8);

// The first `n` code points.
std::string_view prefix(std::string_view utf8, std::size_t n);

// Decodes the code point at `at` and moves past it. Malformed input yields U+FFFD and moves one byte.
char32_t next(std::string_view utf8, std::size_t& at);
void append(std::string& out, char32_t c);

// What a person typed, made safe to keep: line ends become \n, other control characters and bidirectional
// overrides (U+202A–202E, U+2066–2069) go, outer white space goes. "" when nothing visible is left.
std::string clean(std::string_view utf8);
// The same on one line: every run of white space becomes one space.
std::string clean_line(std::string_view utf8);

// Lower case for Latin and Cyrillic letters; ё becomes е. For comparing, not for showing.
std::string fold(std::string_view utf8);

// Appends `utf8` as a JSON string literal with its quotes. Malformed bytes become U+FFFD.
void append_json_string(std::string& out, std::string_view utf8);

}  // namespace chatika::text
