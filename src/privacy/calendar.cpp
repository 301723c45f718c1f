#include "privacy/calendar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <stdexcept>

#include "privacy/calendar_format.hpp"

namespace chatika::privacy {
namespace {

using std::chrono::days;
using std::chrono::year_month_day;

std::size_t day_of_year(Day day) {
  const year_month_day ymd(day);
  const auto first = Day(ymd.year() / std::chrono::January / 1);
  return static_cast<std::size_t>((day - first).count());
}

bool is_weekend(Day day) {
  const std::chrono::weekday w(day);
  return w == std::chrono::Saturday || w == std::chrono::Sunday;
}

struct Looked {
  DayKind kind;
  const YearCalendar* calendar;
};
Looked look(const Calendars& calendars, std::string_view region, Day day) {
  const auto* calendar = calendars.in_force(region, year_of(day));
  if (calendar != nullptr) return {calendar->kind(day), calendar};
  return {is_weekend(day) ? DayKind::day_off : DayKind::working, nullptr};
}

struct Book {
  std::mutex mutex;
  std::shared_ptr<const Calendars> calendars = std::make_shared<const Calendars>(Calendars::shipped());
};
Book& book() {
  static Book the_book;
  return the_book;
}

// The bounds of a term are checked where terms are made; past them is a bug.
void check_days(int n) {
  if (n < 0 || n > kMaxBusinessDays) throw std::out_of_range("business days of a term");
}

}  // namespace

int year_of(Day day) {
  return static_cast<int>(year_month_day(day).year());
}

std::string to_text(Day day) {
  const year_month_day ymd(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()));
}

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int parts[3] = {};
  const std::pair<std::size_t, std::size_t> places[] = {{0, 4}, {5, 2}, {8, 2}};
  for (std::size_t i = 0; i < 3; ++i)
    for (const char c : text.substr(places[i].first, places[i].second)) {
      if (c < '0' || c > '9') return std::nullopt;
      parts[i] = parts[i] * 10 + (c - '0');
    }
  const year_month_day ymd{std::chrono::year(parts[0]), std::chrono::month(static_cast<unsigned>(parts[1])),
                           std::chrono::day(static_cast<unsigned>(parts[2]))};
  if (!ymd.ok() || parts[0] < 1970) return std::nullopt;
  return Day(ymd);
}

DayKind YearCalendar::kind(Day day) const {
  return days.at(day_of_year(day));
}

int YearCalendar::business_days() const {
  const auto length = std::chrono::year(year).is_leap() ? 366 : 365;
  return static_cast<int>(std::count_if(days.begin(), days.begin() + length, counts));
}

const Calendars& Calendars::shipped() {
  static const Calendars known = [] {
    Calendars out;
    for (const auto& text : shipped_calendar_texts()) {
      auto calendar = read_calendar(text.json, {.region = std::string(text.region)});
      if (!calendar) throw std::logic_error("shipped calendar: " + calendar.error().cause);
      calendar->shipped = true;
      out.add(std::move(*calendar));
    }
    return out;
  }();
  return known;
}

void Calendars::add(YearCalendar calendar) {
  revisions_.push_back(std::move(calendar));
}

const YearCalendar* Calendars::in_force(std::string_view region, int year) const {
  for (;;) {
    for (auto it = revisions_.rbegin(); it != revisions_.rend(); ++it)
      if (it->year == year && it->region == region) return &*it;
    const auto dash = region.rfind('-');
    if (dash == std::string_view::npos) return nullptr;
    region = region.substr(0, dash);
  }
}

const YearCalendar* Calendars::by_id(std::string_view id) const {
  for (const auto& revision : revisions_)
    if (revision.id == id) return &revision;
  return nullptr;
}

std::shared_ptr<const Calendars> calendars() {
  const std::lock_guard lock(book().mutex);
  return book().calendars;
}

void set_calendars(std::shared_ptr<const Calendars> now_in_force) {
  const std::lock_guard lock(book().mutex);
  book().calendars = std::move(now_in_force);
}

Counted add_business_days(const Calendars& calendars, std::string_view region, Day from, int n) {
  check_days(n);
  Counted out{.day = from, .revisions = {}};
  while (n > 0) {
    out.day += days(1);
    const auto [kind, calendar] = look(calendars, region, out.day);
    if (calendar == nullptr)
      out.provisional = true;
    else if (out.revisions.empty() || out.revisions.back() != calendar->id)
      out.revisions.push_back(calendar->id);
    if (counts(kind)) --n;
  }
  return out;
}

Day business_days_before(const Calendars& calendars, std::string_view region, Day day, int n) {
  check_days(n);
  while (n > 0) {
    day -= days(1);
    if (counts(look(calendars, region, day).kind)) --n;
  }
  return day;
}

std::vector<ExplainedDay> explain(const Calendars& calendars, std::string_view region, Day from, int n) {
  check_days(n);
  std::vector<ExplainedDay> out;
  int number = 0;
  for (auto day = from + days(1); number < n; day += days(1)) {
    const auto [kind, calendar] = look(calendars, region, day);
    ExplainedDay line{.day = day, .kind = kind};
    if (counts(kind)) line.number = ++number;
    if (calendar != nullptr) {
      line.revision = calendar->id;
      for (const auto& moved : calendar->moved) {
        if (moved.from == day) line.moved_to = moved.to;
        if (moved.to == day) line.moved_from = moved.from;
      }
    }
    out.push_back(std::move(line));
  }
  return out;
}

}  // namespace chatika::privacy
