// Time: retention, truncated addresses, deadlines.
#include <fmt/format.h>

#include "privacy/calendar.hpp"
#include "privacy/prove_checks.hpp"
#include "privacy/prove_store.hpp"

namespace chatika::privacy {
namespace {

constexpr auto kSweepPause = std::chrono::days(2);  // a sweep that could not run yesterday has run by then

Finding addresses_are_truncated(ProveScope& scope) {
  const auto limit = scope.now - std::chrono::days(rule(Retention::addresses).days) - kSweepPause;
  const auto old = scope.sum([&](const auto&, Access& access) -> Result<std::int64_t> {
    return prove_store::addresses_older_than(access.tx(), limit);
  });
  if (!old) return failed(old.error().cause);
  if (*old > 0)
    return failed(fmt::format("{} addresses are older than {} days and not truncated", *old,
                              rule(Retention::addresses).days));
  return passed(fmt::format("no whole address is older than {} days", rule(Retention::addresses).days));
}

// The longest a business may have set; what it has set is the sweep's to keep.
Finding nothing_outlives_its_period(ProveScope& scope) {
  const auto old = scope.sum([&](const auto&, Access& access) -> Result<std::int64_t> {
    return prove_store::sessions_older_than(
               access.tx(), scope.now - std::chrono::days(rule(Retention::sessions).most) - kSweepPause) +
           prove_store::conversations_older_than(
               access.tx(), scope.now - std::chrono::days(rule(Retention::conversations).most) - kSweepPause);
  });
  if (!old) return failed(old.error().cause);
  if (*old > 0)
    return failed(fmt::format("{} sessions and conversations are older than any period allows", *old));
  return passed("no session and no conversation is older than the longest period allows");
}

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
      {5, "retention is enforced by the program", nothing_outlives_its_period},
      {11, "network addresses serve security only, then they are truncated", addresses_are_truncated},
      {41, "requests are answered in 10 business days (+5)", calendars_count_right},
      {43, "data are deleted when their period ends", nothing_outlives_its_period},
  };
}

}  // namespace chatika::privacy
