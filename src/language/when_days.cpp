#include "language/when_reader.hpp"

namespace chatika::language::when {
namespace {

using namespace std::chrono;

int monday_based(local_days d) {
  return static_cast<int>(std::chrono::weekday{d}.iso_encoding()) - 1;
}

local_days add_months(local_days d, int n) {
  const year_month_day ymd{d};
  const year_month ym = year_month{ymd.year(), ymd.month()} + months{n};
  const year_month_day_last last{ym.year(), month_day_last{ym.month()}};
  return local_days{ym / std::min(ymd.day(), last.day())};
}

DayRange one(local_days d) {
  return {d, d + days{1}};
}

}  // namespace

local_days Reader::monday() const {
  return today_ - days{monday_based(today_)};
}

local_days Reader::weekday_after(int weekday, Days after) const {
  const int ahead = (weekday - monday_based(after) + 7) % 7;
  return after + days{ahead == 0 ? 7 : ahead};
}

std::optional<local_days> Reader::next_date(int m, int d, int y) const {
  if (m < 1 || m > 12 || d < 1 || d > 31) return std::nullopt;
  const auto make = [&](int in_year) {
    return year{in_year} / month{static_cast<unsigned>(m)} / std::chrono::day{static_cast<unsigned>(d)};
  };
  if (y > 0) {
    const year_month_day date = make(y < 100 ? 2000 + y : y);
    if (!date.ok()) return std::nullopt;
    return local_days{date};
  }
  const int this_year = static_cast<int>(year_month_day{today_}.year());
  for (int in_year = this_year; in_year <= this_year + 8; ++in_year)  // 29 February waits for a leap year
    if (const auto date = make(in_year); date.ok() && local_days{date} >= today_) return local_days{date};
  return std::nullopt;
}

std::optional<FoundDay> Reader::this_or_next(std::size_t i) const {
  const W which = kind(i);
  if (which != W::this_ && which != W::next_ && which != W::that_) return std::nullopt;
  const std::size_t j = sign(i + 1, '.') ? i + 2 : i + 1;
  FoundDay found{.days = {}, .first = i, .next = j + 1};
  const Days base = which == W::this_ ? monday() : monday() + days{7};
  switch (kind(j)) {
    case W::weekday: {
      Days d = base + days{value(j)};
      if (d < today_) d += days{7};
      found.days = one(d);
      return found;
    }
    case W::weekend:
      found.days = {base + days{5}, base + days{7}};
      return found;
    case W::week_unit:
      found.days = {std::max(base, today_), base + days{7}};
      return found;
    case W::month_unit: {
      const year_month_day t{today_};
      const Days first = add_months(local_days{t.year() / t.month() / 1}, which == W::this_ ? 0 : 1);
      found.days = {std::max(first, today_), add_months(first, 1)};
      return found;
    }
    case W::morning:
    case W::midday:
    case W::evening:
      // "this afternoon"; the part itself is read next.
      if (which != W::this_ || word(i) != "this") return std::nullopt;
      found.days = one(today_);
      found.next = j;
      return found;
    default:
      return std::nullopt;
  }
}

std::optional<FoundDay> Reader::part_of_month(std::size_t i) const {
  const W which = kind(i);
  if (which != W::begin && which != W::middle && which != W::end_part) return std::nullopt;
  std::size_t j = skip(skip(i + 1, W::of), W::article);
  const bool next_one = kind(j) == W::next_;
  if (next_one || kind(j) == W::this_) ++j;
  FoundDay found{.days = {}, .first = i, .next = j + 1};
  if (kind(j) == W::week_unit) {
    const Days m = monday() + days{next_one ? 7 : 0};
    found.days = which == W::begin    ? DayRange{m, m + days{2}}
                 : which == W::middle ? DayRange{m + days{2}, m + days{4}}
                                      : DayRange{m + days{4}, m + days{7}};
    if (found.days.end <= today_) found.days = {found.days.first + days{7}, found.days.end + days{7}};
    found.days.first = std::max(found.days.first, today_);
    return found;
  }
  const year_month_day t{today_};
  Days first = local_days{t.year() / t.month() / 1};
  if (kind(j) == W::month) {
    while (static_cast<int>(static_cast<unsigned>(year_month_day{first}.month())) != value(j))
      first = add_months(first, 1);
  } else if (kind(j) == W::month_unit) {
    if (next_one) first = add_months(first, 1);
  } else {
    return std::nullopt;
  }
  for (int turn = 0; turn < 2; ++turn) {
    found.days = which == W::begin    ? DayRange{first, first + days{10}}
                 : which == W::middle ? DayRange{first + days{10}, first + days{20}}
                                      : DayRange{first + days{20}, add_months(first, 1)};
    if (found.days.end > today_) break;
    first = add_months(first, kind(j) == W::month ? 12 : 1);
  }
  found.days.first = std::max(found.days.first, today_);
  return found;
}

// "15 марта 2027", "15-го марта", "3rd of December", "March 15th".
std::optional<FoundDay> Reader::day_and_month(std::size_t i) const {
  std::size_t j = i;
  int d = 0;
  int m = 0;
  if ((kind(i) == W::number || kind(i) == W::ordinal) && value(i) <= 31) {
    j = skip(i + 1, W::of);
    if (kind(j) != W::month) return std::nullopt;
    d = value(i), m = value(j++);
  } else if (kind(i) == W::month) {
    j = skip(i + 1, W::article);
    if ((kind(j) != W::number && kind(j) != W::ordinal) || value(j) > 31 || sign(j + 1, ':'))
      return std::nullopt;
    m = value(i), d = value(j++);
  } else {
    return std::nullopt;
  }
  int y = 0;
  const std::size_t k = sign(j, ',') ? j + 1 : j;
  if (kind(k) == W::number && value(k) >= 2000 && value(k) < 2100) {
    y = value(k);
    j = k + 1;
    if (kind(j) == W::year_unit || word(j) == "г") j = sign(j + 1, '.') ? j + 2 : j + 1;
  }
  const auto date = next_date(m, d, y);
  if (!date) return std::nullopt;
  return FoundDay{.days = one(*date), .first = i, .next = j};
}

// "15.03", "15.03.27", "15/03", "2027-03-15". "19.15" is a time: there is no 15th month.
std::optional<FoundDay> Reader::numeric_date(std::size_t i) const {
  const auto number = [&](std::size_t k) { return kind(k) == W::number && items_[k].digits > 0; };
  if (!number(i) || !number(i + 2) || !touches(i + 1) || !touches(i + 2)) return std::nullopt;
  const bool point = sign(i + 1, '.') || sign(i + 1, '/');
  const bool third = number(i + 4) && touches(i + 3) && touches(i + 4);
  if (items_[i].digits == 4 && sign(i + 1, '-') && third && sign(i + 3, '-')) {
    const auto date = next_date(value(i + 2), value(i + 4), value(i));
    if (!date) return std::nullopt;
    return FoundDay{.days = one(*date), .first = i, .next = i + 5};
  }
  if (!point || items_[i].digits > 2 || items_[i + 2].digits != 2) return std::nullopt;
  const bool year =
      third && sign(i + 3, items_[i + 1].sign) && (items_[i + 4].digits == 2 || items_[i + 4].digits == 4);
  const auto date = next_date(value(i + 2), value(i), year ? value(i + 4) : 0);
  if (!date) return std::nullopt;
  return FoundDay{.days = one(*date), .first = i, .next = i + (year ? 5U : 3U)};
}

// "10 по 15 июня" behind "с"; both days belong to it.
std::optional<FoundDay> Reader::date_range(std::size_t i) const {
  if (kind(i) != W::number && kind(i) != W::ordinal) return std::nullopt;
  if (kind(i + 1) != W::till_day && kind(i + 1) != W::until && !sign(i + 1, '-') && !sign(i + 1, 0x2013))
    return std::nullopt;
  const std::size_t j = skip(i + 2, W::article);
  auto last = day_and_month(j);
  if (!last && kind(j) == W::ordinal && kind(i + 1) == W::till_day) last = simple_day(j, true);
  if (!last) return std::nullopt;
  const year_month_day end{last->days.first};
  const auto first = end.year() / end.month() / std::chrono::day{static_cast<unsigned>(value(i))};
  if (!first.ok() || local_days{first} > last->days.first) return std::nullopt;
  return FoundDay{.days = {local_days{first}, last->days.end}, .first = i, .next = last->next};
}

std::optional<FoundDay> Reader::simple_day(std::size_t i, bool after_preposition) const {
  FoundDay found{.days = {}, .first = i, .next = i + 1};
  switch (kind(i)) {
    case W::rel_day:
      found.days = one(today_ + days{value(i)});
      return found;
    case W::weekday:
      if (items_[i].known_short && !after_preposition) return std::nullopt;
      found.days = one(weekday_after(value(i), today_));
      found.weekday = true;
      return found;
    case W::weekend: {
      const Days saturday = monday() + days{5};
      found.days = {std::max(saturday, today_), saturday + days{2}};
      return found;
    }
    case W::month: {  // "в декабре"; a name or a verb without the preposition
      if (!after_preposition || items_[i].known_short) return std::nullopt;
      const auto first = next_date(value(i), 1, 0);
      const year_month_day t{today_};
      const bool now = static_cast<int>(static_cast<unsigned>(t.month())) == value(i);
      const Days start = now ? local_days{t.year() / t.month() / 1} : first.value_or(today_);
      found.days = {std::max(start, today_), add_months(start, 1)};
      return found;
    }
    case W::number:  // "27 числа"
      if (!word(i + 1).starts_with("числ")) return std::nullopt;
      [[fallthrough]];
    case W::ordinal: {  // "15го", "двадцатого числа", "the 15th"
      if (value(i) < 1 || value(i) > 31 || kind(i + 1) == W::noun_after || kind(i + 1) == W::noun_before)
        return std::nullopt;
      const std::string_view written = word(i);
      const bool day_like = kind(i) == W::number || written.ends_with("го") ||
                            (after_preposition &&
                             (written.ends_with("th") || written.ends_with("st") || written.ends_with("nd") ||
                              written.ends_with("rd") || written.ends_with("е")));
      if (!day_like) return std::nullopt;
      const year_month_day t{today_};
      for (int n = 0; n < 3; ++n) {
        const year_month ym = year_month{t.year(), t.month()} + months{n};
        const auto date = ym / std::chrono::day{static_cast<unsigned>(value(i))};
        if (date.ok() && local_days{date} >= today_) {
          found.days = one(local_days{date});
          found.next = skip(i + 1, W::of);
          return found;
        }
      }
      return std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

std::optional<FoundDay> Reader::day(std::size_t i, bool after_preposition) const {
  if (auto f = this_or_next(i)) return f;
  if (auto f = part_of_month(i)) return f;
  if (auto f = date_range(i)) return f;
  if (auto f = day_and_month(i)) return f;
  // After "в" two numbers with a dot are a time whenever they can be one: "в 10.10".
  if (!(after_preposition && i > 0 && kind(i - 1) == W::at && value(i) < 24 && value(i + 2) % 5 == 0 &&
        kind(i + 3) != W::mark))
    if (auto f = numeric_date(i)) return f;
  const std::size_t j = skip(i, W::article);
  if (auto f = simple_day(j, after_preposition || j > i)) {
    f->first = i;
    return f;
  }
  return std::nullopt;
}

// What a lead makes of the day behind it; returns the item after everything.
std::size_t Reader::open_range(FoundDay& found, const Lead& lead) const {
  using Side = Lead::Side;
  const DayRange said = found.days;
  if (lead.side == Side::from && said.end - said.first == days{1}) {
    found.days.end = said.first + days{kOpenDays};
    if (kind(found.next) == W::till_day || kind(found.next) == W::until) {
      const std::size_t j = skip(found.next + 1, W::article);
      if (const auto last = day(j, true)) {
        found.days.end = last->days.end > said.first ? last->days.end : last->days.end + days{7};
        return last->next;
      }
    }
  } else if (lead.side == Side::after) {
    found.days = {said.end, said.end + days{kOpenDays}};
  } else if (lead.side == Side::until && said.first > today_) {
    found.days = {today_, said.first};
  } else if (lead.side == Side::not_later) {
    found.days = {today_, said.end};
  }
  return found.next;
}

bool Reader::day_expression(std::size_t i, const Lead& lead) {
  auto found = day(lead.next, lead.side != Lead::Side::none);
  if (!found) return false;
  found->next = open_range(*found, lead);
  found->first = i;
  const bool dropped = lead.negated || cannot_follows(found->next);
  if (!dropped) {
    days_.push_back(*found);
  } else {
    // Kept out of the result, but the reader goes on behind it.
    found->days.end = found->days.first;
    days_.push_back(*found);
  }
  return true;
}

std::size_t Reader::moment(std::size_t i) {
  if (kind(i) != W::through) return i;
  const bool english = word(i) == "in" || word(i) == "In";
  std::size_t j = i + 1;
  int n = 1;
  j = skip(j, W::article);
  if (kind(j) == W::pair)
    n = 2, j = skip(j + 1, W::of);
  else if (kind(j) == W::number)
    n = value(j++);
  else if (english && kind(i + 1) != W::article)
    return i;
  constexpr int kMost = 1000;
  if (n < 0 || n > kMost) return i;
  const bool and_half = kind(j) == W::one_and_half;
  if (and_half) ++j;
  const auto point = [&](int minutes) {
    const auto t = now_ + std::chrono::minutes{minutes};
    const Days d = floor<days>(t);
    days_.push_back({.days = one(d), .first = i, .next = j + 1});
    const int minute = static_cast<int>(duration_cast<std::chrono::minutes>(t - d).count());
    times_.push_back({.kind = TimeRange::Kind::point,
                      .a = {.minutes = minute, .half = Half::exact},
                      .first = i,
                      .next = j + 1});
    return j + 1;
  };
  const auto on = [&](Days d, std::size_t next) {
    days_.push_back({.days = one(d), .first = i, .next = next});
    return next;
  };
  switch (kind(j)) {
    case W::half_hour:
      return point(30);
    case W::minute_unit:
      return point(n);
    case W::hour_unit:
      return point(and_half ? 90 : n * 60);
    case W::day_unit:
    case W::of_day:
      return on(today_ + days{n}, j + 1);
    case W::month_unit:
      return on(add_months(today_, n), j + 1);
    case W::year_unit:
      return on(add_months(today_, 12 * n), j + 1);
    case W::week_unit: {
      const std::size_t k = kind(j + 1) == W::at || kind(j + 1) == W::on ? j + 2 : j + 1;
      if (kind(k) == W::weekday) return on(monday() + days{7 * n + value(k)}, k + 1);
      return on(today_ + days{7 * n}, j + 1);
    }
    default:
      return i;
  }
}

}  // namespace chatika::language::when
