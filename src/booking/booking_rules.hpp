// Decisions about time, without a database: when a specialist works, which starts fit, who of several gets a
// visit.
#pragma once

#include <chrono>
#include <span>
#include <string_view>
#include <vector>

#include "booking/model.hpp"

namespace chatika::booking::rules {

struct Period {
  Time from;
  Time to;  // exclusive
  bool operator==(const Period&) const = default;
};

// When the weekly windows let someone work in the local days that [from, to) touches and their neighbours: in
// order, touching windows joined (midnight is no border). A window runs from its first local moment to its
// last on the clock of that day, so one that spans a clock change is an hour shorter or longer.
std::vector<Period> working_periods(std::span<const Window> windows, Time from, Time to,
                                    std::string_view zone);

// `periods` without `busy`; both in any order, the result in order.
std::vector<Period> without(std::vector<Period> periods, std::vector<Period> busy);

// Whole local minutes that are a multiple of the grid. Both occurrences of a doubled local time are.
bool on_grid(Time t, std::string_view zone);

// The starts in [from, to) on the grid such that the whole visit lies in one of the periods; in order.
std::vector<Time> lay_starts(std::span<const Period> periods, std::chrono::minutes duration, Time from,
                             Time to, std::string_view zone);

std::chrono::local_days local_day(Time t, std::string_view zone);
Time day_begin(std::chrono::local_days day, std::string_view zone);

// What one specialist can take, for choose().
struct Candidate {
  SpecialistId specialist;
  std::vector<Time> starts;    // in order
  std::vector<Time> bookings;  // starts of live bookings, for fairness
};
// Each start once, given to the candidate with the fewest bookings on the start's local day; of equals the
// first.
std::vector<Start> choose(std::span<const Candidate> candidates, std::string_view zone);

}  // namespace chatika::booking::rules
