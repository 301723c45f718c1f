#include "assistant/phrases.hpp"

#include <gtest/gtest.h>

namespace chatika::assistant::phrases {
namespace {

using namespace std::chrono;

constexpr local_days kSaturday = local_days(year(2026) / 11 / 28);

TEST(Phrases, every_phrase_is_there_in_both_languages_and_fills_its_places) {
  for (int n = 0; n <= static_cast<int>(Phrase::cancelled); ++n)
    for (const auto* language : {"ru", "en"}) {
      const auto text = say(static_cast<Phrase>(n), language, "a0", "a1", "a2", "a3", "a4");
      EXPECT_FALSE(text.empty()) << n;
      EXPECT_EQ(text.find_first_of("{}"), std::string::npos) << text;
    }
  for (int n = 0; n <= static_cast<int>(Label::other_time); ++n) {
    EXPECT_FALSE(label(static_cast<Label>(n), "ru").empty());
    EXPECT_FALSE(label(static_cast<Label>(n), "en").empty());
  }
}

TEST(Phrases, the_assistant_has_no_gender) {
  for (int n = 0; n <= static_cast<int>(Phrase::cancelled); ++n) {
    const auto text = " " + say(static_cast<Phrase>(n), "ru");
    for (const auto* word :
         {"Рад ", "рад ", "Рада", "записал", "Позвал", "придержал", "Передал", "нашёл", "понял"})
      EXPECT_EQ(text.find(word), std::string::npos) << text;
  }
}

TEST(Phrases, days_and_times) {
  const auto at = kSaturday + hours(9) + std::chrono::minutes(5);
  EXPECT_EQ(day_and_time(at, "ru"), "в субботу, 28 ноября, в 09:05");
  EXPECT_EQ(day_and_time(at, "en"), "on Saturday, 28 November at 09:05");
  EXPECT_EQ(on_day(kSaturday - days(4), "ru"), "во вторник, 24 ноября");
  EXPECT_EQ(on_day(kSaturday, "en"), "on Saturday, 28 November");
  EXPECT_EQ(short_day(kSaturday, "ru"), "сб, 28 нояб.");
  EXPECT_EQ(short_day(kSaturday, "en"), "Sat, 28 Nov");
  EXPECT_EQ(iso_date(kSaturday), "2026-11-28");
  EXPECT_EQ(clock(kSaturday + hours(23) + std::chrono::minutes(59)), "23:59");
}

TEST(Phrases, numbers_have_their_plurals) {
  EXPECT_EQ(phrases::minutes(1, "ru"), "1\u00A0минута");
  EXPECT_EQ(phrases::minutes(2, "ru"), "2\u00A0минуты");
  EXPECT_EQ(phrases::minutes(5, "ru"), "5\u00A0минут");
  EXPECT_EQ(phrases::minutes(11, "ru"), "11\u00A0минут");
  EXPECT_EQ(phrases::minutes(14, "ru"), "14\u00A0минут");
  EXPECT_EQ(phrases::minutes(21, "ru"), "21\u00A0минута");
  EXPECT_EQ(phrases::minutes(114, "ru"), "114\u00A0минут");
  EXPECT_EQ(phrases::minutes(1, "en"), "1 minute");
  EXPECT_EQ(phrases::minutes(30, "en"), "30 minutes");
  EXPECT_EQ(price(900, "ru"), "900\u00A0₽");
  EXPECT_EQ(price(12500, "ru"), "12\u00A0500\u00A0₽");
  EXPECT_EQ(price(1234567, "en"), "1,234,567\u00A0₽");
}

}  // namespace
}  // namespace chatika::assistant::phrases
