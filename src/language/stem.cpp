#include "language/stem.hpp"

#include <libstemmer.h>

#include <algorithm>
#include <iterator>
#include <memory>

#include "language/tokens.hpp"

namespace chatika::language {
namespace {

struct StemmerEnd {
  void operator()(sb_stemmer* s) const { sb_stemmer_delete(s); }
};
using Stemmer = std::unique_ptr<sb_stemmer, StemmerEnd>;

sb_stemmer* stemmer(bool russian) {
  thread_local const Stemmer ru(sb_stemmer_new("russian", "UTF_8"));
  thread_local const Stemmer en(sb_stemmer_new("english", "UTF_8"));
  return russian ? ru.get() : en.get();
}

// Sorted by bytes, for binary search.
constexpr std::string_view kStopWords[] = {
    "a",     "about", "am",    "an",    "and",   "any",   "are",   "as",    "at",     "be",    "been",
    "but",   "by",    "can",   "could", "did",   "do",    "does",  "for",   "from",   "had",   "has",
    "have",  "he",    "her",   "his",   "i",     "i'd",   "i'm",   "if",    "in",     "into",  "is",
    "it",    "it's",  "its",   "me",    "my",    "of",    "on",    "or",    "our",    "she",   "so",
    "some",  "than",  "that",  "the",   "their", "them",  "then",  "there", "these",  "they",  "this",
    "those", "to",    "up",    "us",    "was",   "we",    "were",  "what",  "when",   "which", "who",
    "will",  "with",  "would", "you",   "your",  "а",     "без",   "бы",    "был",    "была",  "были",
    "было",  "быть",  "в",     "вам",   "вами",  "вас",   "ваш",   "ваша",  "ваше",   "ваши",  "вашего",
    "вашей", "ваших", "во",    "вот",   "все",   "всего", "вы",    "где",   "да",     "для",   "до",
    "его",   "ее",    "ей",    "ему",   "если",  "есть",  "еще",   "ж",     "же",     "за",    "и",
    "из",    "или",   "им",    "их",    "к",     "как",   "какая", "какие", "какой",  "ко",    "когда",
    "кто",   "ли",    "либо",  "мне",   "меня",  "мой",   "моя",   "мы",    "на",     "над",   "нам",
    "нас",   "не",    "него",  "нее",   "ней",   "них",   "но",    "ну",    "о",      "об",    "он",
    "она",   "они",   "оно",   "от",    "по",    "под",   "при",   "про",   "с",      "себе",  "себя",
    "со",    "так",   "такой", "там",   "то",    "того",  "тоже",  "той",   "только", "том",   "ту",
    "ты",    "у",     "уже",   "чем",   "что",   "чтобы", "эта",   "эти",   "это",    "этого", "этой",
    "этом",  "этот",  "я"};

const std::vector<std::string_view>& stop_words() {
  static const std::vector<std::string_view> sorted = [] {
    std::vector<std::string_view> v(std::begin(kStopWords), std::end(kStopWords));
    std::sort(v.begin(), v.end());
    return v;
  }();
  return sorted;
}

void add_stem(std::string_view folded, bool keep_stop_words, std::vector<std::string>& out) {
  if (folded.empty() || (!keep_stop_words && is_stop_word(folded))) return;
  out.push_back(stem(folded));
}

}  // namespace

std::string stem(std::string_view folded) {
  if (folded.empty()) return {};
  const auto lead = static_cast<unsigned char>(folded.front());
  const bool russian = lead == 0xD0 || lead == 0xD1;
  if (!russian && (lead < 'a' || lead > 'z')) return std::string(folded);
  const std::string_view word = folded.substr(0, kWordBytes);
  const auto* bytes = reinterpret_cast<const sb_symbol*>(word.data());
  sb_stemmer* const with = stemmer(russian);
  const sb_symbol* const stemmed = sb_stemmer_stem(with, bytes, static_cast<int>(word.size()));
  if (stemmed == nullptr) return std::string(word);
  return {reinterpret_cast<const char*>(stemmed), static_cast<std::size_t>(sb_stemmer_length(with))};
}

bool is_stop_word(std::string_view folded) {
  const auto& words = stop_words();
  return std::binary_search(words.begin(), words.end(), folded);
}

std::vector<std::string> stems(std::string_view utf8, bool keep_stop_words) {
  std::vector<std::string> out;
  for (const Token& t : tokenize(utf8)) {
    if (t.kind == TokenKind::mark) continue;
    std::string_view word = t.folded;
    // "УЗИ-диагностика" is found by either half.
    for (auto hyphen = word.find('-'); hyphen != std::string_view::npos; hyphen = word.find('-')) {
      add_stem(word.substr(0, hyphen), keep_stop_words, out);
      word.remove_prefix(hyphen + 1);
    }
    add_stem(word, keep_stop_words, out);
  }
  return out;
}

}  // namespace chatika::language
