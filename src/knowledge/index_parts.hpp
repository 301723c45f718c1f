// The arrays of an Index; index.cpp fills them, answer.cpp reads them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/index.hpp"
#include "language/tokens.hpp"

namespace chatika::knowledge {

using TermId = std::uint32_t;

inline constexpr std::size_t kNeighbours = 4;  // known words that one word may be read as
inline constexpr float kTypoWeight = 0.7F;

struct Posting {
  std::uint32_t document;
  float weight;  // BM25 of the term in the document
};

struct Sentence {
  language::Span span;       // in the document's text
  std::uint32_t first_term;  // into sentence_terms; they end where the next sentence's begin
  bool price_sign;           // has a currency sign, says that a thing is free or is not done
};

struct Neighbour {
  TermId term;
  float likeness;  // 0..1; 1: the word itself
};

// Slices of one flat array, one for each key: begin[i] to begin[i + 1].
template <class T>
struct Lists {
  std::vector<std::uint32_t> begin{0};
  std::vector<T> flat;
  [[nodiscard]] std::span<const T> operator[](std::size_t i) const {
    return {flat.data() + begin[i], flat.data() + begin[i + 1]};
  }
};

struct Index::Parts {
  std::vector<Document> documents;
  std::string letters;                        // the vocabulary, sorted, one behind the other
  std::vector<std::uint32_t> word_begin;      // into letters
  Lists<Posting> postings;                    // by term
  std::vector<std::uint64_t> gram_keys;       // sorted
  Lists<TermId> gram_terms;                   // by position in gram_keys
  std::vector<std::uint8_t> gram_count;       // of a term
  Lists<TermId> title_terms;                  // by document, sorted
  std::vector<Sentence> sentences;            // one past the last stands at the end
  std::vector<std::uint32_t> first_sentence;  // by document, and one past
  std::vector<TermId> sentence_terms;         // of each sentence, sorted

  [[nodiscard]] std::size_t vocabulary() const { return word_begin.size() - 1; }
  [[nodiscard]] std::string_view word(TermId t) const {
    return std::string_view(letters).substr(word_begin[t], word_begin[t + 1] - word_begin[t]);
  }
  [[nodiscard]] std::optional<TermId> find(std::string_view stem) const;
  [[nodiscard]] float idf(std::size_t documents_with) const;
  [[nodiscard]] std::size_t documents_with(TermId t) const { return postings[t].size(); }
  [[nodiscard]] std::span<const TermId> terms_of(std::size_t sentence) const {
    return {sentence_terms.data() + sentences[sentence].first_term,
            sentence_terms.data() + sentences[sentence + 1].first_term};
  }

  // Known words much like this stem, best first. `typos`: also those one letter away.
  [[nodiscard]] std::vector<Neighbour> like(std::string_view stem, bool typos) const;

  struct Wanted {
    TermId term;
    float weight;
  };
  [[nodiscard]] std::vector<Hit> best(std::span<const Wanted> wanted, std::size_t k,
                                      std::string_view preferred_language) const;
};

}  // namespace chatika::knowledge
