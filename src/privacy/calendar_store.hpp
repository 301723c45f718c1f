// Imported calendar revisions in the control database: for the whole installation, only ever added.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "db/executor.hpp"
#include "privacy/calendar.hpp"

namespace chatika::privacy {

// What the program carries and, after it, what was imported: an import outweighs the shipped revision of its
// year.
Calendars load_calendars(db::Tx& control);
// load_calendars through the storage, into set_calendars(). At start-up and hourly: another process (the command
// line, another node) may have imported. Never on a pool thread.
Result<void> refresh_calendars(db::Storage& storage);

enum class Stored { added, already_in_force };
// One more revision. The same calendar as the one in force adds nothing.
Stored store_calendar(db::Tx& control, const YearCalendar& calendar, Time now);

}  // namespace chatika::privacy
