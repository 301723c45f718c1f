// The reader behind find_when: looks for an expression at every item, days first, then clock times, then
// parts of the day.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "language/when.hpp"
#include "language/when_words.hpp"

namespace chatika::language::when {

inline constexpr int kOpenDays = 60;       // "после среды", "с понедельника": this many days
inline constexpr std::size_t kFound = 16;  // expressions of one text

// Which side of the hour the speaker named.
enum class Half { unsaid, am, day, evening, night, exact };

struct Clock {
  int minutes = 0;  // of the day as said, before the half of the day is known
  Half half = Half::unsaid;
  std::size_t next = 0;  // the item after it
  bool bare = false;     // one number and nothing that makes it a time
};

// What stands before a day or a time.
struct Lead {
  enum class Side { none, at, towards_part, from, after, until, not_later, between } side = Side::none;
  bool about = false;
  bool negated = false;
  bool strict = false;  // after "на" and "с" a bare number is more often a count
  std::size_t next = 0;
};

struct FoundDay {
  DayRange days;
  bool weekday = false;             // can be narrowed into a wider range: "в пятницу на следующей неделе"
  std::size_t first = 0, next = 0;  // items
};

struct FoundTime {
  TimeRange::Kind kind = TimeRange::Kind::point;
  Clock a, b;            // of clock times; b of intervals
  int from = 0, to = 0;  // of parts of the day
  std::size_t first = 0, next = 0;
};

class Reader {
 public:
  Reader(std::string_view utf8, std::chrono::local_seconds now);
  When read();

 private:
  using Days = std::chrono::local_days;

  [[nodiscard]] W kind(std::size_t i) const { return i < items_.size() ? items_[i].kind : W::end; }
  [[nodiscard]] int value(std::size_t i) const { return i < items_.size() ? items_[i].value : 0; }
  [[nodiscard]] bool sign(std::size_t i, char32_t c) const {
    return kind(i) == W::mark && items_[i].sign == c;
  }
  [[nodiscard]] bool touches(std::size_t i) const { return i < items_.size() && items_[i].touches; }
  [[nodiscard]] std::string_view word(std::size_t i) const {
    return i < items_.size() ? slice(text_, items_[i].span) : "";
  }
  [[nodiscard]] std::size_t skip(std::size_t i, W what) const { return kind(i) == what ? i + 1 : i; }

  std::size_t step(std::size_t i);           // reads or skips something at i; the next item to look at
  std::size_t skipped(std::size_t i) const;  // greetings, prices, phones, tooth numbers: how far, or i
  [[nodiscard]] Lead lead(std::size_t i) const;
  [[nodiscard]] bool cannot_follows(std::size_t next) const;  // "завтра не могу"

  // when_days.cpp
  std::optional<FoundDay> day(std::size_t i, bool after_preposition) const;
  std::optional<FoundDay> simple_day(std::size_t i, bool after_preposition) const;
  std::optional<FoundDay> this_or_next(std::size_t i) const;
  std::optional<FoundDay> part_of_month(std::size_t i) const;
  std::optional<FoundDay> day_and_month(std::size_t i) const;
  std::optional<FoundDay> numeric_date(std::size_t i) const;
  std::optional<FoundDay> date_range(std::size_t i) const;
  bool day_expression(std::size_t i, const Lead& lead);
  std::size_t moment(std::size_t i);  // "через два часа", "in 3 days": next item, or i
  std::size_t open_range(FoundDay& found, const Lead& lead) const;
  [[nodiscard]] Days weekday_after(int weekday, Days after) const;
  [[nodiscard]] Days monday() const;
  [[nodiscard]] std::optional<Days> next_date(int month, int day, int year) const;

  // when_clock.cpp
  std::optional<Clock> clock(std::size_t i, bool led) const;
  std::optional<Clock> spoken_clock(std::size_t i) const;
  std::optional<Clock> english_clock(std::size_t i) const;
  std::optional<Clock> digits_clock(std::size_t i, bool led) const;
  void half_of_day(Clock& c) const;
  [[nodiscard]] bool counts_things(std::size_t next) const;  // a noun after the number says what it counts
  [[nodiscard]] bool closes(std::size_t next) const;
  bool clock_expression(std::size_t i, const Lead& lead);
  std::size_t part_expression(std::size_t i, const Lead& lead);  // next item, or i
  void add_part(int from, int to, std::size_t first, std::size_t next);

  // when.cpp
  void narrow_days();
  When finish();

  std::string_view text_;
  std::chrono::local_seconds now_;
  Days today_;
  std::vector<Item> items_;
  std::vector<FoundDay> days_;
  std::vector<FoundTime> times_;
  bool after_found_ = false;  // the item before was the end of an expression
};

}  // namespace chatika::language::when
