// The words times are made of, for when.cpp and its parts.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "language/tokens.hpp"

namespace chatika::language::when {

enum class W : std::uint8_t {
  none,
  end,
  mark,
  number,
  ordinal,  // value; an ordinal is "15го", "двадцатого", "15th"
  rel_day,
  weekday,
  month,
  weekend,  // value: days from today; 0 Monday..6; 1..12
  minute_unit,
  hour_unit,
  day_unit,
  week_unit,
  month_unit,
  year_unit,
  half,
  half_of,
  half_hour,
  quarter,
  without,
  past,
  pair,
  one_and_half,
  morning,
  midday,
  evening,
  night,
  tonight,
  lunch,
  lunch_adj,
  noon,
  of_morning,
  of_day,
  of_evening,
  of_night,
  am,
  pm,
  through,
  at,
  on,
  towards,
  from,
  until,
  till_day,
  between,
  conj_and,
  conj_or,
  after,
  earlier,
  later,
  negation,
  except,
  cannot,
  about,
  starting,
  this_,
  next_,
  that_,
  begin,
  middle,
  end_part,
  first_half,
  second_half,
  early,
  late,
  closer,
  greeting,
  article,
  of,
  filler,
  noun_before,
  noun_after,
  span_of,
  ago,
  zero,
};

struct Item {
  W kind = W::none;
  int value = 0;
  int digits = 0;            // of a number in digits; 0 when it was spelled
  bool touches = false;      // no space before it
  bool known_short = false;  // "sat", "may": a word of its own too, so it needs company
  char32_t sign = 0;         // of a mark
  Span span;
};

// Items of the text: numbers are joined ("двадцать пять"), endings glued ("15-го"), typos and the wrong
// keyboard layout read.
std::vector<Item> items(std::string_view utf8);

}  // namespace chatika::language::when
