// Booking: what is free, holding it, confirming, cancelling. Widget, assistant, panel and API all come
// through here.
//
// Refuses: a start off the grid, outside working time, in the past, too far ahead or already taken; the
// database itself refuses an overlap of live bookings of one specialist on both engines. A hold that has run
// out reads as cancelled everywhere. To a visitor only their own bookings exist.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "booking/model.hpp"
#include "privacy/access.hpp"

namespace chatika::booking {

inline constexpr int kGridMin = 15;                        // starts lie on local quarters of an hour
inline constexpr auto kNotice = std::chrono::minutes(30);  // nobody can come sooner
inline constexpr auto kHorizon = std::chrono::days(60);    // how far ahead one can book
inline constexpr std::size_t kUpcomingOfConversation = 5;  // confirmed visits to come: a family's, not a calendar's
inline constexpr auto kHold = std::chrono::minutes(10);    // how long a time waits for the visitor's yes

Catalog catalog(db::Tx& tx);
// Replaces nothing: for seeds and tests. Specialists come before the services that name them.
void add_service(db::Tx& tx, const Service& service, int place);
void add_specialist(db::Tx& tx, const Specialist& specialist, int place);

struct FreeQuery {
  ServiceId service;
  std::optional<SpecialistId> specialist;  // nobody: any who does the service
  Time from;
  Time to;  // exclusive
  std::string_view zone;
};
// Free starts in order of time; with "any" each time once, given to the specialist with the fewest bookings
// that day. Errc::not_found for an unknown service or a specialist who does not do it.
Result<std::vector<Start>> free_starts(privacy::Access& access, const Catalog& catalog,
                                       const FreeQuery& query);

struct HoldRequest {
  ServiceId service;
  SpecialistId specialist;
  Time starts_at;
  SubjectId visitor;
  std::optional<ConversationId> conversation;
  std::string_view zone;
};
// Errc::taken when someone was faster; Errc::invalid (/starts_at: past, outside_hours, off_grid, too_far)
// otherwise. A visitor's earlier hold of the same conversation is given up.
Result<Booking> hold(privacy::Access& access, const Catalog& catalog, const HoldRequest& request);
// held -> confirmed. Errc::gone when the hold has run out or was cancelled; confirming twice is the same
// booking.
Result<Booking> confirm(privacy::Access& access, BookingId id);
// Any live booking -> cancelled; cancelling twice is the same booking. Errc::not_found for an unknown id.
Result<Booking> cancel(privacy::Access& access, BookingId id);

Result<Booking> find(privacy::Access& access, BookingId id);
// Live and cancelled bookings that start in [from, to), by start; at most kDayBookings.
inline constexpr std::size_t kDayBookings = 1000;
std::vector<Booking> starting_between(privacy::Access& access, Time from, Time to);
std::vector<Booking> of_conversation(privacy::Access& access, ConversationId conversation);

}  // namespace chatika::booking
