// The public yearly formats of production calendars.
//
//   JSON: {"year": 2026, "months": [{"month": 1, "days": "1,2,3+,22*"}, … all twelve],
//          "transitions": [{"from": "01.03", "to": "01.09"}]}
//         a listed day is off; '+': off because a day off was moved here; '*': shortened, worked. A day that
//         is not listed is worked, a weekend one too. "source" is ours: the act. "statistic" is not read.
//   XML:  <calendar year="2026"><days><day d="01.01" t="1" h="1"/><day d="01.09" t="1" f="01.03"/>…
//         t=1 off, 2 shortened, 3 worked weekend; f: the day off that was moved here. Other days: weekends
//         off.
//
// Refuses, naming the place: days that do not exist or stand twice, a missing month, a year that is none or
// another than asked for, a calendar no labour law could mean. Nothing is repaired.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "privacy/calendar.hpp"

namespace chatika::privacy {

inline constexpr std::size_t kCalendarBytes = 256 * 1024;
inline constexpr std::size_t kSourceChars = 1000;

struct ReadCalendar {
  std::string region = std::string(kRussia);
  std::string source;       // "": the file must name it
  std::optional<int> year;  // what the file has to be about
};
// Errc::invalid; `cause` says what is wrong and where, for the person at the terminal.
Result<YearCalendar> read_calendar(std::string_view text, const ReadCalendar& options);

// The JSON form with its source, canonical: the same calendar gives the same text. read_calendar reads it
// back.
std::string write_calendar(const YearCalendar& calendar);

struct CalendarText {
  std::string_view region;
  std::string_view json;
};
// Defined in the generated calendar_texts.cpp.
std::span<const CalendarText> shipped_calendar_texts();

namespace detail {

// A year while it is read: which days were named, and where that was wrong.
class YearBuilder {
 public:
  // Weekends that nobody names are off (XML) or worked (JSON).
  enum class Unnamed { weekends_off, all_worked };
  static Result<YearBuilder> start(int year, Unnamed unnamed, std::string_view place);

  Result<void> set(unsigned month, unsigned day, DayKind kind, std::string_view place);
  Result<void> moved(std::pair<unsigned, unsigned> from, std::pair<unsigned, unsigned> to,
                     std::string_view place);
  // Checks the whole and gives the revision its id.
  Result<YearCalendar> finish(const ReadCalendar& options, std::string_view source_in_file);

 private:
  [[nodiscard]] Result<Day> date(unsigned month, unsigned day, std::string_view place) const;

  YearCalendar calendar_;
  std::array<bool, 366> named_{};
};

// "05.14" (month, day), as both formats write dates.
std::optional<std::pair<unsigned, unsigned>> month_day(std::string_view text);
Result<YearCalendar> read_calendar_json(std::string_view text, const ReadCalendar& options);
Result<YearCalendar> read_calendar_xml(std::string_view text, const ReadCalendar& options);

}  // namespace detail

}  // namespace chatika::privacy
