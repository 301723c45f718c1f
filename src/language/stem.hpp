// Snowball stems, Russian or English by the script of the word, and the words that carry no subject.
// Each thread keeps its own two stemmers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chatika::language {

// `folded` is what text::fold made of one word. A word of another script comes back as it is.
std::string stem(std::string_view folded);

// Function words of both languages ("и", "в", "the"); takes a folded word.
bool is_stop_word(std::string_view folded);

// Stems of the words and numbers of a text in order; stop words left out unless asked for.
std::vector<std::string> stems(std::string_view utf8, bool keep_stop_words = false);

}  // namespace chatika::language
