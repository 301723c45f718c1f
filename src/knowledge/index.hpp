// Search over the articles of one business, in memory: BM25 over stems of title and text; a word the articles
// do not know is read as the known words that share most of its 4-grams of letters. Immutable once built, so
// threads may share it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"

namespace chatika::knowledge {

inline constexpr std::size_t kQueryTerms = 32;  // words of a question that are looked up
inline constexpr std::size_t kHits = 100;       // most that one search returns

struct Document {
  ArticleId id;
  std::string language;  // "ru" or "en"
  std::string title;
  std::string text;
};

struct Hit {
  std::uint32_t document = 0;  // position in the vector the index was built from
  ArticleId id;
  double score = 0;
};

class Index {
 public:
  explicit Index(std::vector<Document> documents);
  ~Index();
  Index(Index&&) noexcept;
  Index& operator=(Index&&) noexcept;

  // Best first, at most k; documents of another language than `preferred_language` only count half. ""
  // prefers none.
  [[nodiscard]] std::vector<Hit> search(std::string_view query, std::size_t k,
                                        std::string_view preferred_language) const;

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] const Document& document(std::uint32_t position) const;
  [[nodiscard]] std::size_t bytes() const;  // heap of the index itself, documents left out

  struct Parts;  // the arrays, for answer.cpp
  [[nodiscard]] const Parts& parts() const { return *parts_; }

 private:
  std::unique_ptr<const Parts> parts_;
};

}  // namespace chatika::knowledge
