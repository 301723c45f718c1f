#include "knowledge/index.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "base/text.hpp"
#include "knowledge/concepts.hpp"
#include "knowledge/index_parts.hpp"
#include "language/grams.hpp"

namespace chatika::knowledge {
namespace {

constexpr float kK1 = 1.2F;       // BM25's saturation of repeated words
constexpr float kB = 0.6F;        // and its penalty for long articles
constexpr float kTitleTimes = 3;  // a word of the title counts as so many of the text
constexpr float kHint = 0.3F;     // weight of a word that carries little of the subject
constexpr float kOtherLanguage = 0.5F;
constexpr float kLeastLikeness = 0.5F;
constexpr float kLeastShared = 0.25F;  // of 4-grams, before one changed letter is looked for
constexpr float kOneLetterOff = 0.85F;
constexpr std::size_t kTypoLetters = 5;
constexpr std::size_t kCommon =
    8;  // a word in more than 1/8 of the articles only ranks the best of what rarer words found,
constexpr std::size_t kMany = 1000;   // below so many articles every word is read to its end
constexpr std::size_t kChosen = 150;  // once they have found as many as were asked for: it keeps this many
static_assert(kChosen >= kHits);

struct Scratch {  // reused by one thread: a search allocates next to nothing
  std::vector<float> score;
  std::vector<std::uint32_t> touched;
  std::vector<std::uint8_t> shared;
};

Scratch& scratch() {
  thread_local Scratch one;
  return one;
}

// Asked for a price, an answer must name one, or say that the thing is free or is not done.
bool has_price_sign(std::string_view sentence) {
  static constexpr std::string_view kSigns[] = {"₽", "руб", "бесплат", "free", " не ", " not "};
  const std::string folded = text::fold(sentence);
  return std::any_of(std::begin(kSigns), std::end(kSigns),
                     [&](std::string_view sign) { return folded.find(sign) != folded.npos; });
}

struct Builder {
  Index::Parts parts;
  std::unordered_map<std::string, TermId> ids;
  std::vector<std::vector<TermId>> titles;
  std::vector<std::vector<TermId>> sentence_terms;

  std::vector<TermId> terms(std::string_view text) {
    std::vector<TermId> out;
    for (std::string& s : index_terms(text))
      out.push_back(ids.try_emplace(std::move(s), static_cast<TermId>(ids.size())).first->second);
    return out;
  }

  void read() {
    for (const Document& d : parts.documents) {
      titles.push_back(terms(d.title));
      parts.first_sentence.push_back(static_cast<std::uint32_t>(parts.sentences.size()));
      for (const language::Span s : language::sentences(d.text)) {
        parts.sentences.push_back({s, 0, has_price_sign(language::slice(d.text, s))});
        sentence_terms.push_back(terms(language::slice(d.text, s)));
      }
    }
    parts.first_sentence.push_back(static_cast<std::uint32_t>(parts.sentences.size()));
    parts.sentences.push_back({});
  }

  // Gives terms their alphabetical numbers, so that a word is found by halving.
  void number() {
    std::vector<std::pair<std::string_view, TermId>> sorted(ids.begin(), ids.end());
    std::sort(sorted.begin(), sorted.end());
    std::vector<TermId> now(sorted.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      parts.word_begin.push_back(static_cast<std::uint32_t>(parts.letters.size()));
      parts.letters += sorted[i].first;
      now[sorted[i].second] = static_cast<TermId>(i);
    }
    parts.word_begin.push_back(static_cast<std::uint32_t>(parts.letters.size()));
    for (auto* lists : {&titles, &sentence_terms})
      for (auto& list : *lists)
        for (TermId& t : list) t = now[t];
  }

  void weigh() {
    const std::size_t n = parts.documents.size();
    std::vector<std::vector<Posting>> by_term(parts.vocabulary());
    std::vector<float> length(n);
    float total = 0;
    std::vector<TermId> all;
    for (std::uint32_t d = 0; d < n; ++d) {
      all.clear();
      for (std::uint32_t s = parts.first_sentence[d]; s < parts.first_sentence[d + 1]; ++s)
        all.insert(all.end(), sentence_terms[s].begin(), sentence_terms[s].end());
      length[d] = static_cast<float>(all.size());
      total += length[d];
      std::sort(all.begin(), all.end());
      for (std::size_t i = 0; i < all.size();) {
        std::size_t j = i;
        while (j < all.size() && all[j] == all[i]) ++j;
        by_term[all[i]].push_back({d, static_cast<float>(j - i)});
        i = j;
      }
      for (const TermId t : titles[d]) {
        if (by_term[t].empty() || by_term[t].back().document != d) by_term[t].push_back({d, 0});
        by_term[t].back().weight += kTitleTimes;
      }
    }
    const float mean = n == 0 || total == 0 ? 1 : total / static_cast<float>(n);
    for (auto& list : by_term) {
      const float idf = parts.idf(list.size());
      for (Posting& p : list)
        p.weight = idf * p.weight * (kK1 + 1) / (p.weight + kK1 * (1 - kB + kB * length[p.document] / mean));
      parts.postings.flat.insert(parts.postings.flat.end(), list.begin(), list.end());
      parts.postings.begin.push_back(static_cast<std::uint32_t>(parts.postings.flat.size()));
    }
  }

  void keep_terms() {
    for (auto& t : titles) {
      std::sort(t.begin(), t.end());
      parts.title_terms.flat.insert(parts.title_terms.flat.end(), t.begin(), t.end());
      parts.title_terms.begin.push_back(static_cast<std::uint32_t>(parts.title_terms.flat.size()));
    }
    for (std::size_t s = 0; s < sentence_terms.size(); ++s) {
      auto& t = sentence_terms[s];
      std::sort(t.begin(), t.end());
      t.erase(std::unique(t.begin(), t.end()), t.end());
      parts.sentences[s].first_term = static_cast<std::uint32_t>(parts.sentence_terms.size());
      parts.sentence_terms.insert(parts.sentence_terms.end(), t.begin(), t.end());
    }
    parts.sentences.back().first_term = static_cast<std::uint32_t>(parts.sentence_terms.size());
  }

  void gram() {
    std::vector<std::pair<std::uint64_t, TermId>> pairs;
    for (TermId t = 0; t < parts.vocabulary(); ++t) {
      const auto grams = language::grams(parts.word(t));
      parts.gram_count.push_back(static_cast<std::uint8_t>(std::min<std::size_t>(grams.size(), 255)));
      for (const std::uint64_t g : grams) pairs.emplace_back(g, t);
    }
    std::sort(pairs.begin(), pairs.end());
    for (const auto& [g, t] : pairs) {
      if (parts.gram_keys.empty() || parts.gram_keys.back() != g) {
        if (!parts.gram_keys.empty())
          parts.gram_terms.begin.push_back(static_cast<std::uint32_t>(parts.gram_terms.flat.size()));
        parts.gram_keys.push_back(g);
      }
      parts.gram_terms.flat.push_back(t);
    }
    if (!parts.gram_keys.empty())
      parts.gram_terms.begin.push_back(static_cast<std::uint32_t>(parts.gram_terms.flat.size()));
  }

  void trim() {
    parts.letters.shrink_to_fit();
    parts.postings.flat.shrink_to_fit();
    parts.gram_keys.shrink_to_fit();
    parts.gram_terms.flat.shrink_to_fit();
    parts.title_terms.flat.shrink_to_fit();
    parts.sentences.shrink_to_fit();
    parts.sentence_terms.shrink_to_fit();
  }
};

}  // namespace

std::optional<TermId> Index::Parts::find(std::string_view stem) const {
  std::size_t low = 0;
  std::size_t high = vocabulary();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (word(static_cast<TermId>(middle)) < stem)
      low = middle + 1;
    else
      high = middle;
  }
  if (low < vocabulary() && word(static_cast<TermId>(low)) == stem) return static_cast<TermId>(low);
  return std::nullopt;
}

float Index::Parts::idf(std::size_t with) const {
  const auto n = static_cast<float>(documents.size());
  const auto df = static_cast<float>(with);
  return std::log(1 + (n - df + 0.5F) / (df + 0.5F));
}

std::vector<Neighbour> Index::Parts::like(std::string_view stem, bool typos) const {
  const auto grams = language::grams(stem);
  Scratch& s = scratch();
  if (s.shared.size() < vocabulary()) s.shared.resize(vocabulary());
  s.touched.clear();
  for (const std::uint64_t g : grams) {
    const auto key = std::lower_bound(gram_keys.begin(), gram_keys.end(), g);
    if (key == gram_keys.end() || *key != g) continue;
    for (const TermId t : gram_terms[static_cast<std::size_t>(key - gram_keys.begin())])
      if (s.shared[t]++ == 0) s.touched.push_back(t);
  }
  std::vector<Neighbour> out;
  const bool long_enough = text::length(stem) >= kTypoLetters;
  for (const TermId t : s.touched) {
    const float likeness =
        2.0F * static_cast<float>(s.shared[t]) / static_cast<float>(grams.size() + gram_count[t]);
    s.shared[t] = 0;
    if (likeness < kLeastShared) continue;
    const bool typo = typos && long_enough && language::within_one_edit(stem, word(t));
    if (typo || likeness >= kLeastLikeness)
      out.push_back({t, typo ? std::max(likeness, kOneLetterOff) : likeness});
  }
  const std::size_t keep = std::min(out.size(), kNeighbours);
  std::partial_sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(keep), out.end(),
                    [](const Neighbour& a, const Neighbour& b) {
                      return a.likeness != b.likeness ? a.likeness > b.likeness : a.term < b.term;
                    });
  out.resize(keep);
  return out;
}

std::vector<Hit> Index::Parts::best(std::span<const Wanted> wanted, std::size_t k,
                                    std::string_view preferred_language) const {
  std::vector<Wanted> order(wanted.begin(), wanted.end());
  std::sort(order.begin(), order.end(), [&](const Wanted& a, const Wanted& b) {
    return documents_with(a.term) < documents_with(b.term);
  });
  Scratch& s = scratch();
  if (s.score.size() < documents.size()) s.score.resize(documents.size());
  s.touched.clear();
  std::vector<std::uint32_t> chosen;  // the best so far, once common words come
  for (const Wanted& w : order) {
    const auto list = postings[w.term];
    if (documents.size() >= kMany && list.size() > documents.size() / kCommon &&
        s.touched.size() >= std::max<std::size_t>(k, 1)) {
      if (chosen.empty()) {
        chosen = s.touched;
        const std::size_t keep = std::min(chosen.size(), kChosen);
        std::partial_sort(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(keep), chosen.end(),
                          [&](std::uint32_t a, std::uint32_t b) {
                            return s.score[a] != s.score[b] ? s.score[a] > s.score[b] : a < b;
                          });
        chosen.resize(keep);
        std::sort(chosen.begin(), chosen.end());
      }
      auto from = list.begin();
      for (const std::uint32_t d : chosen) {
        from = std::lower_bound(from, list.end(), d,
                                [](const Posting& p, std::uint32_t x) { return p.document < x; });
        if (from != list.end() && from->document == d) s.score[d] += w.weight * from->weight;
      }
      continue;
    }
    for (const Posting& p : list) {
      if (s.score[p.document] == 0) s.touched.push_back(p.document);
      s.score[p.document] += w.weight * p.weight;
    }
  }
  std::vector<Hit> out;
  const auto& from = chosen.empty() ? s.touched : chosen;
  out.reserve(from.size());
  for (const std::uint32_t d : from) {
    const bool other = !preferred_language.empty() && documents[d].language != preferred_language;
    out.push_back({d, documents[d].id, s.score[d] * (other ? kOtherLanguage : 1)});
  }
  for (const std::uint32_t d : s.touched) s.score[d] = 0;
  const std::size_t keep = std::min({k, out.size(), kHits});
  std::partial_sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(keep), out.end(),
                    [](const Hit& a, const Hit& b) {
                      return a.score != b.score ? a.score > b.score : a.document < b.document;
                    });
  out.resize(keep);
  return out;
}

Index::Index(std::vector<Document> documents) {
  Builder b;
  b.parts.documents = std::move(documents);
  b.read();
  b.number();
  b.weigh();
  b.keep_terms();
  b.gram();
  b.trim();
  parts_ = std::make_unique<const Parts>(std::move(b.parts));
}

Index::~Index() = default;
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;

std::vector<Hit> Index::search(std::string_view query, std::size_t k,
                               std::string_view preferred_language) const {
  std::vector<Parts::Wanted> wanted;
  for (const Term& term : question_terms(query)) {
    if (term.role == Role::none) continue;
    if (const auto known = parts_->find(term.stem)) {
      wanted.push_back({*known, term.role == Role::hint ? kHint : 1});
    } else if (term.role == Role::subject) {
      for (const Neighbour& n : parts_->like(term.stem, true))
        wanted.push_back({n.term, kTypoWeight * n.likeness});
    }
  }
  return parts_->best(wanted, k, preferred_language);
}

std::size_t Index::size() const {
  return parts_->documents.size();
}
const Document& Index::document(std::uint32_t position) const {
  return parts_->documents.at(position);
}

std::size_t Index::bytes() const {
  const Parts& p = *parts_;
  const auto of = [](const auto& v) { return v.capacity() * sizeof(v[0]); };
  return p.letters.capacity() + of(p.word_begin) + of(p.postings.begin) + of(p.postings.flat) +
         of(p.gram_keys) + of(p.gram_terms.begin) + of(p.gram_terms.flat) + of(p.gram_count) +
         of(p.title_terms.begin) + of(p.title_terms.flat) + of(p.sentences) + of(p.first_sentence) +
         of(p.sentence_terms);
}

}  // namespace chatika::knowledge
