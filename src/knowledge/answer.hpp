// An answer in the article's own words, or none. It never answers about a thing the article does not name:
// the words that carry the question's subject must be covered by the quoted sentences and the title. Small
// talk and bookings are not its business.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "knowledge/index.hpp"

namespace chatika::knowledge {

inline constexpr std::size_t kAnswerSentences = 3;

struct Answer {
  ArticleId id;
  std::uint32_t document = 0;  // position in the index
  std::string title;
  std::vector<std::string> sentences;  // 1 to 3 whole sentences of one article, in its order
  double score = 0;                    // 0..1: share of the question's weight that is covered

  [[nodiscard]] std::string text() const;  // the sentences with a space between
};

std::optional<Answer> answer(const Index& index, std::string_view question, std::string_view language);

}  // namespace chatika::knowledge
