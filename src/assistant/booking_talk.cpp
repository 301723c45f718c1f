#include <algorithm>
#include <charconv>

#include "assistant/talk.hpp"
#include "booking/booking.hpp"
#include "inbox/inbox.hpp"
#include "language/phone.hpp"

namespace chatika::assistant {
namespace {

using namespace std::chrono;
using phrases::Label;
using phrases::Phrase;

constexpr auto kOfferDays = days(14);         // how far the first offer looks
constexpr std::size_t kOfferedDays = 7;
constexpr std::size_t kOfferedTimes = 40;     // of one day
constexpr std::size_t kOfferedServices = 12;

local_seconds local(const Talk& talk, Time t) { return booking::to_local(t, talk.business.time_zone); }

inbox::BookingCard card(const Talk& talk, const booking::Booking& b) {
  const auto* service = talk.catalog.service(b.service);
  const auto* specialist = talk.catalog.specialist(b.specialist);
  return {.reference = b.reference,
          .service = service == nullptr ? "" : service->name(talk.language()),
          .specialist = specialist == nullptr ? "" : specialist->name(talk.language()),
          .starts_at = b.starts_at,
          .ends_at = b.ends_at,
          .time_zone = talk.business.time_zone,
          .status = b.status == booking::BookingStatus::held        ? inbox::CardStatus::held
                    : b.status == booking::BookingStatus::confirmed ? inbox::CardStatus::confirmed
                                                                    : inbox::CardStatus::cancelled,
          .place = talk.business.address(talk.language())};
}

std::string service_label(const Talk& talk, const booking::Service& service) {
  auto label = service.name(talk.language());
  if (service.price) label += " · " + phrases::price(*service.price, talk.language());
  return label;
}

void ask_service(Talk& talk) {
  talk.asking(Step::service);
  auto& reply = talk.say(Phrase::ask_service);
  for (const auto& service : talk.catalog.services) {
    if (reply.choices.size() >= kOfferedServices) break;
    reply.choices.push_back({"service:" + to_string(service.id), service_label(talk, service)});
  }
}

void ask_which_service(Talk& talk) {
  talk.asking(Step::service);
  auto& reply = talk.say(Phrase::which_service);
  const auto best = talk.heard.services.front().score;
  for (const auto& match : talk.heard.services) {
    if (match.score < best - 0.25 || reply.choices.size() >= kOfferedServices) break;
    const auto& service = talk.catalog.services[match.index];
    reply.choices.push_back({"service:" + to_string(service.id), service_label(talk, service)});
  }
}

void ask_specialist(Talk& talk, const booking::Service& service) {
  talk.asking(Step::specialist);
  auto& reply = talk.say(Phrase::ask_specialist);
  reply.choices.push_back(talk.choice_of("specialist:any", Label::any_specialist));
  for (const auto id : service.specialists)
    if (const auto* s = talk.catalog.specialist(id))
      reply.choices.push_back({"specialist:" + to_string(id), s->name(talk.language()) + ", " + s->title(talk.language())});
}

bool wished(const Dialogue& d, local_seconds start) {
  const auto day = floor<days>(start);
  const auto minute = floor<minutes>(start - day).count();
  const auto inside = [](const std::vector<Range>& ranges, std::int64_t value) {
    return ranges.empty() ||
           std::any_of(ranges.begin(), ranges.end(), [&](const Range& r) { return r.from <= value && value < r.to; });
  };
  return inside(d.days, day.time_since_epoch().count()) && inside(d.times, minute);
}

std::vector<inbox::Day> as_days(const Talk& talk, const std::vector<booking::Start>& starts) {
  std::vector<inbox::Day> out;
  for (const auto& start : starts) {
    const auto at = local(talk, start.at);
    const auto day = floor<days>(at);
    const auto date = phrases::iso_date(day);
    if (out.empty() || out.back().date != date) {
      if (out.size() == kOfferedDays) break;
      out.push_back({date, phrases::short_day(day, talk.language()), {}});
    }
    if (out.back().times.size() < kOfferedTimes)
      out.back().times.push_back(
          {"time:" + std::to_string(to_micros(start.at) / 60'000'000) + ":" + to_string(start.specialist), phrases::clock(at)});
  }
  return out;
}

Result<std::vector<booking::Start>> free_starts(Talk& talk, Time from, Time to) {
  const auto& d = talk.dialogue;
  return booking::free_starts(talk.access, talk.catalog,
                              {.service = *d.service, .specialist = d.specialist, .from = from, .to = to,
                               .zone = talk.business.time_zone});
}

// The free starts that fit the wish, and whether any wish had to be dropped to find some.
struct Offer {
  std::vector<booking::Start> starts;
  bool as_wished = true;
};
Result<Offer> find_offer(Talk& talk) {
  const auto now = talk.access.now();
  const auto& d = talk.dialogue;
  Time to = now + kOfferDays;
  for (const auto& range : d.days)
    to = std::max(to, booking::from_local(local_days(days(range.to)), talk.business.time_zone));
  to = std::min(to, now + booking::kHorizon);
  auto all = TRY(free_starts(talk, now, to));
  Offer offer;
  for (const auto& start : all)
    if (wished(d, local(talk, start.at))) offer.starts.push_back(start);
  if (!offer.starts.empty()) return offer;
  offer.as_wished = false;
  // The nearest to what was wished: from its first day on, else from now.
  const auto earliest = std::min_element(d.days.begin(), d.days.end(), [](const Range& a, const Range& b) { return a.from < b.from; });
  const auto from = earliest == d.days.end() ? now : std::max(now, booking::from_local(local_days(days(earliest->from)), talk.business.time_zone));
  offer.starts = TRY(free_starts(talk, from, now + booking::kHorizon));
  if (offer.starts.empty()) offer.starts = std::move(all);
  return offer;
}

void offer_times(Talk& talk, const std::vector<booking::Start>& starts, Phrase phrase) {
  talk.asking(Step::time);
  if (starts.empty()) {
    auto& reply = talk.say(Phrase::no_times, talk.business.phone);
    reply.choices = {talk.choice_of("human", Label::human), talk.choice_of("callback", Label::callback)};
    return talk.settle();
  }
  const auto* service = talk.catalog.service(*talk.dialogue.service);
  auto& reply = talk.say(phrase, service->name(talk.language()));
  reply.days = as_days(talk, starts);
}

Result<void> offer(Talk& talk, std::optional<Phrase> because = {}) {
  auto found = TRY(find_offer(talk));
  offer_times(talk, found.starts, because.value_or(found.as_wished ? Phrase::offer_times : Phrase::no_times_then));
  if (!found.as_wished) talk.dialogue.times.clear();
  return {};
}

// Holds the start. When that is refused, says why and offers what is free.
Result<void> hold(Talk& talk, const booking::Start& start) {
  auto& d = talk.dialogue;
  auto held = booking::hold(talk.access, talk.catalog,
                            {.service = *d.service, .specialist = start.specialist, .starts_at = start.at,
                             .visitor = talk.thread.visitor, .conversation = talk.thread.id,
                             .zone = talk.business.time_zone});
  if (!held) {
    const auto code = held.error().code;
    if (code != Errc::taken && code != Errc::invalid) return fail(std::move(held).error());
    d.times.clear();
    return offer(talk, code == Errc::taken ? Phrase::taken : Phrase::time_past);
  }
  d.booking = held->id;
  d.starts_at = held->starts_at;
  d.step = Step::none;
  talk.bookings.push_back(held->id);
  return {};
}

Result<void> ask_contact_or_confirm(Talk& talk) {
  auto& d = talk.dialogue;
  const auto contact = TRY(inbox::contact(talk.access, talk.thread.visitor, privacy::Purpose::callback));
  if (!contact.name) {
    talk.say(talk.asking(Step::name) == 1 ? Phrase::ask_name : Phrase::ask_name_again).ask = inbox::Ask::name;
    return {};
  }
  if (!contact.phone) {
    talk.say(talk.asking(Step::phone) == 1 ? Phrase::ask_phone : Phrase::ask_phone_again).ask = inbox::Ask::phone;
    return {};
  }
  const auto held = TRY(booking::find(talk.access, *d.booking));
  const auto summary = card(talk, held);
  auto& reply = talk.asking(Step::confirm) == 1
                    ? talk.say(Phrase::confirm, summary.service, summary.specialist,
                               phrases::day_and_time(local(talk, held.starts_at), talk.language()), *contact.name,
                               language::format_phone(*contact.phone))
                    : talk.say(Phrase::confirm_again);
  reply.booking = summary;
  reply.choices = {talk.choice_of("yes", Label::yes), talk.choice_of("other_time", Label::other_time),
                   talk.choice_of("no", Label::no)};
  return {};
}

void keep_wish(Dialogue& d, const language::When& when) {
  if (!when.days.empty()) {
    d.days.clear();
    for (const auto& r : when.days)
      d.days.push_back({r.first.time_since_epoch().count(), r.end.time_since_epoch().count()});
    d.times.clear();  // a new day is a new wish
  }
  if (!when.times.empty()) {
    d.times.clear();
    for (const auto& r : when.times) d.times.push_back({r.from, r.to});
  }
}

// A wish for exactly one moment: one day and one minute.
bool is_exact(const Dialogue& d) {
  return d.days.size() == 1 && d.days[0].to - d.days[0].from == 1 && d.times.size() == 1 && d.times[0].to - d.times[0].from == 1;
}

Result<void> give_back(Talk& talk) {
  auto& d = talk.dialogue;
  if (!d.booking) return {};
  CHECK(booking::cancel(talk.access, *d.booking));
  talk.bookings.push_back(*d.booking);
  d.booking.reset();
  d.starts_at.reset();
  return {};
}

}  // namespace

bool fill_booking(Talk& talk) {
  auto& d = talk.dialogue;
  const auto& heard = talk.heard;
  bool said = false;
  if (!heard.services.empty() && !language::ambiguous(heard.services)) {
    const auto id = talk.catalog.services[heard.services.front().index].id;
    if (d.service != id) d.specialist.reset(), d.any_specialist = false;
    d.service = id;
    said = true;
  }
  if (!heard.specialists.empty() && !language::ambiguous(heard.specialists)) {
    d.specialist = talk.catalog.specialists[heard.specialists.front().index].id;
    d.any_specialist = false;
    said = true;
  } else if (heard.any && (d.step == Step::specialist || d.task == Task::book)) {
    d.specialist.reset();
    d.any_specialist = said = true;
  }
  if (!heard.when.empty()) {
    keep_wish(d, heard.when);
    said = true;
  }
  return said || language::ambiguous(heard.services) || language::ambiguous(heard.specialists);
}

Result<void> continue_booking(Talk& talk) {
  auto& d = talk.dialogue;
  d.task = Task::book;
  if (d.booking) return ask_contact_or_confirm(talk);
  if (!d.service && language::ambiguous(talk.heard.services)) return ask_which_service(talk), Result<void>{};
  if (!d.service && d.specialist) {  // "к Лебедевой": what does she do?
    std::vector<const booking::Service*> theirs;
    for (const auto& s : talk.catalog.services)
      if (std::find(s.specialists.begin(), s.specialists.end(), *d.specialist) != s.specialists.end()) theirs.push_back(&s);
    if (theirs.size() == 1) {
      d.service = theirs.front()->id;
    } else {
      talk.asking(Step::service);
      auto& reply = talk.say(Phrase::ask_service);
      for (const auto* s : theirs) reply.choices.push_back({"service:" + to_string(s->id), service_label(talk, *s)});
      return {};
    }
  }
  if (!d.service) return ask_service(talk), Result<void>{};
  const auto* service = talk.catalog.service(*d.service);
  if (service == nullptr) return d.service.reset(), ask_service(talk), Result<void>{};
  if (d.specialist && std::find(service->specialists.begin(), service->specialists.end(), *d.specialist) == service->specialists.end())
    d.specialist.reset();
  if (!d.specialist && !d.any_specialist) {
    if (service->specialists.size() != 1) return ask_specialist(talk, *service), Result<void>{};
    d.specialist = service->specialists.front();
  }
  if (is_exact(d)) {
    const auto found = TRY(find_offer(talk));
    if (found.as_wished && !found.starts.empty()) {
      CHECK(hold(talk, found.starts.front()));
      return d.booking ? ask_contact_or_confirm(talk) : Result<void>{};
    }
  }
  return offer(talk);
}

Result<void> choose_service(Talk& talk, std::string_view id) {
  const auto uuid = parse_uuid(id);
  if (!uuid || talk.catalog.service(ServiceId(*uuid)) == nullptr) return fail_field("/choice", "not_one_of");
  CHECK(give_back(talk));
  auto& d = talk.dialogue;
  if (d.service != ServiceId(*uuid)) d.any_specialist = false;
  d.service = ServiceId(*uuid);
  return continue_booking(talk);
}

Result<void> choose_specialist(Talk& talk, std::string_view id) {
  auto& d = talk.dialogue;
  CHECK(give_back(talk));
  if (id == "any") {
    d.specialist.reset();
    d.any_specialist = true;
    return continue_booking(talk);
  }
  const auto uuid = parse_uuid(id);
  if (!uuid || talk.catalog.specialist(SpecialistId(*uuid)) == nullptr) return fail_field("/choice", "not_one_of");
  d.specialist = SpecialistId(*uuid);
  d.any_specialist = false;
  return continue_booking(talk);
}

Result<void> choose_time(Talk& talk, std::string_view id) {
  std::int64_t minutes = 0;
  const auto [end, ec] = std::from_chars(id.data(), id.data() + id.size(), minutes);
  const auto used = static_cast<std::size_t>(end - id.data());
  const auto uuid = ec == std::errc() && used < id.size() && id[used] == ':' ? parse_uuid(id.substr(used + 1)) : std::nullopt;
  constexpr std::int64_t kMostMinutes = 4'000'000'000;  // the year 9575
  if (!uuid || minutes < 0 || minutes > kMostMinutes) return fail_field("/choice", "not_one_of");
  if (!talk.dialogue.service) return continue_booking(talk);  // an old offer after the booking was settled
  talk.dialogue.task = Task::book;
  talk.dialogue.booking.reset();  // hold() gives up the earlier one
  CHECK(hold(talk, {from_micros(minutes * 60'000'000), SpecialistId(*uuid)}));
  return talk.dialogue.booking ? ask_contact_or_confirm(talk) : Result<void>{};
}

Result<void> answer_confirmation(Talk& talk, bool yes) {
  auto& d = talk.dialogue;
  if (!d.booking) return continue_booking(talk);
  if (!yes) {
    CHECK(give_back(talk));
    auto& reply = talk.say(Phrase::not_booked);
    reply.choices = {talk.choice_of("other_time", Label::other_time), talk.choice_of("human", Label::human)};
    d.step = Step::time;
    return {};
  }
  auto booked = booking::confirm(talk.access, *d.booking);
  if (!booked) {
    if (booked.error().code != Errc::gone && booked.error().code != Errc::taken) return fail(std::move(booked).error());
    d.booking.reset();
    return offer(talk, Phrase::expired);
  }
  talk.bookings.push_back(booked->id);
  auto& reply = talk.say(Phrase::booked, booked->reference,
                         phrases::day_and_time(local(talk, booked->starts_at), talk.language()));
  reply.booking = card(talk, *booked);
  talk.settle();
  return {};
}

Result<void> drop_booking(Talk& talk) {
  CHECK(give_back(talk));
  talk.settle();
  return {};
}

}  // namespace chatika::assistant
