#include "booking/booking.hpp"

#include <algorithm>
#include <array>

#include "booking/booking_rules.hpp"
#include "booking/booking_store.hpp"

namespace chatika::booking {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr auto kLongestVisit = days(1);  // service.duration_min is at most 1440
constexpr int kReferenceTries = 16;
// No vowels (no words), nothing that is taken for something else: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
constexpr std::string_view kReferenceAlphabet = "34679CDFGHJKMNPQRTVWXY";
constexpr std::size_t kReferenceLength = 6;

std::string new_reference() {
  constexpr std::size_t kFair = 256 / kReferenceAlphabet.size() * kReferenceAlphabet.size();
  std::string out;
  while (out.size() < kReferenceLength) {  // a byte in 18 is thrown away
    std::array<std::uint8_t, 2 * kReferenceLength> bytes;
    crypto::random_bytes(bytes);
    for (const auto b : bytes)
      if (b < kFair && out.size() < kReferenceLength)
        out += kReferenceAlphabet[b % kReferenceAlphabet.size()];
  }
  return out;
}

// A hold that has run out is over, whether or not its row says so yet.
Booking as_of(Booking booking, Time now) {
  if (booking.status == BookingStatus::held && booking.hold_until && *booking.hold_until <= now)
    booking.status = BookingStatus::cancelled;
  return booking;
}

bool may_see(const privacy::Access& access, SubjectId visitor) {
  return access.who().kind != privacy::Principal::Kind::visitor || access.who().id == visitor;
}

std::vector<Booking> visible(privacy::Access& access, std::vector<Booking> bookings) {
  std::erase_if(bookings, [&](const Booking& b) { return !may_see(access, b.visitor); });
  for (auto& b : bookings) b = as_of(std::move(b), access.now());
  return bookings;
}

bool does(const Service& service, SpecialistId specialist) {
  return std::ranges::find(service.specialists, specialist) != service.specialists.end();
}

Result<const Specialist*> who_does(const Catalog& catalog, const Service& service, SpecialistId id) {
  const auto* specialist = catalog.specialist(id);
  if (specialist == nullptr || !does(service, id))
    return fail(Errc::not_found, "no such specialist of this service");
  return specialist;
}

Result<void> check_start(const Specialist& specialist, Time start, Time end, Time now,
                         std::string_view zone) {
  if (start < now + kNotice) return fail_field("/starts_at", "past");
  if (start > now + kHorizon) return fail_field("/starts_at", "too_far");
  if (!rules::on_grid(start, zone)) return fail_field("/starts_at", "off_grid");
  const auto periods = rules::working_periods(specialist.windows, start, end, zone);
  const bool inside =
      std::ranges::any_of(periods, [&](const auto& p) { return p.from <= start && end <= p.to; });
  if (!inside) return fail_field("/starts_at", "outside_hours");
  return {};
}

Result<void> insert_hold(privacy::Access& access, Booking& booking) {
  for (int i = 0; i < kReferenceTries; ++i) {
    booking.reference = new_reference();
    switch (store::insert(access.tx(), booking, access.now())) {
      case db::Refusal::none:
        return {};
      case db::Refusal::unique:
        continue;
      case db::Refusal::overlap:
        return fail(Errc::taken, "someone was faster");
      case db::Refusal::check:
        return fail(Errc::internal, "the schema refuses a booking");
    }
  }
  return fail(Errc::unavailable, "no free reference was found");
}

}  // namespace

const Service* Catalog::service(ServiceId id) const {
  const auto found = std::ranges::find(services, id, &Service::id);
  return found == services.end() ? nullptr : &*found;
}

const Specialist* Catalog::specialist(SpecialistId id) const {
  const auto found = std::ranges::find(specialists, id, &Specialist::id);
  return found == specialists.end() ? nullptr : &*found;
}

Catalog catalog(db::Tx& tx) {
  return store::catalog(tx);
}
void add_service(db::Tx& tx, const Service& service, int place) {
  store::insert_service(tx, service, place);
}
void add_specialist(db::Tx& tx, const Specialist& specialist, int place) {
  store::insert_specialist(tx, specialist, place);
}

Result<std::vector<Start>> free_starts(privacy::Access& access, const Catalog& catalog,
                                       const FreeQuery& query) {
  const auto* service = catalog.service(query.service);
  if (service == nullptr) return fail(Errc::not_found, "no such service");
  std::vector<const Specialist*> asked;
  if (query.specialist) {
    asked.push_back(TRY(who_does(catalog, *service, *query.specialist)));
  } else {
    for (const auto& s : catalog.specialists)
      if (does(*service, s.id)) asked.push_back(&s);
  }
  const auto now = access.now();
  const auto from = std::max(query.from, now + kNotice);
  const auto to = std::min(query.to, now + kHorizon + Micros{1});
  if (from >= to) return std::vector<Start>{};

  // Whole local days, because fairness counts them; and what a visit at either end can run into.
  const minutes duration(service->duration_min);
  const auto first = rules::day_begin(rules::local_day(from, query.zone), query.zone) - kLongestVisit;
  const auto last =
      std::max(rules::day_begin(rules::local_day(to, query.zone) + days(1), query.zone), to + duration);
  std::vector<rules::Candidate> candidates;
  for (const auto* specialist : asked) {
    rules::Candidate c{.specialist = specialist->id, .starts = {}, .bookings = {}};
    std::vector<rules::Period> busy;
    for (const auto& t : store::taken(access.tx(), specialist->id, first, last, now)) {
      c.bookings.push_back(t.starts_at);
      busy.push_back({t.starts_at, t.ends_at});
    }
    const auto free = rules::without(
        rules::working_periods(specialist->windows, from, to + duration, query.zone), std::move(busy));
    c.starts = rules::lay_starts(free, duration, from, to, query.zone);
    candidates.push_back(std::move(c));
  }
  return rules::choose(candidates, query.zone);
}

Result<Booking> hold(privacy::Access& access, const Catalog& catalog, const HoldRequest& request) {
  if (!may_see(access, request.visitor)) return fail(Errc::not_found, "a visitor books for another person");
  const auto* service = catalog.service(request.service);
  if (service == nullptr) return fail(Errc::not_found, "no such service");
  const auto* specialist = TRY(who_does(catalog, *service, request.specialist));
  const auto now = access.now();
  const minutes duration(service->duration_min);
  // The far ends of Time would overflow below: refused before anything is added to them.
  if (request.starts_at > now + kHorizon) return fail_field("/starts_at", "too_far");
  const auto ends_at = request.starts_at + duration;
  CHECK(check_start(*specialist, request.starts_at, ends_at, now, request.zone));

  auto& tx = access.tx();
  access.audit(request.visitor);
  // One conversation must not fill the calendar: whoever needs more visits is served by a person.
  if (request.conversation && store::upcoming(tx, *request.conversation, now) >= kUpcomingOfConversation)
    return fail(Errc::too_many, "the conversation has enough bookings");
  store::expire_holds(tx, specialist->id, request.starts_at - kLongestVisit, ends_at, now);
  std::vector<BookingId> given_up;
  if (request.conversation) given_up = store::live_holds(tx, *request.conversation, now);
  for (const auto& id : given_up) store::cancel(tx, id);

  Booking booking{.id = BookingId::fresh(),
                  .reference = {},
                  .service = service->id,
                  .specialist = specialist->id,
                  .visitor = request.visitor,
                  .conversation = request.conversation,
                  .starts_at = request.starts_at,
                  .ends_at = ends_at,
                  .status = BookingStatus::held,
                  .hold_until = now + kHold};
  if (auto held = insert_hold(access, booking); !held) {
    // A caller may go on within this transaction: what the visitor had must not be lost over a refusal.
    for (const auto& id : given_up) store::hold_again(tx, id);
    return fail(std::move(held).error());
  }
  return booking;
}

Result<Booking> find(privacy::Access& access, BookingId id) {
  auto booking = store::find(access.tx(), id);
  if (!booking || !may_see(access, booking->visitor)) return fail(Errc::not_found, "no such booking");
  return as_of(std::move(*booking), access.now());
}

Result<Booking> confirm(privacy::Access& access, BookingId id) {
  auto booking = TRY(find(access, id));
  if (booking.status == BookingStatus::cancelled)
    return fail(Errc::gone, "the hold has run out or was cancelled");
  access.audit(booking.visitor);
  if (booking.status == BookingStatus::confirmed) return booking;
  store::confirm(access.tx(), id);
  booking.status = BookingStatus::confirmed;
  booking.hold_until.reset();
  return booking;
}

Result<Booking> cancel(privacy::Access& access, BookingId id) {
  auto booking = TRY(find(access, id));
  access.audit(booking.visitor);
  store::cancel(access.tx(), id);
  booking.status = BookingStatus::cancelled;
  return booking;
}

std::vector<Booking> starting_between(privacy::Access& access, Time from, Time to) {
  return visible(access, store::starting_between(access.tx(), from, to, kDayBookings));
}

std::vector<Booking> of_conversation(privacy::Access& access, ConversationId conversation) {
  return visible(access, store::of_conversation(access.tx(), conversation, kDayBookings));
}

}  // namespace chatika::booking
