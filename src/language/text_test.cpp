// Tokens, sentences, stems, and the measures of likeness.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "language/grams.hpp"
#include "language/stem.hpp"
#include "language/tokens.hpp"

namespace chatika::language {
namespace {

using testing::ElementsAre;

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> out;
  for (const Span s : sentences(text)) out.emplace_back(slice(text, s));
  return out;
}

TEST(Tokens, WordsNumbersAndMarksWithSpans) {
  const std::string text = "Приём у O’Neil, в 15.30: 25-го какой-нибудь?";
  std::vector<std::string> shown;
  for (const Token& t : tokenize(text)) shown.emplace_back(slice(text, t.span));
  EXPECT_THAT(shown, ElementsAre("Приём", "у", "O’Neil", ",", "в", "15", ".", "30", ":", "25", "-", "го",
                                 "какой-нибудь", "?"));
  const auto tokens = tokenize("Ёж 15го");
  ASSERT_EQ(tokens.size(), 3U);
  EXPECT_EQ(tokens[0].folded, "еж");
  EXPECT_TRUE(tokens[0].capital);
  EXPECT_FALSE(tokens[2].space_before);
  EXPECT_EQ(tokenize(std::string(100'000, 'a')).at(0).folded.size(), kWordBytes);
  std::string many;
  for (std::size_t i = 0; i < kTokens + 10; ++i) many += "a ";
  EXPECT_EQ(tokenize(many).size(), kTokens);
}

TEST(Sentences, EndWhereAReaderEndsThem) {
  EXPECT_THAT(split("Адрес: ул. Яблоневая, д. 14. Вход со двора."),
              ElementsAre("Адрес: ул. Яблоневая, д. 14.", "Вход со двора."));
  EXPECT_THAT(split("Стрижка — 2 500 ₽. Укладка — 1 800 ₽."),
              ElementsAre("Стрижка — 2 500 ₽.", "Укладка — 1 800 ₽."));
  EXPECT_THAT(split("Серьги, цепочки и т. д. снимите. Потом ждите!"),
              ElementsAre("Серьги, цепочки и т. д. снимите.", "Потом ждите!"));
  EXPECT_THAT(split("В 2024 г. мы открылись. Работаем с 2024 г. Приходите."),
              ElementsAre("В 2024 г. мы открылись.", "Работаем с 2024 г.", "Приходите."));
  EXPECT_THAT(split("Dr. Smith is here at 9 a.m. on Monday. It costs 2.5 pounds, e.g. cash."),
              ElementsAre("Dr. Smith is here at 9 a.m. on Monday.", "It costs 2.5 pounds, e.g. cash."));
  EXPECT_THAT(split("Принимает А. Лебедева. Кабинет 12."),
              ElementsAre("Принимает А. Лебедева.", "Кабинет 12."));
  EXPECT_THAT(split("Правда?! Да... Конечно."), ElementsAre("Правда?!", "Да...", "Конечно."));
  EXPECT_THAT(split("Он сказал: «Приходите.» Мы пришли."),
              ElementsAre("Он сказал: «Приходите.»", "Мы пришли."));
  EXPECT_THAT(split("# Цены\n\nВот список:\n- стрижка. Быстро\n- укладка\n1. Первое\n\nКонец"),
              ElementsAre("Вот список:", "стрижка. Быстро", "укладка", "Первое", "Конец"));
  EXPECT_THAT(split("Одна строка\nи её продолжение. Вторая."),
              ElementsAre("Одна строка\nи её продолжение.", "Вторая."));
  EXPECT_THAT(split(""), ElementsAre());
  EXPECT_THAT(split("\n \n.\n"), ElementsAre("."));
}

TEST(Stem, BringsFormsOfAWordTogether) {
  EXPECT_EQ(stem("стрижку"), stem("стрижки"));
  EXPECT_EQ(stem("appointments"), stem("appointment"));
  EXPECT_EQ(stem("7"), "7");
  EXPECT_EQ(stem(""), "");
  EXPECT_TRUE(is_stop_word("и"));
  EXPECT_TRUE(is_stop_word("the"));
  EXPECT_FALSE(is_stop_word("парковка"));
  EXPECT_THAT(stems("УЗИ-диагностика и the анализы"),
              ElementsAre("уз", stem("диагностика"), stem("анализы")));
}

TEST(Likeness, OneEditAndGrams) {
  for (const auto& [a, b] : std::vector<std::pair<std::string, std::string>>{{"завтра", "завтро"},
                                                                             {"завтра", "завтр"},
                                                                             {"завтра", "завттра"},
                                                                             {"завтра", "зватра"},
                                                                             {"", "a"},
                                                                             {"a", "a"}})
    EXPECT_TRUE(within_one_edit(a, b)) << a << " " << b;
  for (const auto& [a, b] : std::vector<std::pair<std::string, std::string>>{
           {"завтра", "завтрак1"}, {"завтра", "зовтро"}, {"abcd", "badc"}, {"ab", ""}})
    EXPECT_FALSE(within_one_edit(a, b)) << a << " " << b;
  EXPECT_DOUBLE_EQ(similarity(grams("парковка"), grams("парковка")), 1);
  EXPECT_GT(similarity(grams("парковка"), grams("парковки")), 0.5);
  EXPECT_DOUBLE_EQ(similarity(grams("парковка"), grams("маникюр")), 0);
  EXPECT_TRUE(grams("уз").empty());
}

}  // namespace
}  // namespace chatika::language
