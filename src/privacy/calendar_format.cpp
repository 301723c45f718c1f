#include "privacy/calendar_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/value.hpp>

#include "base/text.hpp"
#include "crypto/crypto.hpp"
#include "json/parse.hpp"

namespace chatika::privacy {
namespace detail {
namespace {

using std::chrono::year_month_day;

// No working year is outside: the weekends alone take 104 days, and a lawful year has far fewer worked ones.
constexpr int kFewestBusinessDays = 200;
constexpr int kMostBusinessDays = 275;
constexpr int kMostWorkedWeekends =
    7;  // fewer than the shortest month has weekend days: an empty month is found

std::size_t index_of(Day day) {
  return static_cast<std::size_t>((day - Day(year_month_day(day).year() / std::chrono::January / 1)).count());
}

bool is_weekend(Day day) {
  const std::chrono::weekday w(day);
  return w == std::chrono::Saturday || w == std::chrono::Sunday;
}

std::unexpected<Error> wrong(std::string_view place, std::string_view what) {
  return fail(Errc::invalid, fmt::format("{}: {}", place, what));
}

bool known_region(std::string_view region) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  if (region.size() < 2 || region.size() > 8 || !letter(region[0]) || !letter(region[1])) return false;
  if (region.size() == 2) return true;
  if (region[2] != '-' || region.size() == 3) return false;
  return std::ranges::all_of(region.substr(3), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

// What of a text may be shown in an error: short, one line.
std::string shown(std::string_view text) {
  const auto line = text::is_utf8(text) ? text::clean_line(text) : std::string("not UTF-8");
  return std::string(text::prefix(line, 20));
}

struct DayItem {
  unsigned day;
  DayKind kind;
};
// "1", "22*", "9+".
std::optional<DayItem> day_item(std::string_view item) {
  auto kind = DayKind::day_off;
  if (item.ends_with('*')) kind = DayKind::shortened;
  if (item.ends_with('+')) kind = DayKind::moved_day_off;
  if (kind != DayKind::day_off) item.remove_suffix(1);
  if (item.empty() || item.size() > 2) return std::nullopt;
  unsigned day = 0;
  for (const char c : item) {
    if (c < '0' || c > '9') return std::nullopt;
    day = day * 10 + static_cast<unsigned>(c - '0');
  }
  return DayItem{day, kind};
}

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
  return s;
}

Result<void> read_month(const json::Value& value, YearBuilder& year, std::array<bool, 13>& seen,
                        std::size_t at) {
  const auto place = fmt::format("/months/{}", at);
  const auto* month = value.if_object();
  if (month == nullptr) return wrong(place, "not an object");
  for (const auto& [name, ignored] : *month)
    if (name != "month" && name != "days")
      return wrong(place, fmt::format("unknown member \"{}\"", shown(name)));
  const auto* number = month->if_contains("month");
  if (number == nullptr || !number->is_int64() || number->get_int64() < 1 || number->get_int64() > 12)
    return wrong(place + "/month", "a number from 1 to 12 is expected");
  const auto m = static_cast<unsigned>(number->get_int64());
  if (std::exchange(seen[m], true)) return wrong(place + "/month", fmt::format("month {} stands twice", m));
  const auto* days = month->if_contains("days");
  if (days == nullptr || !days->is_string())
    return wrong(place + "/days", "a text like \"1,2,22*\" is expected");
  std::string_view rest = days->get_string();
  while (true) {
    const auto comma = rest.find(',');
    const auto item = trimmed(rest.substr(0, comma));
    const auto parsed = day_item(item);
    if (!parsed) return wrong(place + "/days", fmt::format("\"{}\" is not a day", shown(item)));
    CHECK(year.set(m, parsed->day, parsed->kind, place + "/days"));
    if (comma == std::string_view::npos) return {};
    rest.remove_prefix(comma + 1);
  }
}

Result<void> read_moved(const json::Value& value, YearBuilder& year, std::size_t at) {
  const auto place = fmt::format("/transitions/{}", at);
  const auto* pair = value.if_object();
  if (pair == nullptr) return wrong(place, "not an object");
  std::pair<unsigned, unsigned> ends[2];
  for (std::size_t i = 0; i < 2; ++i) {
    const auto* name = i == 0 ? "from" : "to";
    const auto* end = pair->if_contains(name);
    const auto read = end != nullptr && end->is_string() ? month_day(end->get_string()) : std::nullopt;
    if (!read)
      return wrong(fmt::format("{}/{}", place, name), "a date like \"05.14\" (month, day) is expected");
    ends[i] = *read;
  }
  return year.moved(ends[0], ends[1], place);
}

}  // namespace

std::optional<std::pair<unsigned, unsigned>> month_day(std::string_view text) {
  if (text.size() != 5 || text[2] != '.') return std::nullopt;
  for (const char c : {text[0], text[1], text[3], text[4]})
    if (c < '0' || c > '9') return std::nullopt;
  const auto two = [&](std::size_t i) {
    return static_cast<unsigned>((text[i] - '0') * 10 + (text[i + 1] - '0'));
  };
  return std::pair(two(0), two(3));
}

Result<YearBuilder> YearBuilder::start(int year, Unnamed unnamed, std::string_view place) {
  if (year < kFirstCalendarYear || year > kLastCalendarYear)
    return wrong(place,
                 fmt::format("the year has to be from {} to {}", kFirstCalendarYear, kLastCalendarYear));
  YearBuilder out;
  out.calendar_.year = year;
  auto day = Day(std::chrono::year(year) / std::chrono::January / 1);
  for (std::size_t i = 0; i < 366; ++i, day += std::chrono::days(1)) {
    auto kind = DayKind::working;
    if (is_weekend(day))
      kind = unnamed == Unnamed::weekends_off ? DayKind::day_off : DayKind::working_weekend;
    out.calendar_.days[i] = kind;
  }
  if (!std::chrono::year(year).is_leap()) out.calendar_.days[365] = DayKind::working;  // no such day
  return out;
}

Result<Day> YearBuilder::date(unsigned month, unsigned day, std::string_view place) const {
  const year_month_day ymd{std::chrono::year(calendar_.year), std::chrono::month(month),
                           std::chrono::day(day)};
  if (!ymd.ok())
    return wrong(place, fmt::format("there is no day {:02}.{:02} in {}", month, day, calendar_.year));
  return Day(ymd);
}

Result<void> YearBuilder::set(unsigned month, unsigned day, DayKind kind, std::string_view place) {
  const auto when = TRY(date(month, day, place));
  if (std::exchange(named_[index_of(when)], true))
    return wrong(place, fmt::format("the day {:02}.{:02} stands twice", month, day));
  if (kind == DayKind::working_weekend && !is_weekend(when))
    return wrong(place, fmt::format("{:02}.{:02} is no weekend", month, day));
  calendar_.days[index_of(when)] = kind;
  return {};
}

Result<void> YearBuilder::moved(std::pair<unsigned, unsigned> from, std::pair<unsigned, unsigned> to,
                                std::string_view place) {
  const MovedDay moved{TRY(date(from.first, from.second, place)), TRY(date(to.first, to.second, place))};
  if (moved.from == moved.to) return wrong(place, "a day off is moved to itself");
  for (const auto& other : calendar_.moved)
    if (other.to == moved.to || other.from == moved.from) return wrong(place, "a day off is moved twice");
  calendar_.moved.push_back(moved);
  return {};
}

Result<YearCalendar> YearBuilder::finish(const ReadCalendar& options, std::string_view source_in_file) {
  if (!known_region(options.region)) return fail(Errc::invalid, "a region is like \"ru\" or \"ru-ta\"");
  if (options.year && *options.year != calendar_.year)
    return fail(Errc::invalid, fmt::format("the file is about {}, not {}", calendar_.year, *options.year));
  calendar_.region = options.region;
  calendar_.source = text::clean_line(options.source.empty() ? source_in_file : options.source);
  if (calendar_.source.empty()) return fail(Errc::invalid, "the source is missing: which act says so?");
  if (text::length(calendar_.source) > kSourceChars) return fail(Errc::invalid, "the source is too long");
  for (const auto& moved : calendar_.moved)
    if (counts(calendar_.kind(moved.to)))
      return fail(Errc::invalid, fmt::format("a day off is moved to {}, which is worked", to_text(moved.to)));
  const auto weekends = std::ranges::count(calendar_.days, DayKind::working_weekend);
  const auto worked = calendar_.business_days();
  if (weekends > kMostWorkedWeekends || worked < kFewestBusinessDays || worked > kMostBusinessDays)
    return fail(
        Errc::invalid,
        fmt::format("no lawful year has {} working days, {} of them on weekends: the file is not whole",
                    worked, weekends));
  std::ranges::sort(calendar_.moved, {}, &MovedDay::to);
  const auto hash = crypto::sha256(write_calendar(calendar_));
  calendar_.id = fmt::format("{}-{}-{}", calendar_.region, calendar_.year,
                             crypto::hex({reinterpret_cast<const char*>(hash.data()), 6}));
  return std::move(calendar_);
}

Result<YearCalendar> read_calendar_json(std::string_view text, const ReadCalendar& options) {
  const auto parsed = json::parse(text);
  if (!parsed) {
    const auto& fields = parsed.error().fields;
    return fields.empty()
               ? wrong("the file", "not JSON")
               : wrong(fields[0].pointer.empty() ? "the file" : fields[0].pointer, "JSON: " + fields[0].code);
  }
  const auto* file = parsed->if_object();
  if (file == nullptr) return wrong("the file", "not a JSON object");
  for (const auto& [name, ignored] : *file)
    if (name != "year" && name != "months" && name != "transitions" && name != "statistic" &&
        name != "source")
      return wrong("the file", fmt::format("unknown member \"{}\"", shown(name)));
  const auto* year = file->if_contains("year");
  if (year == nullptr || !year->is_int64()) return wrong("/year", "a number is expected");
  auto builder =
      TRY(YearBuilder::start(static_cast<int>(std::clamp<std::int64_t>(year->get_int64(), 0, 10000)),
                             YearBuilder::Unnamed::all_worked, "/year"));
  const auto* months = file->if_contains("months");
  if (months == nullptr || !months->is_array()) return wrong("/months", "a list is expected");
  std::array<bool, 13> seen{};
  for (std::size_t i = 0; i < months->get_array().size(); ++i)
    CHECK(read_month(months->get_array()[i], builder, seen, i));
  for (unsigned m = 1; m <= 12; ++m)
    if (!seen[m]) return wrong("/months", fmt::format("month {} is missing", m));
  if (const auto* moved = file->if_contains("transitions"); moved != nullptr && !moved->is_null()) {
    if (!moved->is_array()) return wrong("/transitions", "a list is expected");
    for (std::size_t i = 0; i < moved->get_array().size(); ++i)
      CHECK(read_moved(moved->get_array()[i], builder, i));
  }
  const auto* source = file->if_contains("source");
  if (source != nullptr && !source->is_string()) return wrong("/source", "a text is expected");
  return builder.finish(options, source != nullptr ? std::string_view(source->get_string()) : "");
}

}  // namespace detail

Result<YearCalendar> read_calendar(std::string_view text, const ReadCalendar& options) {
  if (text.size() > kCalendarBytes) return fail(Errc::invalid, "the file is too large for a calendar year");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!text::is_utf8(text)) return fail(Errc::invalid, "the file is not UTF-8");
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return fail(Errc::invalid, "the file is empty");
  return text[first] == '<' ? detail::read_calendar_xml(text, options)
                            : detail::read_calendar_json(text, options);
}

std::string write_calendar(const YearCalendar& calendar) {
  std::string out = fmt::format("{{\"year\":{},\"source\":", calendar.year);
  text::append_json_string(out, calendar.source);
  out += ",\"months\":[";
  auto day = Day(std::chrono::year(calendar.year) / std::chrono::January / 1);
  for (unsigned month = 1; month <= 12; ++month) {
    out += fmt::format("{}{{\"month\":{},\"days\":\"", month == 1 ? "" : ",", month);
    bool first = true;
    for (; year_of(day) == calendar.year; day += std::chrono::days(1)) {
      const std::chrono::year_month_day ymd(day);
      if (static_cast<unsigned>(ymd.month()) != month) break;
      const auto kind = calendar.kind(day);
      if (kind == DayKind::working || kind == DayKind::working_weekend) continue;
      const auto* mark = kind == DayKind::shortened ? "*" : kind == DayKind::moved_day_off ? "+" : "";
      out += fmt::format("{}{}{}", first ? "" : ",", static_cast<unsigned>(ymd.day()), mark);
      first = false;
    }
    out += "\"}";
  }
  out += "],\"transitions\":[";
  for (std::size_t i = 0; i < calendar.moved.size(); ++i) {
    const auto date = [](Day d) {
      auto text = to_text(d).substr(5);
      text[2] = '.';
      return text;
    };
    out += fmt::format("{}{{\"from\":\"{}\",\"to\":\"{}\"}}", i == 0 ? "" : ",", date(calendar.moved[i].from),
                       date(calendar.moved[i].to));
  }
  return out + "]}";
}

}  // namespace chatika::privacy
