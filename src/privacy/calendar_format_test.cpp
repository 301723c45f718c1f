#include "privacy/calendar_format.hpp"

#include <gtest/gtest.h>

namespace chatika::privacy {
namespace {

// A lawful year: weekends off and the 1st of January.
std::string json_year(int year) {
  auto calendar = *Calendars::shipped().in_force("ru", year);
  return write_calendar(calendar);
}

std::string with(std::string text, std::string_view old, std::string_view replacement) {
  const auto at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  if (at != std::string::npos) text.replace(at, old.size(), replacement);
  return text;
}

constexpr std::string_view kXml2026 = R"(<?xml version="1.0" encoding="UTF-8"?>
<!-- facts of 2026 -->
<calendar year="2026" lang="ru" date="2025.09.24" country="ru">
  <holidays><holiday id="1" title="Новогодние каникулы"/></holidays>
  <days>
    <day d="01.01" t="1" h="1"/><day d="01.02" t="1" h="1"/><day d="01.03" t="1" h="1"/><day d="01.04" t="1" h="1"/>
    <day d="01.05" t="1" h="1"/><day d="01.06" t="1" h="1"/><day d="01.07" t="1" h="1"/><day d="01.08" t="1" h="1"/>
    <day d="01.09" t="1" f="01.03"/>
    <day d="02.23" t="1" h="1"/><day d="03.08" t="1" h="1"/>
    <day d="03.09" t="1" f="03.08"/>
    <day d="04.30" t="2"/><day d="05.01" t="1" h="1"/><day d="05.08" t="2"/><day d="05.09" t="1" h="1"/>
    <day d="05.11" t="1" f="05.09"/>
    <day d="06.11" t="2"/><day d="06.12" t="1" h="1"/><day d="11.03" t="2"/><day d="11.04" t="1" h="1"/>
    <day d="12.31" t="1" f="01.04"/>
  </days>
</calendar>
)";

TEST(CalendarFormat, a_calendar_written_is_read_back_as_the_same_revision) {
  for (const auto& calendar : Calendars::shipped().all()) {
    const auto again = read_calendar(write_calendar(calendar), {.region = calendar.region});
    ASSERT_TRUE(again) << again.error().cause;
    EXPECT_EQ(again->id, calendar.id);
    EXPECT_EQ(again->days, calendar.days);
    EXPECT_EQ(again->moved, calendar.moved);
  }
}

TEST(CalendarFormat, xml_and_json_say_the_same_of_a_year) {
  const auto& shipped = *Calendars::shipped().in_force("ru", 2026);
  const auto xml = read_calendar(kXml2026, {.source = shipped.source});
  ASSERT_TRUE(xml) << xml.error().cause;
  EXPECT_EQ(xml->days, shipped.days);
  EXPECT_EQ(xml->id, shipped.id);
}

TEST(CalendarFormat, xml_knows_worked_weekends) {
  const auto calendar = read_calendar(
      with(std::string(kXml2026), "<day d=\"02.23\"", "<day d=\"02.21\" t=\"3\"/><day d=\"02.23\""),
      {.source = "акт"});
  ASSERT_TRUE(calendar) << calendar.error().cause;
  EXPECT_EQ(calendar->kind(*parse_day("2026-02-21")), DayKind::working_weekend);
  EXPECT_EQ(calendar->business_days(), 248);
}

TEST(CalendarFormat, the_public_file_is_taken_as_it_comes) {
  auto text = json_year(2026);
  const auto source = text.find("\"source\"");
  text.erase(source, text.find("\"months\"") - source);
  text = with(text, "\"transitions\"", "\"statistic\":{\"workdays\":247,\"hours40\":1972},\"transitions\"");
  const auto missing = read_calendar(text, {});
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().cause.find("source"), std::string::npos);
  EXPECT_TRUE(read_calendar("\xEF\xBB\xBF" + text, {.source = "акт"}));
}

struct Broken {
  const char* name;
  const char* old;
  const char* replacement;
  const char* place;  // what the message has to name
};
class BrokenJson : public testing::TestWithParam<Broken> {};
TEST_P(BrokenJson, is_refused_with_its_place) {
  const auto& c = GetParam();
  const auto read = read_calendar(with(json_year(2026), c.old, c.replacement), {.year = 2026});
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Errc::invalid);
  EXPECT_NE(read.error().cause.find(c.place), std::string::npos) << read.error().cause;
}
INSTANTIATE_TEST_SUITE_P(
    file, BrokenJson,
    testing::Values(
        Broken{"day_32", "\"days\":\"1,2,3", "\"days\":\"32,2,3", "/months/0/days: there is no day 01.32"},
        Broken{"day_0", "\"days\":\"1,2,3", "\"days\":\"0,2,3", "/months/0/days"},
        Broken{"february_30", "\"days\":\"1,7,8,14", "\"days\":\"1,7,30,14",
               "/months/1/days: there is no day 02.30"},
        Broken{"word", "\"days\":\"1,2,3", "\"days\":\"1,two,3", "/months/0/days: \"two\""},
        Broken{"sign", "\"days\":\"1,2,3", "\"days\":\"1,-2,3", "/months/0/days"},
        Broken{"two_marks", "\"days\":\"1,2,3", "\"days\":\"1,2*+,3", "/months/0/days"},
        Broken{"empty_item", "\"days\":\"1,2,3", "\"days\":\"1,,3", "/months/0/days"},
        Broken{"last_comma", "27,31+\"", "27,31+,\"", "/months/"},
        Broken{"day_twice", "\"days\":\"1,2,3", "\"days\":\"1,2,2", "01.02 stands twice"},
        Broken{"day_twice_marked", "\"days\":\"1,2,3", "\"days\":\"1,2,2*", "stands twice"},
        Broken{"month_twice", "\"month\":3", "\"month\":2", "/months/2/month: month 2 stands twice"},
        Broken{"month_13", "\"month\":12", "\"month\":13", "/months/11/month"},
        Broken{"month_text", "\"month\":12", "\"month\":\"12\"", "/months/11/month"},
        Broken{"no_months", "\"months\"", "\"statistic\"", "/months"},
        Broken{"other_year", "\"year\":2026", "\"year\":2025", "2025"},
        Broken{"no_year", "\"year\":2026", "\"year\":1026", "/year"},
        Broken{"year_text", "\"year\":2026", "\"year\":\"2026\"", "/year"},
        Broken{"moved_nowhere", "\"to\":\"01.09\"", "\"to\":\"02.30\"", "/transitions/0"},
        Broken{"moved_to_work", "\"to\":\"01.09\"", "\"to\":\"01.15\"", "2026-01-15"},
        Broken{"moved_twice", "\"from\":\"03.08\"", "\"from\":\"01.03\"",
               "/transitions/1: a day off is moved twice"},
        Broken{"moved_text", "\"to\":\"01.09\"", "\"to\":\"9 января\"", "/transitions/0/to"},
        Broken{"unknown_member", "\"transitions\"", "\"weekend\":1,\"transitions\"", "weekend"},
        Broken{"member_twice", "\"transitions\"", "\"year\":2026,\"transitions\"", "/year"},
        Broken{"cut", "]}", "", "JSON"}),
    [](const auto& info) { return info.param.name; });

TEST(CalendarFormat, a_year_no_labour_law_could_mean_is_refused) {
  std::string only_holidays = R"({"year":2026,"source":"x","months":[)";
  for (int m = 1; m <= 12; ++m)
    only_holidays += (m > 1 ? "," : "") + std::string("{\"month\":") + std::to_string(m) + ",\"days\":\"1\"}";
  const auto read = read_calendar(only_holidays + "]}", {});
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().cause.find("not whole"), std::string::npos);
}

class BrokenXml : public testing::TestWithParam<Broken> {};
TEST_P(BrokenXml, is_refused_with_its_line) {
  const auto& c = GetParam();
  const auto read =
      read_calendar(with(std::string(kXml2026), c.old, c.replacement), {.source = "акт", .year = 2026});
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Errc::invalid);
  EXPECT_NE(read.error().cause.find(c.place), std::string::npos) << read.error().cause;
}
INSTANTIATE_TEST_SUITE_P(
    file, BrokenXml,
    testing::Values(Broken{"day", "d=\"02.23\"", "d=\"02.33\"", "line 9: there is no day 02.33"},
                    Broken{"day_text", "d=\"02.23\"", "d=\"23.2\"", "line 9"},
                    Broken{"no_day", "d=\"02.23\" ", "", "line 9"},
                    Broken{"twice", "d=\"02.23\"", "d=\"01.01\"", "line 9: the day 01.01 stands twice"},
                    Broken{"type", "d=\"02.23\" t=\"1\"", "d=\"02.23\" t=\"7\"", "line 9: t has to be"},
                    Broken{"weekday_weekend", "d=\"02.23\" t=\"1\"", "d=\"02.23\" t=\"3\"",
                           "line 9: 02.23 is no weekend"},
                    Broken{"moved_from", "f=\"01.03\"", "f=\"01.3x\"", "line 8"},
                    Broken{"other_year", "year=\"2026\"", "year=\"2024\"", "2024"},
                    Broken{"no_year", "year=\"2026\"", "year=\"MMXX\"", "line 3: year"},
                    Broken{"attribute_twice", "t=\"2\"", "t=\"2\" t=\"1\"",
                           "line 11: an attribute stands twice"},
                    Broken{"unknown_element", "<day d=\"02.23\"", "<date d=\"02.23\"",
                           "line 9: an element that the format"},
                    Broken{"doctype", "<!-- facts of 2026 -->", "<!DOCTYPE x [<!ENTITY a \"b\">]>",
                           "line 2: document types"},
                    Broken{"cut", "</calendar>", "", "ends inside <calendar>"},
                    Broken{"unbalanced", "</days>", "</calendar>", "line 15"},
                    Broken{"more", "</calendar>", "</calendar><calendar/>", "line 16"},
                    Broken{"text", "<days>", "<days>1,2,3", "line 5"}),
    [](const auto& info) { return info.param.name; });

TEST(CalendarFormat, what_is_no_calendar_is_refused) {
  for (const std::string& text :
       {std::string(), std::string("  \n"), std::string("[]"), std::string("<html></html>"),
        std::string("\xFF\xFE{}"), std::string(kCalendarBytes + 1, ' '), std::string("<"),
        std::string("<calendar"), std::string("<calendar year='2026'/>"), std::string("1")})
    EXPECT_FALSE(read_calendar(text, {.source = "акт"})) << text.substr(0, 20);
  EXPECT_FALSE(read_calendar(json_year(2026), {.region = "Russia"}));
  EXPECT_FALSE(read_calendar(json_year(2026), {.region = "ru-"}));
}

}  // namespace
}  // namespace chatika::privacy
