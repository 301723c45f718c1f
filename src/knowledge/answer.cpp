#include "knowledge/answer.hpp"

#include <algorithm>
#include <iterator>
#include <span>

#include "base/text.hpp"
#include "knowledge/concepts.hpp"
#include "knowledge/index_parts.hpp"

namespace chatika::knowledge {
namespace {

// Calibrated on the tuning half of testdata/questions.tsv (answer_test.cpp prints both halves).
constexpr float kLeastCovered = 0.75F;    // of the question's weight, by the sentence and the title together
constexpr float kLeastBySentence = 0.2F;  // by the sentence alone: it must speak of the thing itself
constexpr float kLeastWeight = 0.2F;  // of the rarest word of the subject, unless the article's title has it
constexpr float kHintWeight = 0.25F;
constexpr float kVerbWeight = 0.4F;
constexpr float kVerbRarity = 0.5F;  // however rare, a verb or a hint says no more than this
constexpr float kRankSentence =
    0.2F;  // of candidates: how much the sentence itself and the article's rank count beside coverage
constexpr float kRankArticle = 0.4F;
constexpr float kTitleOnly =
    0.6F;  // a word in the title beside others in the sentence: "ламинирование" there and "волосы" here
constexpr float kRankTitle = 0.15F;     // "Часы работы" before every other article that says "работает"
constexpr float kKnownLikeness = 0.6F;  // "подготовка" for "подготовиться"
constexpr std::size_t kArticles = 8;    // read closely
constexpr float kSecond = 0.8F;         // a further sentence must say nearly as much as the best one

struct Asked {
  std::vector<Neighbour> readings;  // known words that count as this one
  float weight = 0;
  bool subject = false;
  bool price = false;
};

std::vector<Asked> asked_of(const Index::Parts& parts, std::string_view question) {
  std::vector<Asked> out;
  for (const Term& term : question_terms(question)) {
    if (term.role == Role::none) continue;
    Asked a;
    const auto known = parts.find(term.stem);
    a.weight = parts.idf(known ? parts.documents_with(*known) : 0) / parts.idf(0);
    if (term.role == Role::hint)
      a.weight = std::min(a.weight, kVerbRarity) * kHintWeight;
    else if (term.verb)
      a.weight = std::min(a.weight, kVerbRarity) * kVerbWeight;
    a.price = term.stem == price_stem();
    a.subject = term.role == Role::subject;
    for (const Neighbour& n : parts.like(term.stem, !known))
      if (!known || n.likeness >= kKnownLikeness) a.readings.push_back(n);
    if (known) {
      std::erase_if(a.readings, [&](const Neighbour& n) { return n.term == *known; });
      a.readings.push_back({*known, 1});
    }
    out.push_back(std::move(a));
  }
  return out;
}

float heard(const Asked& a, std::span<const TermId> terms) {
  float best = 0;
  for (const Neighbour& n : a.readings)
    if (n.likeness > best && std::binary_search(terms.begin(), terms.end(), n.term)) best = n.likeness;
  return best;
}

// Asked for a price, a sentence must name one, or say that the thing is free or is not done.
bool names_price(const Index::Parts& parts, std::uint32_t sentence) {
  const auto price = parts.find(price_stem());
  const auto terms = parts.terms_of(sentence);
  if (price && std::binary_search(terms.begin(), terms.end(), *price)) return true;
  return parts.sentences[sentence].price_sign;
}

struct Candidate {
  std::uint32_t document = 0;
  std::uint32_t sentence = 0;
  float covered = 0;  // by sentence and title
  float by_sentence = 0;
  float rank = 0;
};

struct Measured {
  float covered = 0;
  float by_sentence = 0;
  float by_title = 0;
};

Measured measure(const Index::Parts& parts, std::span<const Asked> asked, float total, std::uint32_t document,
                 std::uint32_t sentence) {
  Measured m;
  for (const Asked& a : asked) {
    const float here = heard(a, parts.terms_of(sentence));
    const float title = heard(a, parts.title_terms[document]);
    m.covered += a.weight * std::max(here, kTitleOnly * title);
    m.by_sentence += a.weight * here;
    m.by_title += a.weight * title;
  }
  m.by_title /= total;
  m.by_sentence /= total;
  m.covered = std::max(m.covered / total, m.by_title);
  return m;
}

// Sentences of the article that say nearly as much as the best, in its order.
std::vector<std::uint32_t> sentences_of(const Index::Parts& parts, std::span<const Asked> asked, float total,
                                        const Candidate& best) {
  std::vector<std::pair<float, std::uint32_t>> others;
  for (std::uint32_t s = parts.first_sentence[best.document]; s < parts.first_sentence[best.document + 1];
       ++s) {
    if (s == best.sentence) continue;
    const Measured m = measure(parts, asked, total, best.document, s);
    if (m.by_sentence >= kSecond * best.by_sentence && m.covered >= kLeastCovered)
      others.emplace_back(-m.by_sentence, s);
  }
  std::sort(others.begin(), others.end());
  std::vector<std::uint32_t> out{best.sentence};
  for (const auto& [score, s] : others)
    if (out.size() < kAnswerSentences) out.push_back(s);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

std::string Answer::text() const {
  std::string out;
  for (const std::string& s : sentences) {
    if (!out.empty()) out += ' ';
    out += s;
  }
  return out;
}

std::optional<Answer> answer(const Index& index, std::string_view question, std::string_view language) {
  const Index::Parts& parts = index.parts();
  const std::vector<Asked> asked = asked_of(parts, question);
  float total = 0;
  float heaviest = 0;
  std::vector<Index::Parts::Wanted> wanted;
  for (const Asked& a : asked) {
    total += a.weight;
    if (a.subject) heaviest = std::max(heaviest, a.weight);
    for (const Neighbour& n : a.readings) wanted.push_back({n.term, n.likeness * a.weight});
  }
  if (heaviest == 0 || wanted.empty()) return std::nullopt;

  const bool price_asked = std::any_of(asked.begin(), asked.end(), [](const Asked& a) { return a.price; });
  Candidate best;
  const auto hits = parts.best(wanted, kArticles, language);
  for (const Hit& hit : hits) {
    if (!language.empty() && parts.documents[hit.document].language != language) continue;
    for (std::uint32_t s = parts.first_sentence[hit.document]; s < parts.first_sentence[hit.document + 1];
         ++s) {
      if (price_asked && !names_price(parts, s)) continue;
      const Measured m = measure(parts, asked, total, hit.document, s);
      const float rank = m.covered + kRankSentence * m.by_sentence + kRankTitle * m.by_title +
                         kRankArticle * static_cast<float>(hit.score / hits.front().score);
      if (rank > best.rank) best = {hit.document, s, m.covered, m.by_sentence, rank};
    }
  }
  if (best.covered < kLeastCovered || best.by_sentence < kLeastBySentence) return std::nullopt;

  const auto titled = [&](const Asked& a) {
    return a.subject && heard(a, parts.title_terms[best.document]) > 0;
  };
  if (heaviest < kLeastWeight && std::none_of(asked.begin(), asked.end(), titled)) return std::nullopt;

  const Document& d = parts.documents[best.document];
  Answer out{.id = d.id, .document = best.document, .title = d.title, .sentences = {}, .score = best.covered};
  for (const std::uint32_t s : sentences_of(parts, asked, total, best))
    out.sentences.emplace_back(language::slice(d.text, parts.sentences[s].span));
  return out;
}

}  // namespace chatika::knowledge
