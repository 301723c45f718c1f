// T9: retrieval from 10,000 articles. The limit beside it is one pass over the same number of floats as
// articles: what any ranking that looks at every article must pay.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "knowledge/answer.hpp"
#include "knowledge/index.hpp"

namespace {

constexpr std::size_t kArticles = 10'000;
constexpr std::size_t kVocabulary = 40'000;
constexpr std::size_t kWords = 180;  // of one article
constexpr std::size_t kQueries = 2'000;
constexpr std::size_t kRuns = 5;

using Clock = std::chrono::steady_clock;

// splitmix64: the same articles on every machine.
struct Random {
  std::uint64_t state = 2026;
  std::uint64_t next() {
    std::uint64_t z = state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
  std::size_t below(std::size_t n) { return next() % n; }
};

std::string russian_word(Random& random) {
  static const std::vector<std::string> consonants = {"б", "в", "г", "д", "ж", "з", "к", "л", "м",  "н",
                                                      "п", "р", "с", "т", "ф", "х", "ч", "ш", "ст", "пр"};
  static const std::vector<std::string> vowels = {"а", "е", "и", "о", "у", "я", "ы"};
  std::string out;
  for (std::size_t n = 2 + random.below(3); n > 0; --n)
    out += consonants[random.below(consonants.size())] + vowels[random.below(vowels.size())];
  return out + consonants[random.below(consonants.size())];
}

struct Corpus {
  Random random;
  std::vector<std::string> words;
  std::vector<double> share;  // cumulative, Zipf

  Corpus() {
    double sum = 0;
    for (std::size_t i = 0; i < kVocabulary; ++i) {
      words.push_back(russian_word(random));
      share.push_back(sum += 1.0 / std::pow(static_cast<double>(i + 3), 1.0));
    }
    for (double& s : share) s /= sum;
  }

  const std::string& word() {
    const auto at = std::lower_bound(share.begin(), share.end(), random.unit());
    return words[static_cast<std::size_t>(
        std::min<std::ptrdiff_t>(at - share.begin(), static_cast<std::ptrdiff_t>(kVocabulary) - 1))];
  }

  std::string text(std::size_t n) {
    std::string out;
    for (std::size_t i = 0; i < n; ++i) out += word() + (i % 12 == 11 ? ". Так " : " ");
    return out;
  }
};

// A letter in the middle is changed.
std::string misspelt(const std::string& word) {
  std::string out = word;
  const std::size_t at = out.size() / 4 * 2;
  return out.replace(at, 2, out.substr(at, 2) == "о" ? "а" : "о");
}

struct Times {
  double p50 = 0, p99 = 0;
};

template <class F>
Times measure(const std::vector<std::string>& queries, F f) {
  std::vector<double> p50;
  std::vector<double> p99;
  for (std::size_t run = 0; run < kRuns; ++run) {
    std::vector<double> us;
    for (const std::string& q : queries) {
      const auto start = Clock::now();
      f(q);
      us.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
    }
    std::sort(us.begin(), us.end());
    p50.push_back(us[us.size() / 2]);
    p99.push_back(us[us.size() * 99 / 100]);
  }
  std::sort(p50.begin(), p50.end());
  std::sort(p99.begin(), p99.end());
  return {p50[kRuns / 2], p99[kRuns / 2]};
}

}  // namespace

int main() {
  Corpus corpus;
  std::vector<chatika::knowledge::Document> documents;
  for (std::size_t i = 0; i < kArticles; ++i)
    documents.push_back({.id = chatika::ArticleId::fresh(),
                         .language = i % 5 == 4 ? "en" : "ru",
                         .title = corpus.text(4),
                         .text = corpus.text(kWords)});
  const auto start = Clock::now();
  const chatika::knowledge::Index index(std::move(documents));
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();

  std::vector<std::string> plain;
  std::vector<std::string> typo;
  for (std::size_t i = 0; i < kQueries; ++i) {
    // A visitor's question: two words that say something and three that everybody uses.
    const std::string rare = corpus.words[200 + corpus.random.below(kVocabulary / 4)];
    const std::string other = corpus.words[200 + corpus.random.below(kVocabulary / 4)];
    const std::string common = corpus.word() + " " + corpus.word() + " " + corpus.word();
    plain.push_back(common + " " + rare + " " + other);
    typo.push_back(common + " " + misspelt(rare) + " " + other);
  }
  std::size_t found = 0;
  const auto search = [&](const std::string& q) { found += index.search(q, 10, "ru").size(); };
  std::vector<float> scores(kArticles, 1.0F);
  float best = 0;
  const Times limit = measure(plain, [&](const std::string&) {
    for (std::size_t i = 0; i < scores.size(); ++i) best = std::max(best, scores[i] += 0.5F);
  });
  const Times exact = measure(plain, search);
  const Times spelled = measure(typo, search);
  const Times answers = measure(
      plain, [&](const std::string& q) { found += chatika::knowledge::answer(index, q, "ru").has_value(); });

  fmt::print("articles {}, built in {:.2f} s, index {:.1f} MB\n", kArticles, seconds,
             static_cast<double>(index.bytes()) / 1e6);
  fmt::print("limit (one pass over the scores)  p50 {:6.1f} us  p99 {:6.1f} us\n", limit.p50, limit.p99);
  fmt::print("search                            p50 {:6.1f} us  p99 {:6.1f} us  ratio {:.1f}\n", exact.p50,
             exact.p99, exact.p50 / limit.p50);
  fmt::print("search, one word misspelt         p50 {:6.1f} us  p99 {:6.1f} us  ratio {:.1f}\n", spelled.p50,
             spelled.p99, spelled.p50 / limit.p50);
  fmt::print("answer                            p50 {:6.1f} us  p99 {:6.1f} us\n", answers.p50, answers.p99);
  fmt::print("T9 reach: p50 <= 50 us with a typo: {}  ({} found, {})\n",
             spelled.p50 <= 50 ? "reached" : "missed", found, best > 0);
  return 0;
}
