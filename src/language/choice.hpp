// Which of a few named things (services, specialists) a text speaks of: stems, then 4-grams of letters for
// typos and for the endings of Russian surnames ("к Лебедевой" is Лебедева, "у доктора Орлова" is Орлов).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chatika::language {

inline constexpr std::size_t kChoices = 500;  // named things compared at most

struct Named {
  std::string name;
  std::vector<std::string> aliases = {};
};

struct Match {
  std::size_t index = 0;  // into the list
  double score = 0;       // 0..1; 1: every word of the name (or of an alias) was said
  bool operator==(const Match&) const = default;
};

inline constexpr double kMatchFloor = 0.35;  // below it a match is not returned
inline constexpr double kMatchMargin = 0.1;  // two best scores closer than this: ask which

// The list, read once: words, their stems and 4-grams. Immutable; threads may share it.
class Chooser {
 public:
  explicit Chooser(std::span<const Named> choices);

  // Best first; ties in the order of the list.
  [[nodiscard]] std::vector<Match> match(std::string_view utf8) const;

 private:
  struct Word {
    std::string stem;
    std::vector<std::uint64_t> grams;
    bool generic = false;       // "приём", "сделать": such words name no service
    std::uint32_t choices = 0;  // how many of them have it
  };
  struct Variant {
    std::uint32_t choice = 0;
    std::vector<std::uint32_t> words;  // into words_
  };
  std::vector<Word> words_;
  std::vector<Variant> variants_;
  std::size_t size_ = 0;
};

// For a list used once.
std::vector<Match> match_choices(std::string_view utf8, std::span<const Named> choices);

// Whether the second match is so near the first that the visitor must be asked.
bool ambiguous(std::span<const Match> matches);

}  // namespace chatika::language
