#include "privacy/calendar_store.hpp"

#include <stdexcept>

#include "privacy/calendar_format.hpp"

namespace chatika::privacy {
namespace {

constexpr auto kControl = db::Statement::Scope::control;

const db::Statement kCalendars("SELECT id, region, body, stored_at FROM control_calendar ORDER BY seq",
                               kControl);
const db::Statement kLastCalendar("SELECT COALESCE(MAX(seq), 0) FROM control_calendar", kControl);
const db::Statement kInsertCalendar(
    "INSERT INTO control_calendar (seq, id, region, year, body, stored_at) VALUES ($1, $2, $3, $4, $5, $6)",
    kControl);

}  // namespace

Calendars load_calendars(db::Tx& control) {
  auto out = Calendars::shipped();
  control.each(kCalendars, [&](const db::Row& r) {
    auto calendar = read_calendar(r.text(2), {.region = r.str(1)});
    // A row that does not say what its id says was not written by this program.
    if (!calendar || calendar->id != r.text(0))
      throw std::runtime_error("a stored calendar revision is damaged");
    calendar->stored_at = r.time(3);
    out.add(std::move(*calendar));
    return true;
  });
  return out;
}

Result<void> refresh_calendars(db::Storage& storage) {
  auto loaded = std::make_shared<Calendars>();
  const auto outcome = db::run_and_wait_control(storage, [&](db::Tx& tx) {
    *loaded = load_calendars(tx);
    return true;
  });
  if (outcome != db::Outcome::committed) return fail(Errc::unavailable, "the calendars could not be read");
  set_calendars(std::move(loaded));
  return {};
}

Stored store_calendar(db::Tx& control, const YearCalendar& calendar, Time now) {
  const auto known = load_calendars(control);
  const auto* in_force = known.in_force(calendar.region, calendar.year);
  if (in_force != nullptr && in_force->id == calendar.id) return Stored::already_in_force;
  const auto last = control.one(kLastCalendar, [](const db::Row& r) { return r.i64(0); }).value_or(0);
  control.exec(kInsertCalendar, last + 1, calendar.id, calendar.region, calendar.year,
               write_calendar(calendar), now);
  return Stored::added;
}

}  // namespace chatika::privacy
