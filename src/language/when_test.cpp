#include "language/when.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

namespace chatika::language {
namespace {

using namespace std::chrono;

// 2026-11-23 is a Monday.
constexpr local_seconds kNow = local_days{year{2026} / 11 / 23} + hours{10};

std::string shown(local_days d) {
  const year_month_day ymd{d};
  const auto tail =
      fmt::format("{:02}-{:02}", static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
  return static_cast<int>(ymd.year()) == 2026 ? tail
                                              : fmt::format("{}-{}", static_cast<int>(ymd.year()), tail);
}

std::string shown(int minute) {
  return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

std::string shown(const TimeRange& t) {
  switch (t.kind) {
    case TimeRange::Kind::point:
      return shown(t.from);
    case TimeRange::Kind::about:
      return "~" + shown(t.from);
    case TimeRange::Kind::interval:
      return shown(t.from) + "-" + shown(t.to);
    case TimeRange::Kind::from:
      return ">" + shown(t.from);
    case TimeRange::Kind::until:
      return "<" + shown(t.to);
    case TimeRange::Kind::part:
      return "=" + shown(t.from) + "-" + shown(t.to);
  }
  return "?";
}

std::string shown(const When& w) {
  std::string days;
  for (const DayRange& d : w.days)
    days += (days.empty() ? "" : ",") + shown(d.first) +
            (d.end - d.first == std::chrono::days{1} ? "" : ".." + shown(d.end));
  std::string times;
  for (const TimeRange& t : w.times) times += (times.empty() ? "" : ",") + shown(t);
  return (days.empty() ? "-" : days) + "\t" + (times.empty() ? "-" : times);
}

struct Score {
  int right = 0;
  int all = 0;
  std::string wrong;
};

Score read_table(const std::string& name) {
  std::ifstream file(std::string(CHATIKA_SOURCE_DIR) + "/src/language/testdata/" + name);
  Score score;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    const auto tab = line.find('\t');
    const std::string got = shown(find_when(line.substr(0, tab), kNow));
    const bool right = got == line.substr(tab + 1);
    score.right += right;
    ++score.all;
    if (!right) score.wrong += "  " + line + "   read as   " + got + "\n";
  }
  return score;
}

TEST(When, ReadsTheTableItWasTunedOn) {
  const Score s = read_table("when_tune.tsv");
  EXPECT_GE(s.all, 170);
  EXPECT_EQ(s.right, s.all) << s.wrong;
}

TEST(When, ReadsMostOfWhatItHasNotSeen) {
  const Score s = read_table("when_heldout.tsv");
  EXPECT_GE(s.all, 80);
  EXPECT_GE(s.right * 100, s.all * 85) << s.wrong;
  RecordProperty("right", s.right);
  fmt::print("held-out: {} of {}\n{}", s.right, s.all,
             std::getenv("CHATIKA_SHOW_MISSES") != nullptr ? s.wrong : "");
}

TEST(When, FiltersDaysAndStarts) {
  const When w = find_when("в пятницу после 18", kNow);
  EXPECT_TRUE(w.allows_day(local_days{year{2026} / 11 / 27}));
  EXPECT_FALSE(w.allows_day(local_days{year{2026} / 11 / 26}));
  EXPECT_TRUE(w.allows_start(18 * 60));
  EXPECT_FALSE(w.allows_start(17 * 60 + 45));
  const When open;
  EXPECT_TRUE(open.empty());
  EXPECT_TRUE(open.allows_day(local_days{year{2030} / 1 / 1}));
  EXPECT_TRUE(find_when("ночью", kNow).allows_start(3 * 60));
}

TEST(When, SpansSayWhereItWasRead) {
  const std::string text = "можно завтра в 15:00, пожалуйста?";
  const When w = find_when(text, kNow);
  ASSERT_EQ(w.spans.size(), 2U);
  EXPECT_EQ(slice(text, w.spans[0]), "завтра");
  EXPECT_EQ(slice(text, w.spans[1]), "в 15:00");
}

TEST(When, ATimeWithoutADayIsTodayWhileItIsAhead) {
  const local_days today{year{2026} / 11 / 23};
  EXPECT_EQ(day_of(find_when("в 15:00", kNow).times.at(0), kNow), today);
  EXPECT_EQ(day_of(find_when("в 9", kNow).times.at(0), kNow), today + days{1});
  EXPECT_EQ(day_of(find_when("вечером", kNow).times.at(0), kNow), today);
}

TEST(When, ReadsAnAnswerThatIsOnlyATimeOrADay) {
  EXPECT_EQ(shown(find_when("9.30", kNow)), "-\t09:30");
  EXPECT_EQ(shown(find_when("10:30", kNow)), "-\t10:30");
  EXPECT_EQ(shown(find_when("27 числа", kNow)), "11-27\t-");
  EXPECT_EQ(shown(find_when("чт 26.11 10:30", kNow)), "11-26\t10:30");
  EXPECT_EQ(shown(find_when("27", kNow)), "-\t-");  // a day, an hour, a price: ask
}

TEST(When, LivesThroughAnyBytes) {
  for (const std::string text : {"", "\xFF\xFE", "в", "на на на в в", "24/", "с 10 до", "через",
                                 "без четверти", "99999999999999999 апреля", "31.02", "30 февраля"})
    EXPECT_TRUE(find_when(text, kNow).days.empty()) << text;
  std::string noise;
  std::uint32_t seed = 1;
  const std::vector<std::string> words = {"в ",  "с ",      "до ",       "15",     ":",         ".",
                                          "-",   " через ", "пятницу ",  "марта ", "без ",      "половине ",
                                          "не ", "31 ",     "третьего ", "/",      "half past "};
  for (int n = 0; n < 3000; ++n) {
    noise.clear();
    for (int k = 0; k < 12; ++k)
      noise += words[(seed = seed * 1664525U + 1013904223U) >> 16U & 0xFFU ? seed % words.size() : 0];
    const When w = find_when(noise, kNow);
    for (const Span& s : w.spans) ASSERT_LE(s.end, noise.size());
    for (const TimeRange& t : w.times) ASSERT_LT(t.from, t.to);
  }
}

}  // namespace
}  // namespace chatika::language
