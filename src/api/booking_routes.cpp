// The day's bookings, cancelling one, and the catalogue.
#include "api/route.hpp"
#include "assistant/phrases.hpp"
#include "inbox/inbox.hpp"

namespace chatika::api {

using Services = Items<Service>;
CHATIKA_JSON(Services, items, next)

namespace {

Result<std::chrono::local_days> day_of(const Call& call, Time now, std::string_view zone) {
  const auto text = query_text(call, "date");
  if (!text) return std::chrono::floor<std::chrono::days>(booking::to_local(now, zone));
  const auto midnight = parse_rfc3339(*text + "T00:00:00Z");
  if (!midnight) return fail_field("/query/date", "malformed");
  return std::chrono::local_days(std::chrono::floor<std::chrono::days>(*midnight).time_since_epoch());
}

Result<DayOfBookings> list_day(Desk& desk, const Nothing&) {
  const auto& zone = desk.tenant.profile.time_zone;
  const auto day = TRY(day_of(desk.call, desk.access.now(), zone));
  const auto catalog = desk.catalog();
  const auto from = booking::from_local(day, zone);
  const auto to = booking::from_local(day + std::chrono::days(1), zone);
  DayOfBookings out{
      .date = to_rfc3339(Time(day.time_since_epoch())).substr(0, 10),
      .time_zone = zone,
      .specialists = {},
      .items = TRY(views(desk.access, *catalog, booking::starting_between(desk.access, from, to)))};
  for (const auto& s : catalog->specialists)
    out.specialists.push_back({s.id, s.name(desk.call.language), s.title(desk.call.language)});
  return out;
}

// The visitor learns in the conversation that staff cancelled: the card there must not go on saying "booked".
Result<void> tell_visitor(Desk& desk, const booking::Booking& cancelled, const Booking& shown) {
  if (!cancelled.conversation) return {};
  auto thread = TRY(inbox::thread(desk.access, *cancelled.conversation));
  const auto& profile = desk.tenant.profile;
  const auto when = assistant::phrases::day_and_time(
      booking::to_local(cancelled.starts_at, profile.time_zone), thread.language);
  inbox::Body body{.text = thread.language == "en"
                               ? "A member of staff has cancelled your appointment " + when + "."
                               : "Сотрудник отменил вашу запись " + when + "."};
  body.booking = inbox::BookingCard{.reference = shown.reference,
                                    .service = shown.service,
                                    .specialist = shown.specialist,
                                    .starts_at = shown.starts_at,
                                    .ends_at = shown.ends_at,
                                    .time_zone = profile.time_zone,
                                    .status = inbox::CardStatus::cancelled,
                                    .place = profile.address.in(thread.language)};
  const auto message =
      TRY(inbox::append(desk.access, thread, {.from = inbox::Sender::system, .body = std::move(body)}));
  inbox::save(desk.access, thread);
  const auto feed = inbox::record(desk.access, inbox::FeedKind::messages, thread.id, message.seq);
  return announce_messages(desk.access, thread, {message}, feed, desk.outbox);
}

Result<Booking> cancel_booking(Desk& desk, const Nothing&) {
  const auto id = TRY(desk.id<BookingId>());
  const bool live = TRY(booking::find(desk.access, id)).status != booking::BookingStatus::cancelled;
  const auto cancelled = TRY(booking::cancel(desk.access, id));
  auto out = TRY(view(desk.access, *desk.catalog(), cancelled));
  if (!live) return out;  // repeated: everyone knows
  CHECK(tell_visitor(desk, cancelled, out));
  desk.outbox.to_panels(PanelBooking{inbox::record(desk.access, inbox::FeedKind::booking, out.id), out});
  return out;
}

Result<Services> list_services(Desk& desk, const Nothing&) {
  const auto catalog = desk.catalog();
  Services out;
  for (const auto& s : catalog->services) {
    Service service{.id = s.id,
                    .name = s.name(desk.call.language),
                    .duration_min = s.duration_min,
                    .price = s.price,
                    .specialists = {}};
    for (const auto id : s.specialists)
      if (const auto* specialist = catalog->specialist(id))
        service.specialists.push_back(specialist->name(desk.call.language));
    out.items.push_back(std::move(service));
  }
  return out;
}

}  // namespace

void add_booking_routes(std::vector<Route>& table) {
  using enum http::Method;
  table.push_back(panel_route<list_day>(get, "/api/v1/bookings", Gate::employee, "bookings.list",
                                        "Bookings of a local day", {"date"}));
  table.push_back(panel_route<cancel_booking>(post, "/api/v1/bookings/{id}/cancel", Gate::employee,
                                              "booking.cancel", "Cancel a booking"));
  table.push_back(panel_route<list_services>(get, "/api/v1/services", Gate::employee, "services.list",
                                             "What can be booked"));
}

}  // namespace chatika::api
