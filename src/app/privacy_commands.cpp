#include "app/privacy_commands.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "api/handlers.hpp"
#include "app/command.hpp"
#include "app/replay_command.hpp"
#include "json/write.hpp"
#include "privacy/calendar_format.hpp"
#include "privacy/calendar_store.hpp"

namespace chatika::app {

enum class CalendarAction { list, explain, import_ };
CHATIKA_JSON_ENUM(CalendarAction, list, explain, import_)

struct CalendarRequest {
  CalendarAction action = CalendarAction::list;
  bool json = false;
  json::Exact<8> region = std::string(privacy::kRussia);
  json::Exact<10, 0> from;
  json::Int<0, privacy::kMaxBusinessDays> days = 0;
  json::Int<0, 9999> year = 0;  // 0: whichever the file is about
  json::Exact<privacy::kSourceChars * 4, 0> source;
  json::Exact<privacy::kCalendarBytes + 1, 0> file;
};
CHATIKA_JSON(CalendarRequest, action, json, region, from, days, year, source, file)

struct RevisionReport {
  std::string id;
  std::string region;
  int year = 0;
  bool in_force = false;
  bool shipped = false;
  std::optional<Time> stored_at;
  int business_days = 0;
  std::string source;
};
CHATIKA_JSON(RevisionReport, id, region, year, in_force, shipped, stored_at, business_days, source)

struct DayReport {
  std::string day;
  std::string weekday;
  std::string kind;
  bool counts = false;
  int number = 0;
  std::optional<std::string> moved_from;
  std::optional<std::string> moved_to;
  std::string revision;
};
CHATIKA_JSON(DayReport, day, weekday, kind, counts, number, moved_from, moved_to, revision)

struct ExplainReport {
  std::string from;
  int days = 0;
  std::string region;
  std::string last;
  bool provisional = false;
  std::vector<RevisionReport> revisions;
  std::vector<DayReport> counted;
};
CHATIKA_JSON(ExplainReport, from, days, region, last, provisional, revisions, counted)

namespace {

using privacy::DayKind;
using privacy::to_text;

Answer complaint(const Error& error) {
  return {.status = 1,
          .out = {},
          .err = "chatika: " + (error.cause.empty() ? std::string(name(error.code)) : error.cause) + "\n"};
}

std::string_view name_of(DayKind kind) {
  switch (kind) {
    case DayKind::working:
      return "working";
    case DayKind::shortened:
      return "shortened";
    case DayKind::working_weekend:
      return "working_weekend";
    case DayKind::day_off:
      return "day_off";
    case DayKind::moved_day_off:
      return "moved_day_off";
  }
  return "";
}

bool is_weekend(privacy::Day day) {
  const std::chrono::weekday w(day);
  return w == std::chrono::Saturday || w == std::chrono::Sunday;
}

std::string why(const privacy::ExplainedDay& d) {
  const auto weekday = d.revision.empty() ? " (no calendar of this year)" : "";
  switch (d.kind) {
    case DayKind::working:
      return std::string("working day") + weekday;
    case DayKind::shortened:
      return is_weekend(d.day) ? "shortened day on a weekend, worked: counts" : "shortened day: counts";
    case DayKind::working_weekend:
      return "worked weekend: counts";
    case DayKind::day_off:
      break;
    case DayKind::moved_day_off:
      return d.moved_from ? "day off, moved from " + to_text(*d.moved_from)
                          : "day off, moved from another day";
  }
  if (!is_weekend(d.day)) return "holiday";
  auto text = std::string("weekend") + weekday;
  if (d.moved_to) text += ", a day off for it on " + to_text(*d.moved_to);
  return text;
}

std::string weekday(privacy::Day day) {
  constexpr const char* kNames[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  return kNames[std::chrono::weekday(day).c_encoding()];
}

RevisionReport report(const privacy::Calendars& calendars, const privacy::YearCalendar& c) {
  return {.id = c.id,
          .region = c.region,
          .year = c.year,
          .in_force = calendars.in_force(c.region, c.year) == &c,
          .shipped = c.shipped,
          .stored_at = c.stored_at,
          .business_days = c.business_days(),
          .source = c.source};
}

Answer list(const privacy::Calendars& calendars, const CalendarRequest& request) {
  std::string out;
  for (const auto& c : calendars.all()) {
    const auto r = report(calendars, c);
    if (request.json)
      out += json::write(r) + "\n";
    else
      out += fmt::format(
          "{}  {}  {}  {} business days\n    {}\n", r.id, r.in_force ? "in force  " : "superseded",
          r.shipped ? "shipped" : "imported " + to_rfc3339(*r.stored_at), r.business_days, r.source);
  }
  return {.status = 0, .out = std::move(out), .err = {}};
}

Answer explain(const privacy::Calendars& calendars, const CalendarRequest& request) {
  const auto from = privacy::parse_day(request.from);
  if (!from)
    return complaint(
        {.code = Errc::invalid, .cause = "--from has to be a date that exists, like 2026-04-28"});
  const auto n = static_cast<int>(request.days);
  const auto counted = privacy::add_business_days(calendars, request.region, *from, n);
  ExplainReport r{.from = request.from,
                  .days = n,
                  .region = request.region,
                  .last = to_text(counted.day),
                  .provisional = counted.provisional,
                  .revisions = {},
                  .counted = {}};
  for (const auto& id : counted.revisions) r.revisions.push_back(report(calendars, *calendars.by_id(id)));
  std::string out = fmt::format("{} {}  the day of the event is not counted\n", r.from, weekday(*from));
  for (const auto& d : privacy::explain(calendars, request.region, *from, n)) {
    const auto text = [](const std::optional<privacy::Day>& day) {
      return day ? std::optional(to_text(*day)) : std::nullopt;
    };
    r.counted.push_back({to_text(d.day), weekday(d.day), std::string(name_of(d.kind)), counts(d.kind),
                         d.number, text(d.moved_from), text(d.moved_to), d.revision});
    out += fmt::format("{} {}  {:>3}  {}{}{}\n", to_text(d.day), weekday(d.day),
                       d.number > 0 ? std::to_string(d.number) : "-", why(d), d.revision.empty() ? "" : "  ",
                       d.revision);
  }
  if (request.json) return {.status = 0, .out = json::write(r) + "\n", .err = {}};
  out += fmt::format("{} + {} business days = {}\n", r.from, n, r.last);
  for (const auto& c : r.revisions) out += fmt::format("{}: {}\n", c.id, c.source);
  if (r.provisional) out += "PROVISIONAL: a year without a calendar was counted Monday to Friday\n";
  return {.status = 0, .out = std::move(out), .err = {}};
}

Answer import_calendar(Installation& installation, const CalendarRequest& request) {
  auto& storage = installation.storage();
  const auto calendar = privacy::read_calendar(
      request.file,
      {.region = request.region,
       .source = request.source,
       .year = request.year == 0 ? std::nullopt : std::optional(static_cast<int>(request.year))});
  if (!calendar) return complaint(calendar.error());
  auto stored = privacy::Stored::added;
  const auto outcome = db::run_and_wait_control(storage, [&](db::Tx& tx) {
    stored = privacy::store_calendar(tx, *calendar, SystemClock().now());
    return true;
  });
  if (outcome != db::Outcome::committed)
    return complaint({.code = Errc::unavailable, .cause = "nothing was stored"});
  if (const auto refreshed = privacy::refresh_calendars(storage); !refreshed)
    return complaint(refreshed.error());
  const bool added = stored == privacy::Stored::added;
  if (added) api::recheck_deadlines(installation.tenants());
  const auto now = privacy::calendars();
  if (request.json)
    return {.status = 0,
            .out = json::write(report(*now, *now->in_force(calendar->region, calendar->year))) + "\n",
            .err = {}};
  return {.status = 0,
          .out = fmt::format("{}: {}, {} business days\n", calendar->id,
                             added ? "in force now" : "in force already", calendar->business_days()),
          .err = {}};
}

struct Options : Where {
  CalendarRequest request;
  std::string file;
  bool list = false;
  bool explain = false;
  int days = 0;
  int year = 0;
  std::string region = std::string(privacy::kRussia);
  std::string from;
  std::string source;
  bool json = false;
};

Result<std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(Errc::not_found, "cannot read " + path);
  std::string out(privacy::kCalendarBytes + 1, '\0');
  in.read(out.data(), static_cast<std::streamsize>(out.size()));
  out.resize(static_cast<std::size_t>(in.gcount()));
  return out;
}

int print(const Answer& answer) {
  std::fwrite(answer.out.data(), 1, answer.out.size(), stdout);
  std::fwrite(answer.err.data(), 1, answer.err.size(), stderr);
  return static_cast<int>(answer.status);
}

int run_calendar(const Options& o) {
  const int chosen = (o.list ? 1 : 0) + (o.explain ? 1 : 0) + (o.file.empty() ? 0 : 1);
  if (chosen != 1) {
    fmt::print(stderr, "chatika: one of --list, --explain and --import is expected\n");
    return 2;
  }
  CalendarRequest request{.json = o.json,
                          .region = o.region,
                          .from = o.from,
                          .days = o.days,
                          .year = o.year,
                          .source = o.source,
                          .file = {}};
  if (o.explain) request.action = CalendarAction::explain;
  if (!o.file.empty()) {
    request.action = CalendarAction::import_;
    auto text = read_file(o.file);
    if (!text) return complain(text.error());
    request.file = std::move(*text);
  }
  const auto arguments = json::write(request);
  const auto config = configured(o);
  if (!config) return complain(config.error());
  const auto remote = ask_console(config->data_dir, "calendar", arguments);
  if (!remote) return complain(remote.error());
  if (*remote) return print(**remote);
  // Looking needs no installation: the program's own calendars are explained then.
  const bool none =
      config->postgres_url.empty() && !std::filesystem::exists(config->data_dir + "/control.sqlite");
  if (none && o.data.empty() && o.config_file.empty() && request.action != CalendarAction::import_)
    return print(o.explain ? explain(privacy::Calendars::shipped(), request)
                           : list(privacy::Calendars::shipped(), request));
  auto opened = existing_installation(o);
  if (!opened) return complain(opened.error());
  return print(calendar_command(**opened, arguments));
}

}  // namespace

Answer calendar_command(Installation& installation, const std::string& arguments) {
  const auto request = json::read<CalendarRequest>(arguments);
  if (!request) return complaint({.code = Errc::invalid, .cause = "an option has a value out of range"});
  if (request->action == CalendarAction::import_) return import_calendar(installation, *request);
  if (const auto refreshed = privacy::refresh_calendars(installation.storage()); !refreshed)
    return complaint(refreshed.error());
  const auto now = privacy::calendars();
  return request->action == CalendarAction::list ? list(*now, *request) : explain(*now, *request);
}

void add_privacy_commands(CLI::App& cli, std::function<int()>& run) {
  auto& privacy =
      *cli.add_subcommand("privacy", "personal data: calendars of business days, replay of erasures")
           ->require_subcommand(1);
  add_replay_command(privacy, run);
  const auto o = std::make_shared<Options>();
  auto& calendar = *privacy.add_subcommand("calendar", "the production calendars that terms are counted by");
  add_common(calendar, *o);
  calendar.add_flag("--list", o->list, "revisions, with the acts they come from");
  calendar.add_flag("--explain", o->explain, "count day by day and say why each counts or not");
  calendar.add_option("--from", o->from, "date of the event, YYYY-MM-DD; counting starts on the next day");
  calendar.add_option("--days", o->days, "business days")->check(CLI::Range(0, privacy::kMaxBusinessDays));
  calendar.add_option("--import", o->file, "a calendar year in the public JSON or XML form: a new revision");
  calendar.add_option("--source", o->source, "the act it comes from, with number and date");
  calendar.add_option("--year", o->year, "refuse a file about another year");
  calendar.add_option("--region", o->region, "ru, or a part of it such as ru-ta");
  calendar.add_flag("--json", o->json, "JSON");
  calendar.callback([&run, o] { run = [o] { return run_calendar(*o); }; });
}

}  // namespace chatika::app
