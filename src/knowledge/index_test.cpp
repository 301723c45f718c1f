#include "knowledge/index.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace chatika::knowledge {
namespace {

Document document(const std::string& language, const std::string& title, const std::string& text) {
  return {.id = ArticleId::fresh(), .language = language, .title = title, .text = text};
}

Index sample() {
  return Index({document("ru", "Парковка", "Машину можно оставить во дворе. Места бесплатные."),
                document("ru", "Цены", "Стрижка стоит 2 000 ₽. Парковка не входит в цену стрижки."),
                document("en", "Parking", "There are free places in the yard."),
                document("ru", "Маникюр", "Маникюр длится час. Гель-лак держится три недели."),
                document("ru", "Ноги", "Педикюр длится дольше.")});
}

std::uint32_t first(const Index& index, const std::string& query, const std::string& language = "ru") {
  const auto hits = index.search(query, 5, language);
  return hits.empty() ? 99 : hits[0].document;
}

TEST(Index, FindsByAnyFormOfAWord) {
  const Index index = sample();
  EXPECT_EQ(first(index, "парковки"), 0U);
  EXPECT_EQ(first(index, "где маникюра час"), 3U);
  EXPECT_EQ(first(index, "сколько стоит стрижка"), 1U);
  EXPECT_EQ(first(index, "ничего такого"), 99U);
  EXPECT_TRUE(index.search("", 5, "").empty());
  EXPECT_TRUE(index.search("парковка", 0, "").empty());
}

TEST(Index, ReadsTypos) {
  const Index index = sample();
  EXPECT_EQ(first(index, "маникур"), 3U);
  EXPECT_EQ(first(index, "порковка"), 0U);
  EXPECT_EQ(first(index, "педекюр"), 4U);  // too few 4-grams are left: one letter off
}

TEST(Index, PrefersTheLanguageAndTheTitle) {
  const Index index = sample();
  EXPECT_EQ(first(index, "parking", "en"), 2U);
  const auto hits = index.search("парковка", 5, "ru");
  ASSERT_GE(hits.size(), 2U);
  EXPECT_EQ(hits[0].document, 0U);
  EXPECT_GT(hits[0].score, hits[1].score);
  EXPECT_EQ(hits[0].id, index.document(0).id);
}

TEST(Index, IsBoundedAndShared) {
  std::vector<Document> many;
  for (int i = 0; i < 500; ++i) many.push_back(document("ru", "Слово", "слово номер " + std::to_string(i)));
  const Index index(std::move(many));
  EXPECT_EQ(index.search("слово", 10'000, "ru").size(), kHits);
  EXPECT_GT(index.bytes(), 0U);
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        const auto hits = index.search("номер " + std::to_string(i), 1, "ru");
        ASSERT_EQ(hits.at(0).document, static_cast<std::uint32_t>(i));
      }
    });
}

TEST(Index, EmptyIsFine) {
  const Index index({});
  EXPECT_EQ(index.size(), 0U);
  EXPECT_TRUE(index.search("парковка", 3, "ru").empty());
  const Index blank({document("ru", "", "")});
  EXPECT_TRUE(blank.search("парковка", 3, "ru").empty());
}

}  // namespace
}  // namespace chatika::knowledge
