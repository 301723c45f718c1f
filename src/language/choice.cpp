#include "language/choice.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "base/text.hpp"
#include "language/grams.hpp"
#include "language/stem.hpp"
#include "language/tokens.hpp"

namespace chatika::language {
namespace {

constexpr std::size_t kTextWords = 60;  // of the visitor's text that are compared
constexpr double kGenericShare = 0.4;   // of a name: "терапевт" is nearly all of "приём терапевта"
constexpr double kGenericHint = 0.1;    // how much it tells of which choice is meant
constexpr double kUnique = 0.75;        // how much one word tells that only one choice has
constexpr double kTypo = 0.85;
constexpr double kLeastSimilarity = 0.45;

// Stems of words that stand around the names of things and name none themselves.
bool is_generic(std::string_view word) {
  static constexpr std::string_view kWords[] = {
      "прием",        "врач",       "доктор",    "консультация", "услуга",   "процедура",  "специалист",
      "мастер",       "сделать",    "поставить", "получить",     "показать", "проверить",  "посмотреть",
      "снять",        "сдать",      "хочу",      "нужно",        "записать", "записаться", "запись",
      "appointment",  "doctor",     "get",       "check",        "make",     "visit",      "service",
      "consultation", "specialist", "master",    "хороший",      "новый",    "день",       "время"};
  static const std::vector<std::string> stemmed = [] {
    std::vector<std::string> v;
    for (const std::string_view w : kWords) v.push_back(stem(w));
    return v;
  }();
  return std::find(stemmed.begin(), stemmed.end(), word) != stemmed.end();
}

// "Орлов" has the stem "орл" and "Орлова" has "орлов": the ending of a surname goes from both.
std::string without_surname_ending(std::string stemmed) {
  constexpr std::size_t kEndingBytes = 4;
  constexpr std::size_t kLeastBytes = 6;  // three Cyrillic letters stay
  if (stemmed.size() >= kEndingBytes + kLeastBytes && (stemmed.ends_with("ов") || stemmed.ends_with("ев")))
    stemmed.resize(stemmed.size() - kEndingBytes);
  return stemmed;
}

std::vector<std::string> name_stems(std::string_view utf8) {
  std::vector<std::string> out = stems(utf8);
  for (std::string& s : out) s = without_surname_ending(std::move(s));
  return out;
}

struct Said {
  std::string stem;
  std::vector<std::uint64_t> grams;
};

// How surely two words are one: same stem, one letter off, or much the same letters.
double same_word(const Said& said, std::string_view stem, const std::vector<std::uint64_t>& word_grams) {
  if (said.stem == stem) return 1;
  constexpr std::size_t kLeastBytes = 10;  // five Cyrillic letters
  const bool latin = static_cast<unsigned char>(stem.front()) < 0x80;
  const std::size_t least = latin ? kLeastBytes / 2 : kLeastBytes;
  if (said.stem.size() >= least && stem.size() >= least && within_one_edit(said.stem, stem)) return kTypo;
  const double near = similarity(said.grams, word_grams);
  return near >= kLeastSimilarity ? near * kTypo : 0;
}

}  // namespace

Chooser::Chooser(std::span<const Named> choices) : size_(std::min(choices.size(), kChoices)) {
  std::unordered_map<std::string, std::uint32_t> known;
  std::vector<std::uint32_t> last_choice;  // of each word: to count a choice once
  for (std::uint32_t c = 0; c < size_; ++c) {
    const Named& named = choices[c];
    for (std::size_t v = 0; v <= named.aliases.size(); ++v) {
      Variant variant{.choice = c, .words = {}};
      for (std::string& s : name_stems(v == 0 ? named.name : named.aliases[v - 1])) {
        const auto [at, fresh] = known.try_emplace(s, static_cast<std::uint32_t>(words_.size()));
        if (fresh) {
          words_.push_back({.stem = s, .grams = grams(s), .generic = is_generic(s), .choices = 0});
          last_choice.push_back(static_cast<std::uint32_t>(size_));
        }
        if (last_choice[at->second] != c) last_choice[at->second] = c, ++words_[at->second].choices;
        variant.words.push_back(at->second);
      }
      if (!variant.words.empty()) variants_.push_back(std::move(variant));
    }
  }
}

std::vector<Match> Chooser::match(std::string_view utf8) const {
  std::vector<Said> said;
  for (std::string& s : name_stems(utf8)) {
    if (said.size() >= kTextWords) break;
    auto g = grams(s);
    said.push_back({std::move(s), std::move(g)});
  }
  std::vector<double> heard(words_.size());
  for (std::size_t w = 0; w < words_.size(); ++w)
    for (const Said& s : said) heard[w] = std::max(heard[w], same_word(s, words_[w].stem, words_[w].grams));

  std::vector<double> best(size_);
  for (const Variant& variant : variants_) {
    double weight = 0;
    double covered = 0;
    double doubt = 1;  // that none of the words heard points at this choice
    for (const std::uint32_t w : variant.words) {
      const Word& word = words_[w];
      const double part = word.generic ? kGenericShare : 1;
      weight += part;
      covered += part * heard[w];
      doubt *= 1 - heard[w] * (word.generic ? kGenericHint : 1) * kUnique / word.choices;
    }
    const double share = covered / weight;
    best[variant.choice] = std::max(best[variant.choice], share + (1 - share) * (1 - doubt) * 0.9);
  }
  std::vector<Match> out;
  for (std::size_t c = 0; c < size_; ++c)
    if (best[c] >= kMatchFloor) out.push_back({c, best[c]});
  std::sort(out.begin(), out.end(), [](const Match& a, const Match& b) {
    return a.score != b.score ? a.score > b.score : a.index < b.index;
  });
  return out;
}

std::vector<Match> match_choices(std::string_view utf8, std::span<const Named> choices) {
  return Chooser(choices).match(utf8);
}

bool ambiguous(std::span<const Match> matches) {
  return matches.size() > 1 && matches[0].score - matches[1].score < kMatchMargin;
}

}  // namespace chatika::language
