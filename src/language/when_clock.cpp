#include "language/stem.hpp"
#include "language/when_reader.hpp"

namespace chatika::language::when {
namespace {

constexpr int kHour = 60;
constexpr int kNoon = 12 * kHour;

}  // namespace

// "утра", "дня", "pm" behind a time.
void Reader::half_of_day(Clock& c) const {
  const std::size_t j = sign(c.next, ',') ? c.next : c.next;
  std::size_t after = j + 1;
  switch (kind(j)) {
    case W::am:
    case W::of_morning:
      c.half = Half::am;
      break;
    case W::of_day:
      c.half = Half::day;
      break;
    case W::pm:
    case W::of_evening:
      c.half = Half::evening;
      break;
    case W::of_night:
      c.half = Half::night;
      break;
    case W::through:  // "3 in the afternoon"
      if (kind(j + 1) != W::article) return;
      if (kind(j + 2) == W::morning)
        c.half = Half::am;
      else if (kind(j + 2) == W::midday || kind(j + 2) == W::evening)
        c.half = Half::evening;
      else
        return;
      after = j + 3;
      break;
    default:
      return;
  }
  c.next = after;
  c.bare = false;
}

bool Reader::counts_things(std::size_t next) const {
  switch (kind(next)) {
    case W::noun_after:
    case W::noun_before:
    case W::year_unit:
    case W::week_unit:
    case W::month_unit:
    case W::day_unit:
    case W::minute_unit:
    case W::ago:
    case W::half_hour:
      return true;
    case W::number:  // "2 500", "8 912 345": thousands and phones
      return items_[next].digits >= 3;
    case W::mark: {
      const char32_t c = items_[next].sign;
      return c == '%' || c == 0x20BD || c == '$' || c == 0x20AC || c == '+' ||
             ((c == '/' || c == '.' || c == ',') && kind(next + 1) == W::number && touches(next) &&
              touches(next + 1));
    }
    default:
      return false;
  }
}

// Nothing after the number that it could count.
bool Reader::closes(std::size_t next) const {
  if (counts_things(next)) return false;
  return kind(next) != W::none || is_stop_word(word(next));
}

// "половина третьего", "полтретьего", "четверть второго", "без четверти пять", "двадцать минут четвёртого".
std::optional<Clock> Reader::spoken_clock(std::size_t i) const {
  const auto hour = [&](std::size_t k) {
    return (kind(k) == W::ordinal || kind(k) == W::number) && value(k) >= 1 && value(k) <= 12;
  };
  if (kind(i) == W::half_of) return Clock{.minutes = (value(i) - 1) * kHour + 30, .next = i + 1};
  if (kind(i) == W::half) {
    const std::size_t j = sign(i + 1, '-') ? i + 2 : i + 1;
    if (hour(j) && (kind(j) == W::ordinal || value(i) == 1))
      return Clock{.minutes = (value(j) - 1) * kHour + 30, .next = j + 1};
    return std::nullopt;
  }
  if (kind(i) == W::quarter && kind(i + 1) == W::ordinal && hour(i + 1))
    return Clock{.minutes = (value(i + 1) - 1) * kHour + 15, .next = i + 2};
  if (kind(i) == W::without) {
    int minutes = 0;
    std::size_t j = i + 1;
    if (kind(j) == W::quarter)
      minutes = 15, ++j;
    else if (kind(j) == W::number && value(j) < 30)
      minutes = value(j), j = skip(j + 1, W::minute_unit);
    if (minutes == 0) return std::nullopt;
    if (hour(j)) return Clock{.minutes = value(j) * kHour - minutes, .next = skip(j + 1, W::hour_unit)};
    if (kind(j) == W::hour_unit) return Clock{.minutes = kHour - minutes, .next = j + 1};
    return std::nullopt;
  }
  if (kind(i) == W::number && value(i) < 60 && kind(i + 1) == W::minute_unit && kind(i + 2) == W::ordinal &&
      hour(i + 2))
    return Clock{.minutes = (value(i + 2) - 1) * kHour + value(i), .next = i + 3};
  return std::nullopt;
}

// "half past two", "quarter to six", "ten to three", "20 past 4".
std::optional<Clock> Reader::english_clock(std::size_t i) const {
  std::size_t j = skip(i, W::article);
  int minutes = 0;
  if (kind(j) == W::half && value(j) == 0)
    minutes = 30;
  else if (kind(j) == W::quarter)
    minutes = 15;
  else if (kind(j) == W::number && value(j) < 30)
    minutes = value(j);
  if (minutes == 0) return std::nullopt;
  j = skip(j + 1, W::minute_unit);
  const bool past = kind(j) == W::past;
  if (!past && word(j) != "to") return std::nullopt;
  if (kind(j + 1) != W::number || value(j + 1) > 12 || value(j + 1) < 1) return std::nullopt;
  // "10 to 12" in digits is an interval.
  if (!past && items_[j + 1].digits > 0 && items_[j - 1].kind == W::number && items_[j - 1].digits > 0)
    return std::nullopt;
  const int hour = value(j + 1) * kHour;
  return Clock{.minutes = past ? hour + minutes : hour - minutes, .next = j + 2};
}

// "15:00", "15.30", "15-30", "15 30", "3 часа", "в час", "семнадцать тридцать", "3pm".
std::optional<Clock> Reader::digits_clock(std::size_t i, bool led) const {
  if (kind(i) == W::hour_unit && led && word(i).starts_with("час")) {  // "в час", "не позже часа"
    if (kind(i + 1) == W::number) return std::nullopt;
    return Clock{.minutes = kHour, .next = i + 1};
  }
  if (kind(i) == W::noon) return Clock{.minutes = kNoon, .half = Half::exact, .next = i + 1};
  if (kind(i) != W::number || value(i) < 0 || value(i) > 24 || items_[i].digits > 2) return std::nullopt;
  Clock c{.minutes = value(i) * kHour, .next = i + 1, .bare = true};
  if (items_[i].digits == 2 && value(i) < 10) c.half = Half::exact;
  const auto minutes_at = [&](std::size_t k) {
    return kind(k) == W::number && value(k) < 60 && (items_[k].digits == 2 || items_[k].digits == 0);
  };
  const std::size_t j = i + 1;
  const bool colon = sign(j, ':');
  const bool dotted = sign(j, '.') || sign(j, '-') || sign(j, 0x2013) || sign(j, ';');
  const bool close = touches(j) && touches(j + 1);
  const bool whole = i == 0 && items_.size() == 3;  // "9.30" and nothing else
  if ((colon || (dotted && (led || whole))) && close && minutes_at(j + 1) && items_[i].digits > 0 &&
      items_[j + 1].digits == 2) {
    const bool dash = !colon && !sign(j, '.');
    // "10-12" is from ten to twelve, "15-30" is half past three.
    if (!dash ||
        (value(j + 1) % 5 == 0 && (value(j + 1) > 24 || value(j + 1) == 0 || kind(i - 1) == W::at))) {
      c.minutes += value(j + 1);
      c.next = j + 2;
      c.bare = false;
    }
  } else if (kind(j) == W::zero) {
    c.next = kind(j + 1) == W::zero ? j + 2 : sign(j + 1, '-') && kind(j + 2) == W::zero ? j + 3 : j + 1;
    c.bare = false;
  } else if (led && minutes_at(j) && value(j) % 5 == 0 &&
             (items_[j].digits == items_[i].digits || items_[j].digits == 2) &&
             (value(j) >= 10 || items_[j].digits == 2)) {
    c.minutes += value(j);
    c.next = j + 1;
    c.bare = items_[j].digits > 0;
  } else if (kind(j) == W::hour_unit) {
    if (kind(j + 1) == W::ago) return std::nullopt;
    c.next = j + 1;
    c.bare = !led && word(j) != "o'clock";
    if (kind(c.next) == W::number && kind(c.next + 1) == W::minute_unit && value(c.next) < 60)
      c.minutes += value(c.next), c.next += 2, c.bare = false;
  }
  if (c.minutes > kMinutesPerDay || counts_things(c.next)) return std::nullopt;
  return c;
}

std::optional<Clock> Reader::clock(std::size_t i, bool led) const {
  auto c = spoken_clock(i);
  if (!c) c = english_clock(i);
  if (!c) c = digits_clock(i, led);
  if (c) half_of_day(*c);
  return c;
}

bool Reader::clock_expression(std::size_t i, const Lead& lead) {
  using Side = Lead::Side;
  const bool led = lead.side != Side::none || lead.about || after_found_;
  auto a = clock(lead.next, led);
  if (!a) return false;
  FoundTime found{.kind = TimeRange::Kind::point, .a = *a, .first = i, .next = a->next};
  // The other end: "с 10 до 13", "между 3 и 5", "10:00–13:00", "from 10 to 1".
  const bool dash = sign(a->next, '-') || sign(a->next, 0x2013) || sign(a->next, 0x2014);
  const bool connected =
      (lead.side == Side::between && kind(a->next) == W::conj_and) || dash ||
      (lead.side != Side::between &&
       (kind(a->next) == W::until || (kind(a->next) == W::till_day && lead.side == Side::from)));
  if (connected) {
    if (const auto b = clock(a->next + 1, true);
        b && !(a->bare && b->bare && lead.side == Side::none && !after_found_ && !dash)) {
      found.kind = TimeRange::Kind::interval;
      found.b = *b;
      if (found.a.half == Half::unsaid) found.a.half = b->half == Half::exact ? Half::unsaid : b->half;
      found.next = b->next;
      const bool both_bare = a->bare && b->bare && lead.side == Side::none;
      if (both_bare && (!after_found_ || !closes(found.next))) return false;
      if (!lead.negated) times_.push_back(found);
      return true;
    }
  }
  if (lead.side == Side::between) return false;
  const bool end_of_text = kind(a->next) == W::end || (kind(a->next) == W::mark && !counts_things(a->next));
  if (a->bare && !led) return false;
  if (a->bare && lead.side == Side::none && !lead.about && !end_of_text) return false;  // "завтра 2 человека"
  if (a->bare && lead.strict && !closes(a->next)) return false;
  switch (lead.side) {
    case Side::from:
    case Side::after:
      found.kind = TimeRange::Kind::from;
      break;
    case Side::until:
    case Side::not_later:
      found.kind = TimeRange::Kind::until;
      break;
    default:
      found.kind = lead.about ? TimeRange::Kind::about : TimeRange::Kind::point;
  }
  if (lead.negated || cannot_follows(found.next))
    found.kind = TimeRange::Kind::interval, found.b = found.a;  // empty: dropped at the end
  times_.push_back(found);
  return true;
}

void Reader::add_part(int from, int to, std::size_t first, std::size_t next) {
  times_.push_back(
      {.kind = TimeRange::Kind::part, .from = from * kHour, .to = to * kHour, .first = first, .next = next});
}

std::size_t Reader::part_expression(std::size_t i, const Lead& lead) {
  using Side = Lead::Side;
  const auto found = [&](int from, int to, std::size_t next) {
    if (!lead.negated && !cannot_follows(next)) add_part(from, to, i, next);
    return next;
  };
  std::size_t j = skip(lead.next, W::article);
  bool early = false;
  bool late = false;
  bool closer = false;
  for (int n = 0; n < 2; ++n) {
    early |= kind(j) == W::early, late |= kind(j) == W::late, closer |= kind(j) == W::closer;
    if (kind(j) == W::early || kind(j) == W::late || kind(j) == W::closer) ++j;
  }
  const bool moved = j > lead.next;
  if (moved && (kind(j) == W::from || kind(j) == W::towards)) ++j;
  const Side side = lead.side;
  if (kind(j) == W::first_half || kind(j) == W::second_half) {
    if (kind(j + 1) != W::half) return i;
    const bool first = kind(j) == W::first_half;
    std::size_t next = skip(skip(skip(j + 2, W::of), W::article), W::of_day);
    next = skip(next, W::day_unit);
    if (kind(next) == W::month_unit || kind(next) == W::week_unit) return i;
    return first ? found(9, 12, next) : found(13, 18, next);
  }
  switch (kind(j)) {
    case W::morning:
    case W::of_morning: {
      if (kind(j) == W::of_morning && side != Side::from && !moved) return i;
      std::size_t next = j + 1;
      if (kind(next) == W::early) early = true, ++next;
      return found(6, early ? 10 : 12, next);
    }
    case W::midday:
      return found(12, word(j).starts_with("after") ? 18 : 17, j + 1);
    case W::evening:
    case W::of_evening: {
      if (kind(j) == W::of_evening && side != Side::until && side != Side::not_later) return i;
      if (side == Side::until || side == Side::not_later) {
        times_.push_back({.kind = TimeRange::Kind::until,
                          .a = {.minutes = 18 * kHour, .half = Half::exact},
                          .first = i,
                          .next = j + 1});
        return j + 1;
      }
      std::size_t next = j + 1;
      if (kind(next) == W::late) late = true, ++next;
      if (closer || side == Side::towards_part) return found(16, 19, next);
      return found(late ? 20 : 18, 22, next);
    }
    case W::night:
      return found(22, 30, j + 1);
    case W::lunch: {
      if (side == Side::until || side == Side::not_later) return found(9, 12, j + 1);
      if (side == Side::after || side == Side::from) return found(13, 18, j + 1);
      if (closer || side == Side::towards_part) return found(11, 13, j + 1);
      return side == Side::at ? found(12, 14, j + 1) : i;
    }
    case W::lunch_adj:
      return found(12, 14, j + 1);
    case W::tonight:
      days_.push_back({.days = {today_, today_ + std::chrono::days{1}}, .first = i, .next = j + 1});
      return found(18, 22, j + 1);
    default:
      return i;
  }
}

}  // namespace chatika::language::when
