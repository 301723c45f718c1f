#include "language/when.hpp"

#include <algorithm>

#include "language/when_reader.hpp"

namespace chatika::language {
namespace when {
namespace {

using namespace std::chrono;

constexpr int kDayStart = 9 * 60;  // an hour without a part of the day is read inside 09–21
constexpr int kHalfDay = 12 * 60;

// Minutes of the day; `hint` is the part of the day said elsewhere in the text.
int resolve(const Clock& c, Half hint) {
  const int m = c.minutes;
  if (c.half == Half::exact || m >= 13 * 60 || m == 0) return m;
  const Half half = c.half == Half::unsaid ? hint : c.half;
  const int twelve = m % kHalfDay;
  switch (half) {
    case Half::am:
      return m >= kHalfDay ? m - kHalfDay : m;
    case Half::day:
      return twelve < 9 * 60 ? twelve + kHalfDay : m;
    case Half::evening:
      return twelve + kHalfDay;
    case Half::night:
      return twelve < 6 * 60 ? twelve : twelve + kHalfDay;
    default:
      return m < kDayStart ? m + kHalfDay : m;
  }
}

Half hint_of(const FoundTime& part) {
  if (part.from < 10 * 60) return Half::am;
  if (part.from >= 22 * 60) return Half::night;
  return part.from >= 18 * 60 ? Half::evening : Half::day;
}

TimeRange range_of(const FoundTime& t, Half hint) {
  using Kind = TimeRange::Kind;
  TimeRange out{.kind = t.kind, .from = t.from, .to = t.to};
  if (t.kind == Kind::part) return out;
  const int a = resolve(t.a, hint);
  switch (t.kind) {
    case Kind::point:
      out.from = a, out.to = a + 1;
      break;
    case Kind::about:
      out.from = a, out.to = a + 60;
      break;
    case Kind::from:
      out.from = a, out.to = kMinutesPerDay;
      break;
    case Kind::until:
      out.from = 0, out.to = a;
      break;
    default: {
      out.from = a, out.to = resolve(t.b, hint);
      if (out.from > out.to && out.from >= kHalfDay && t.a.half == Half::unsaid) out.from -= kHalfDay;
      if (out.from > out.to && out.to <= kHalfDay && t.b.half != Half::exact) out.to += kHalfDay;
    }
  }
  return out;
}

}  // namespace

Reader::Reader(std::string_view utf8, local_seconds now)
    : text_(utf8), now_(now), today_(floor<days>(now)), items_(items(utf8)) {}

Lead Reader::lead(std::size_t i) const {
  using Side = Lead::Side;
  Lead out;
  std::size_t j = i;
  if (kind(j) == W::except || kind(j) == W::negation) {
    const W after_it = kind(j) == W::negation ? kind(j + 1) : W::none;
    if (after_it == W::earlier || after_it == W::until) {  // "не раньше", "not before"
      out.side = Side::from, j += 2;
    } else if (after_it == W::later || after_it == W::after) {
      out.side = Side::not_later, j += 2;
    } else {
      out.negated = true, ++j;
    }
  }
  if (out.side != Side::none) {
    out.next = j;
    if (word(j) == "than" || word(j) == "чем") out.next = ++j;
    return out;
  }
  constexpr int kMostWords = 5;
  for (int n = 0; n < kMostWords; ++n) {
    const W k = kind(j);
    if (k == W::at || k == W::through) {
      // "in" leads only to parts of the day and months; "через" is moment()'s.
      if (k == W::through && !word(j).starts_with("in") && !word(j).starts_with("In")) break;
      if (out.side == Side::none) out.side = Side::at;
    } else if (k == W::on) {
      if (out.side == Side::none) out.side = Side::at;
      out.strict = true;
    } else if (k == W::towards) {
      if (out.side == Side::none) out.side = Side::towards_part;
    } else if (k == W::from) {
      out.side = Side::from, out.strict = true;
    } else if (k == W::until || k == W::earlier) {
      out.side = Side::until;
    } else if (k == W::after || k == W::later || k == W::past) {
      out.side = Side::after;
    } else if (k == W::between) {
      out.side = Side::between;
    } else if (k == W::about) {
      out.about = true;
    } else if (k == W::hour_unit && (kind(j + 1) == W::at || kind(j + 1) == W::towards) &&
               word(j).size() > 4) {
      out.about = kind(j + 1) == W::at;  // "часа в три"; "часам к шести" is a point
    } else if (k != W::starting) {
      break;
    }
    ++j;
  }
  out.next = j;
  return out;
}

bool Reader::cannot_follows(std::size_t next) const {
  return kind(next) == W::negation && kind(next + 1) == W::cannot;
}

std::size_t Reader::skipped(std::size_t i) const {
  const auto is_part = [&](std::size_t k) {
    switch (kind(k)) {
      case W::morning:
      case W::midday:
      case W::evening:
      case W::night:
      case W::day_unit:
      case W::of_day:
      case W::of_evening:
      case W::of_morning:
      case W::of_night:
      case W::weekend:
      case W::weekday:
      case W::week_unit:
        return true;
      default:
        return false;
    }
  };
  if (kind(i) == W::greeting && is_part(i + 1)) return i + 2;
  if (is_part(i) && (kind(i + 1) == W::greeting && kind(i) != W::weekday) && kind(i + 2) == W::end)
    return i + 2;               // "вечер добрый"
  if (kind(i) == W::span_of) {  // "за 2 часа", "за час", "в течение недели"
    std::size_t j = i + 1;
    while (kind(j) == W::number || kind(j) == W::one_and_half || kind(j) == W::article) ++j;
    switch (kind(j)) {
      case W::hour_unit:
      case W::minute_unit:
      case W::day_unit:
      case W::of_day:
      case W::week_unit:
      case W::month_unit:
      case W::half_hour:
      case W::year_unit:
        return j + 1;
      default:
        return j > i + 1 ? j : i;
    }
  }
  if (kind(i) == W::half_hour) return i + 1;
  if (kind(i) == W::noun_before && kind(i + 1) == W::number) return i + 2;
  if (kind(i) == W::noun_before && kind(i + 1) == W::mark && kind(i + 2) == W::number) return i + 3;
  if (kind(i) == W::mark && items_[i].sign == 0x2116 && kind(i + 1) == W::number) return i + 2;
  if (kind(i) == W::mark && items_[i].sign == '+' && kind(i + 1) == W::number && touches(i + 1)) {
    std::size_t j = i + 1;  // a phone
    while (kind(j) == W::number || (kind(j) == W::mark && (sign(j, '-') || sign(j, '(') || sign(j, ')'))))
      ++j;
    return j;
  }
  if (kind(i) != W::number) return i;
  if (value(i) == 24 && sign(i + 1, '/') && value(i + 2) == 7) return i + 3;
  if (kind(i + 1) == W::noun_before || kind(i + 1) == W::noun_after) return i + 2;
  // A run of four and more numbers, or one of five and more digits, is a phone or a card.
  std::size_t j = i;
  int digits = 0;
  while (kind(j) == W::number || (j > i && (sign(j, '-') || sign(j, '(') || sign(j, ')'))))
    digits += kind(j) == W::number ? items_[j].digits : 0, ++j;
  constexpr int kPhoneDigits = 9;
  return digits >= kPhoneDigits ? j : i;
}

std::size_t Reader::step(std::size_t i) {
  if (const std::size_t j = skipped(i); j > i) return after_found_ = false, j;
  if (const std::size_t j = moment(i); j > i) return after_found_ = true, j;
  const Lead led = lead(i);
  if (day_expression(i, led)) return after_found_ = true, days_.back().next;
  const std::size_t before = times_.size();
  if (clock_expression(i, led))
    return after_found_ = true, times_.size() > before ? times_.back().next : led.next + 1;
  if (const std::size_t j = part_expression(i, led); j > i) return after_found_ = true, j;
  after_found_ = after_found_ && (sign(i, ',') || kind(i) == W::conj_or);
  return i + 1;
}

// "в пятницу на следующей неделе", "на выходных, в воскресенье": the day inside the wider range is meant.
void Reader::narrow_days() {
  for (FoundDay& wide : days_) {
    const auto length = (wide.days.end - wide.days.first).count();
    if (wide.weekday || length < 2 || length > 31) continue;
    for (FoundDay& d : days_) {
      if (!d.weekday || d.days.end == d.days.first) continue;
      const Days inside = weekday_after(static_cast<int>(weekday{d.days.first}.iso_encoding()) - 1,
                                        wide.days.first - days{1});
      if (inside >= wide.days.end) continue;
      d.days = {inside, inside + days{1}};
      wide.days.end = wide.days.first;
    }
  }
}

When Reader::finish() {
  When out;
  narrow_days();
  const FoundTime* part = nullptr;
  for (const FoundTime& t : times_)
    if (t.kind == TimeRange::Kind::part && part == nullptr) part = &t;
  const auto alternative = [&](const FoundTime& x, const FoundTime& y) {
    for (std::size_t k = std::min(x.next, y.next) - 1; k <= std::max(x.first, y.first); ++k)
      if (kind(k) == W::conj_or) return true;
    return false;
  };
  for (const FoundDay& d : days_) {
    if (d.days.end > d.days.first && std::find(out.days.begin(), out.days.end(), d.days) == out.days.end())
      out.days.push_back(d.days);
  }
  for (const FoundTime& t : times_) {
    const bool is_part = t.kind == TimeRange::Kind::part;
    // "вечером после 19": the clock says more than the part beside it.
    const bool said_better =
        is_part && std::any_of(times_.begin(), times_.end(), [&](const FoundTime& other) {
          return other.kind != TimeRange::Kind::part && !alternative(t, other);
        });
    if (said_better) continue;
    const Half hint = !is_part && part != nullptr && !alternative(t, *part) ? hint_of(*part) : Half::unsaid;
    const TimeRange range = range_of(t, hint);
    if (range.from < range.to && std::find(out.times.begin(), out.times.end(), range) == out.times.end())
      out.times.push_back(range);
  }
  const auto span = [&](std::size_t first, std::size_t next) {
    out.spans.push_back({items_[first].span.begin, items_[std::min(next, items_.size()) - 1].span.end});
  };
  for (const FoundDay& d : days_) span(d.first, d.next);
  for (const FoundTime& t : times_) span(t.first, t.next);
  std::sort(out.spans.begin(), out.spans.end(),
            [](const Span& a, const Span& b) { return a.begin < b.begin; });
  out.spans.erase(std::unique(out.spans.begin(), out.spans.end()), out.spans.end());
  return out;
}

When Reader::read() {
  for (std::size_t i = 0; i < items_.size() && days_.size() + times_.size() < kFound;) i = step(i);
  return finish();
}

}  // namespace when

bool When::allows_day(std::chrono::local_days day) const {
  return days.empty() || std::any_of(days.begin(), days.end(),
                                     [&](const DayRange& r) { return day >= r.first && day < r.end; });
}

bool When::allows_start(int minute) const {
  return times.empty() || std::any_of(times.begin(), times.end(), [&](const TimeRange& r) {
           return (minute >= r.from && minute < r.to) ||
                  (minute + kMinutesPerDay >= r.from && minute + kMinutesPerDay < r.to);
         });
}

When find_when(std::string_view utf8, std::chrono::local_seconds now) {
  return when::Reader(utf8, now).read();
}

std::chrono::local_days day_of(const TimeRange& time, std::chrono::local_seconds now) {
  const auto today = std::chrono::floor<std::chrono::days>(now);
  const bool point = time.kind == TimeRange::Kind::point || time.kind == TimeRange::Kind::about ||
                     time.kind == TimeRange::Kind::from;
  const auto last = today + std::chrono::minutes{point ? time.from : time.to};
  return last > now ? today : today + std::chrono::days{1};
}

}  // namespace chatika::language
