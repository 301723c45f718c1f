// What the law gives how long (152-FZ art. 20 to 22), and when that ends for one case. Pure: the caller
// stores what comes out and asks again with recheck() when a calendar came.
//
// Decisions:
//  * A term in days starts on the day after the event and ends with its last local day (23:59:59 in the
//  tenant's
//    zone). Clock hours run from the very instant.
//  * A term in calendar days or months that ends on a day off is not prolonged to the next business day: the
//  Civil
//    Code's rule (art. 193) would make it later, and nothing here may be late on a disputed rule.
//  * A deadline keeps the calendar revisions it was counted with. A revision that would make it later changes
//    nothing. One that makes it earlier does: recheck() gives the earlier deadline, with `moved_earlier`, and
//    who handles the case is told at once.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "json/types.hpp"
#include "privacy/calendar.hpp"

namespace chatika::privacy {

enum class Trigger {
  information_request,     // answer or reasoned refusal
  accuracy_block,          // accuracy is disputed: block while it is checked
  accuracy_correct,        // and correct
  unlawful_stop,           // unlawful processing found: stop it
  unlawful_destroy,        // and destroy what cannot be made lawful
  destroy_on_demand,       // the person shows it was got unlawfully or is not needed: destroy
  breach_notify,           // tell the authority of a breach
  breach_report,           // tell it what the inquiry found
  purpose_reached,         // destroy
  consent_withdrawn,       // destroy
  stop_demand,             // stop processing on demand
  destruction_impossible,  // blocked because it cannot be destroyed in time: destroy
  register_change,         // tell Roskomnadzor of a change of what was notified
};
CHATIKA_JSON_ENUM(Trigger, information_request, accuracy_block, accuracy_correct, unlawful_stop,
                  unlawful_destroy, destroy_on_demand, breach_notify, breach_report, purpose_reached, consent_withdrawn,
                  stop_demand, destruction_impossible, register_change)

enum class TermUnit { at_once, business_days, calendar_days, clock_hours, months, day_of_next_month };

struct Term {
  Trigger trigger;
  TermUnit unit;
  int amount;
  int extension = 0;            // business days more, once, with a reasoned notice before the end
  std::string_view article;     // "152-FZ art. 20(1)"
  std::string_view article_ru;  // "ч. 1 ст. 20 152-ФЗ"
};
std::span<const Term> terms();
const Term& term(Trigger trigger);

struct Deadline {
  Trigger trigger = Trigger::information_request;
  Time received;                // the event the term runs from
  Time due;                     // the last moment that is in time
  std::string due_day;          // "2026-05-14", in the zone it was counted in
  std::vector<Time> reminders;  // ascending, all after `received` and before `due`
  bool provisional = false;     // rests on a year without a calendar
  bool extended = false;
  bool moved_earlier = false;  // by a newer calendar revision
  std::vector<std::string> revisions;
  std::string article;
  std::string article_ru;

  // The alarm: from the moment after `due` until the act is done.
  [[nodiscard]] bool overdue(Time now) const { return now > due; }
};
CHATIKA_JSON(Deadline, trigger, received, due, due_day, reminders, provisional, extended, moved_earlier,
             revisions, article, article_ru)

// `zone` is a known IANA zone. Reminders: 9:00 local three and one business day before; half the time and two
// hours before for hours.
Deadline compute(Trigger trigger, Time received, std::string_view zone, const Calendars& calendars,
                 std::string_view region = kRussia);

// With the reasoned notice to the person (art. 20(1), 21(5.1)): as many business days more after the end.
// Errc::invalid: this term has no extension; Errc::conflict: extended already, or its end has passed.
Result<Deadline> extend(const Deadline& deadline, Time notified, std::string_view zone,
                        const Calendars& calendars, std::string_view region = kRussia);

// With calendars that may have newer revisions: the deadline as it now has to be kept, or nothing when it
// stays. Something comes when it is now earlier, or when the year it rested on has got its calendar and the
// end is not later (then it is provisional no more).
std::optional<Deadline> recheck(const Deadline& deadline, std::string_view zone, const Calendars& calendars,
                                std::string_view region = kRussia);

}  // namespace chatika::privacy
