#include "privacy/deadline.hpp"

#include <algorithm>
#include <array>

#include "base/zone.hpp"

namespace chatika::privacy {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::months;
using std::chrono::year_month_day;

constexpr std::array kTerms{
    Term{Trigger::information_request, TermUnit::business_days, 10, 5, "152-FZ art. 14, 20(1)",
         "ст. 14, ч. 1 ст. 20 152-ФЗ"},
    Term{Trigger::accuracy_block, TermUnit::at_once, 0, 0, "152-FZ art. 21(1)", "ч. 1 ст. 21 152-ФЗ"},
    Term{Trigger::accuracy_correct, TermUnit::business_days, 7, 0, "152-FZ art. 21(2)", "ч. 2 ст. 21 152-ФЗ"},
    Term{Trigger::unlawful_stop, TermUnit::business_days, 3, 0, "152-FZ art. 21(3)", "ч. 3 ст. 21 152-ФЗ"},
    Term{Trigger::unlawful_destroy, TermUnit::business_days, 10, 0, "152-FZ art. 21(3)",
         "ч. 3 ст. 21 152-ФЗ"},
    Term{Trigger::destroy_on_demand, TermUnit::business_days, 7, 0, "152-FZ art. 20(3)",
         "ч. 3 ст. 20 152-ФЗ"},
    Term{Trigger::breach_notify, TermUnit::clock_hours, 24, 0, "152-FZ art. 21(3.1)", "ч. 3.1 ст. 21 152-ФЗ"},
    Term{Trigger::breach_report, TermUnit::clock_hours, 72, 0, "152-FZ art. 21(3.1)", "ч. 3.1 ст. 21 152-ФЗ"},
    Term{Trigger::purpose_reached, TermUnit::calendar_days, 30, 0, "152-FZ art. 21(4)", "ч. 4 ст. 21 152-ФЗ"},
    Term{Trigger::consent_withdrawn, TermUnit::calendar_days, 30, 0, "152-FZ art. 21(5)",
         "ч. 5 ст. 21 152-ФЗ"},
    Term{Trigger::stop_demand, TermUnit::business_days, 10, 5, "152-FZ art. 21(5.1)", "ч. 5.1 ст. 21 152-ФЗ"},
    Term{Trigger::destruction_impossible, TermUnit::months, 6, 0, "152-FZ art. 21(6)", "ч. 6 ст. 21 152-ФЗ"},
    Term{Trigger::register_change, TermUnit::day_of_next_month, 15, 0, "152-FZ art. 22(7)",
         "ч. 7 ст. 22 152-ФЗ"},
};

constexpr int kReminderDays[] = {3, 1};
constexpr auto kReminderHour = hours(9);
constexpr auto kLastHours = hours(2);

Day local_day(Time t, std::string_view zone) {
  return std::chrono::floor<days>(to_local(t, zone));
}

// The last second of the day; of a day that ends in a clock change too.
Time end_of(Day day, std::string_view zone) {
  return from_local(std::chrono::local_seconds(day + days(1)), zone) - std::chrono::seconds(1);
}

// The same day of the month, or its last when it has none (31 August + 6 months = 28 February).
Day plus_months(Day day, int n) {
  auto ymd = year_month_day(day) + months(n);
  if (!ymd.ok()) ymd = ymd.year() / ymd.month() / std::chrono::last;
  return Day(ymd);
}

Counted last_day(const Term& term, Day from, const Calendars& calendars, std::string_view region) {
  switch (term.unit) {
    case TermUnit::business_days:
      return add_business_days(calendars, region, from, term.amount);
    case TermUnit::calendar_days:
      return {.day = from + days(term.amount), .revisions = {}};
    case TermUnit::months:
      return {.day = plus_months(from, term.amount), .revisions = {}};
    case TermUnit::day_of_next_month: {
      const auto next = year_month_day(from).year() / year_month_day(from).month() + months(1);
      return {.day = Day(next / term.amount), .revisions = {}};
    }
    case TermUnit::at_once:
    case TermUnit::clock_hours:
      break;
  }
  return {.day = from, .revisions = {}};
}

void keep(std::vector<Time>& reminders, const Deadline& of) {
  std::erase_if(reminders, [&](Time t) { return t <= of.received || t >= of.due; });
  std::ranges::sort(reminders);
  reminders.erase(std::ranges::unique(reminders).begin(), reminders.end());
}

// `counted` ends the term; fills what follows from its last day.
void end_with(Deadline& deadline, const Counted& counted, std::string_view zone, const Calendars& calendars,
              std::string_view region) {
  deadline.due = end_of(counted.day, zone);
  deadline.due_day = to_text(counted.day);
  deadline.provisional = deadline.provisional || counted.provisional;
  for (const auto& revision : counted.revisions)
    if (std::ranges::find(deadline.revisions, revision) == deadline.revisions.end())
      deadline.revisions.push_back(revision);
  deadline.reminders.clear();
  for (const int n : kReminderDays) {
    const auto day = business_days_before(calendars, region, counted.day, n);
    deadline.reminders.push_back(from_local(std::chrono::local_seconds(day) + kReminderHour, zone));
  }
  keep(deadline.reminders, deadline);
}

Deadline begin(const Term& term, Time received) {
  return {.trigger = term.trigger,
          .received = received,
          .due = received,
          .due_day = {},
          .reminders = {},
          .revisions = {},
          .article = std::string(term.article),
          .article_ru = std::string(term.article_ru)};
}

}  // namespace

std::span<const Term> terms() {
  return kTerms;
}

const Term& term(Trigger trigger) {
  return kTerms.at(static_cast<std::size_t>(trigger));
}

Deadline compute(Trigger trigger, Time received, std::string_view zone, const Calendars& calendars,
                 std::string_view region) {
  const auto& the_term = term(trigger);
  auto out = begin(the_term, received);
  if (the_term.unit == TermUnit::at_once || the_term.unit == TermUnit::clock_hours) {
    out.due = received + hours(the_term.amount);
    out.due_day = to_text(local_day(out.due, zone));
    out.reminders = {received + (out.due - received) / 2, out.due - kLastHours};
    keep(out.reminders, out);
    return out;
  }
  end_with(out, last_day(the_term, local_day(received, zone), calendars, region), zone, calendars, region);
  return out;
}

Result<Deadline> extend(const Deadline& deadline, Time notified, std::string_view zone,
                        const Calendars& calendars, std::string_view region) {
  const auto& the_term = term(deadline.trigger);
  if (the_term.extension == 0) return fail(Errc::invalid, "this term cannot be extended");
  if (deadline.extended) return fail(Errc::conflict, "the term was extended already");
  if (deadline.overdue(notified))
    return fail(Errc::conflict, "the term has ended: it cannot be extended any more");
  auto out = deadline;
  out.extended = true;
  end_with(out, add_business_days(calendars, region, local_day(deadline.due, zone), the_term.extension), zone,
           calendars, region);
  return out;
}

std::optional<Deadline> recheck(const Deadline& deadline, std::string_view zone, const Calendars& calendars,
                                std::string_view region) {
  auto anew = compute(deadline.trigger, deadline.received, zone, calendars, region);
  if (deadline.extended) {
    auto extended = extend(anew, deadline.received, zone, calendars, region);
    if (!extended) return std::nullopt;
    anew = std::move(*extended);
  }
  const bool earlier = anew.due < deadline.due;
  const bool settled = deadline.provisional && !anew.provisional && anew.due == deadline.due;
  if (!earlier && !settled) return std::nullopt;
  anew.moved_earlier = deadline.moved_earlier || earlier;
  return anew;
}

}  // namespace chatika::privacy
