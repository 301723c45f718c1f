// Production calendars: which days count as business days (152-FZ counts its terms in them; Labour Code art.
// 95, 112). A calendar year of a region is an immutable revision that names the act it comes from; a
// correction is another revision, and the newest of a year is in force.
//
// Refuses: to guess. A year without a calendar counts Monday to Friday and everything counted over it says so
// (`provisional`).
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace chatika::privacy {

using Day = std::chrono::local_days;  // a date on the wall, of no particular zone

inline constexpr std::string_view kRussia = "ru";
inline constexpr int kFirstCalendarYear = 1990;
inline constexpr int kLastCalendarYear = 2199;
inline constexpr int kMaxBusinessDays = 1000;  // of one term

// "2026-05-14".
std::string to_text(Day day);
// Exactly YYYY-MM-DD of a date that exists.
std::optional<Day> parse_day(std::string_view text);
int year_of(Day day);

enum class DayKind : std::uint8_t {
  working,
  shortened,        // an hour less before a holiday: counts as working, a Saturday one too
  working_weekend,  // a Saturday or Sunday that is worked
  day_off,
  moved_day_off,  // a weekday off because a day off was moved there
};
constexpr bool counts(DayKind kind) {
  return kind != DayKind::day_off && kind != DayKind::moved_day_off;
}

struct MovedDay {
  Day from;
  Day to;
  bool operator==(const MovedDay&) const = default;
};

// One revision.
struct YearCalendar {
  std::string region;  // "ru"; of a part of it "ru-ta"
  int year = 0;
  std::string source;             // the act
  bool shipped = false;           // came with the program
  std::optional<Time> stored_at;  // imported ones
  std::array<DayKind, 366> days{};
  std::vector<MovedDay> moved;
  std::string id;  // "ru-2026-3f9c21ab04de": of its content, see calendar_format.hpp

  [[nodiscard]] DayKind kind(Day day) const;  // `day` is of this year
  [[nodiscard]] int business_days() const;
};

// What is known at one moment. A value; operations read the snapshot calendars() gives.
class Calendars {
 public:
  // What the program carries: Russia 2024 to 2027.
  static const Calendars& shipped();

  // The newest revision of its year from now on.
  void add(YearCalendar calendar);
  // A region without a calendar of its own uses that of its country ("ru-ta" → "ru"). nullptr: none.
  [[nodiscard]] const YearCalendar* in_force(std::string_view region, int year) const;
  [[nodiscard]] const YearCalendar* by_id(std::string_view id) const;
  // In the order of coming.
  [[nodiscard]] std::span<const YearCalendar> all() const { return revisions_; }

 private:
  std::vector<YearCalendar> revisions_;
};

// The calendars this process counts with: shipped() until set. Thread-safe.
std::shared_ptr<const Calendars> calendars();
void set_calendars(std::shared_ptr<const Calendars> now_in_force);

struct Counted {
  Day day;                             // the last of the term
  std::vector<std::string> revisions;  // that were looked at, in order
  bool provisional = false;            // a day of a year without a calendar was looked at
};
// Counting starts on the day after `from`; n = 0 gives `from` itself. 0 <= n <= kMaxBusinessDays.
Counted add_business_days(const Calendars& calendars, std::string_view region, Day from, int n);
// The n-th business day before `day`.
Day business_days_before(const Calendars& calendars, std::string_view region, Day day, int n);

struct ExplainedDay {
  Day day;
  DayKind kind;
  int number = 0;                 // which business day of the term it is; 0: it does not count
  std::optional<Day> moved_from;  // the day off that was moved here
  std::optional<Day> moved_to;    // where this day off went
  std::string revision;           // "" in a year without a calendar
};
// Day by day how add_business_days came to its end.
std::vector<ExplainedDay> explain(const Calendars& calendars, std::string_view region, Day from, int n);

}  // namespace chatika::privacy
