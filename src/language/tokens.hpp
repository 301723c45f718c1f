// Text cut into words, numbers and marks, and into sentences. Pure functions; spans are bytes of the input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chatika::language {

inline constexpr std::size_t kTokens = 2000;   // of one text; what comes after is not read
inline constexpr std::size_t kWordBytes = 64;  // a longer word is cut: no word of either language is longer

struct Span {
  std::size_t begin = 0;  // bytes, end exclusive
  std::size_t end = 0;
  bool operator==(const Span&) const = default;
};

enum class TokenKind : std::uint8_t { word, number, mark };

// A word is a run of letters, with a hyphen or an apostrophe only inside ("какой-нибудь", "O'Neil"). A number
// is a run of digits: "15.30" is number, mark, number, "15го" is number, word.
struct Token {
  TokenKind kind = TokenKind::mark;
  Span span;
  std::string folded;         // text::fold of it
  bool space_before = false;  // false: it touches the token before
  bool capital = false;       // a word that starts with a capital letter
};

std::vector<Token> tokenize(std::string_view utf8, std::size_t limit = kTokens);

// Sentences of Russian and English prose in order, each without outer white space. An empty line or a list
// item ends one; abbreviations ("ул.", "т. д.", "Dr."), initials, decimals and "2 500 ₽." inside do not.
// Headings ("## …") are not sentences.
std::vector<Span> sentences(std::string_view utf8);

// Optimal string alignment distance ≤ 1 over code points: one letter added, lost, changed, or two neighbours
// swapped.
bool within_one_edit(std::string_view a, std::string_view b);

inline std::string_view slice(std::string_view text, Span s) {
  return text.substr(s.begin, s.end - s.begin);
}

}  // namespace chatika::language
