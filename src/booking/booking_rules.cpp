#include "booking/booking_rules.hpp"

#include <algorithm>
#include <map>

#include "booking/booking.hpp"
#include "booking/zones.hpp"

namespace chatika::booking::rules {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Micros kGrid = minutes(kGridMin);

std::vector<Period> joined(std::vector<Period> periods) {
  std::ranges::sort(periods, {}, &Period::from);
  std::vector<Period> out;
  for (const auto& p : periods) {
    if (p.from >= p.to) continue;  // a window that lies in a skipped hour
    if (!out.empty() && p.from <= out.back().to)
      out.back().to = std::max(out.back().to, p.to);
    else
      out.push_back(p);
  }
  return out;
}

Micros past_grid(Time t, seconds offset) {
  const auto local = t.time_since_epoch() + offset;
  return local - std::chrono::floor<std::chrono::duration<std::int64_t, std::ratio<60 * kGridMin>>>(local);
}

// Walks the local quarters of an hour; keeps the zone's current offset so that most steps are an addition.
class Grid {
 public:
  Grid(Time t, std::string_view zone) : zone_(zone), span_(offset_span(t, zone)) {}

  // The first start at or after `t`. Calls are in ascending order.
  Time at_or_after(Time t) {
    for (;;) {  // bounded: each turn is the next clock change, and every stretch between two has quarters
      if (t >= span_.to) span_ = offset_span(t, zone_);
      const auto over = past_grid(t, span_.offset);
      const auto next = over == Micros{0} ? t : t + (kGrid - over);
      if (next < span_.to) return next;
      t = span_.to;
    }
  }

 private:
  std::string_view zone_;
  OffsetSpan span_;
};

}  // namespace

std::chrono::local_days local_day(Time t, std::string_view zone) {
  return std::chrono::floor<days>(to_local(t, zone));
}

Time day_begin(std::chrono::local_days day, std::string_view zone) {
  return from_local(day, zone);
}

std::vector<Period> working_periods(std::span<const Window> windows, Time from, Time to,
                                    std::string_view zone) {
  std::vector<Period> out;
  const auto last = local_day(to, zone) + days(1);
  for (auto day = local_day(from, zone) - days(1); day <= last; day += days(1)) {
    const auto weekday = static_cast<int>(std::chrono::weekday(day).c_encoding());
    for (const auto& w : windows)
      if (w.weekday == weekday)
        out.push_back(
            {from_local(day + minutes(w.start_min), zone), from_local(day + minutes(w.end_min), zone)});
  }
  return joined(std::move(out));
}

std::vector<Period> without(std::vector<Period> periods, std::vector<Period> busy) {
  periods = joined(std::move(periods));
  busy = joined(std::move(busy));
  std::vector<Period> out;
  auto b = busy.begin();
  for (const auto& p : periods) {
    auto from = p.from;
    while (b != busy.end() && b->to <= from) ++b;
    for (auto at = b; at != busy.end() && at->from < p.to; ++at) {
      if (from < at->from) out.push_back({from, at->from});
      from = std::max(from, at->to);
    }
    if (from < p.to) out.push_back({from, p.to});
  }
  return out;
}

bool on_grid(Time t, std::string_view zone) {
  return past_grid(t, offset_span(t, zone).offset) == Micros{0};
}

std::vector<Time> lay_starts(std::span<const Period> periods, minutes duration, Time from, Time to,
                             std::string_view zone) {
  std::vector<Time> out;
  Grid grid(from, zone);
  for (const auto& p : periods)
    for (auto t = grid.at_or_after(std::max(p.from, from)); t < to && t + duration <= p.to;
         t = grid.at_or_after(t + Micros{1}))
      out.push_back(t);
  return out;
}

std::vector<Start> choose(std::span<const Candidate> candidates, std::string_view zone) {
  struct Best {
    SpecialistId specialist;
    int bookings;
  };
  std::map<Time, Best> best;
  for (const auto& c : candidates) {
    std::map<std::chrono::local_days, int> bookings;
    for (const auto t : c.bookings) ++bookings[local_day(t, zone)];
    for (const auto t : c.starts) {
      const auto found = bookings.find(local_day(t, zone));
      const Best mine{c.specialist, found == bookings.end() ? 0 : found->second};
      const auto [at, fresh] = best.emplace(t, mine);
      if (!fresh && mine.bookings < at->second.bookings) at->second = mine;
    }
  }
  std::vector<Start> out;
  out.reserve(best.size());
  for (const auto& [t, b] : best) out.push_back({t, b.specialist});
  return out;
}

}  // namespace chatika::booking::rules
