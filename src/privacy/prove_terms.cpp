// Time: the calendars that deadlines are counted by.
#include <fmt/format.h>

#include "privacy/calendar.hpp"
#include "privacy/prove_checks.hpp"

namespace chatika::privacy {
namespace {

Finding calendars_count_right(ProveScope& scope) {
  const struct {
    const char* from;
    const char* last;
  } vectors[] = {{"2026-04-28", "2026-05-14"}, {"2026-12-25", "2027-01-19"}, {"2027-02-15", "2027-03-02"}};
  for (const auto& v : vectors) {
    const auto counted = add_business_days(Calendars::shipped(), kRussia, *parse_day(v.from), 10);
    if (to_text(counted.day) != v.last)
      return failed(fmt::format("{} + 10 business days is {}", v.from, to_text(counted.day)));
  }
  const auto now = calendars();
  const auto this_year = year_of(std::chrono::floor<std::chrono::days>(
      std::chrono::local_seconds(std::chrono::floor<std::chrono::seconds>(scope.now).time_since_epoch())));
  const auto* calendar = now->in_force(kRussia, this_year);
  if (calendar == nullptr)
    return failed(
        fmt::format("there is no production calendar of {}: every deadline is provisional", this_year));
  return passed(
      fmt::format("three known terms are counted right; the calendar in force is {}", calendar->id));
}

}  // namespace

std::vector<Promise> prove_terms() {
  return {
      {41, "requests are answered in 10 business days (+5)", calendars_count_right},
  };
}

}  // namespace chatika::privacy
