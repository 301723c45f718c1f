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

// Holds the start. When that is refused, says why and offers what is free.
Result<void> hold(Talk& talk, const booking::Start& start) {
  auto& d = talk.dialogue;
  auto held = booking::hold(talk.access, talk.catalog,
                            {.service = *d.service,
                             .specialist = start.specialist,
                             .starts_at = start.at,
                             .visitor = talk.thread.visitor,
                             .conversation = talk.thread.id,
                             .zone = talk.business.time_zone});
  if (!held) {
    const auto code = held.error().code;
    if (code == Errc::too_many) {  // enough visits for one conversation: a person must look
      talk.say(Phrase::enough_bookings).choices = {talk.human(), talk.choice_of("callback", Label::callback)};
      talk.settle();
      return {};
    }
    if (code != Errc::taken && code != Errc::invalid) return fail(std::move(held).error());
    d.times.clear();
    return offer(talk, code == Errc::taken ? Phrase::taken : Phrase::not_free);
  }
  d.booking = held->id;
  d.starts_at = held->starts_at;
  d.step = Step::none;
  talk.just_held = true;
  talk.bookings.push_back(held->id);
  return {};
}

// Which time is held, before the question that follows.
void say_held_first(Talk& talk) {
  if (!talk.just_held) return;
  auto& reply = talk.replies.back();
  reply.text = phrases::say(Phrase::held, talk.language(),
                            talk.catalog.service(*talk.dialogue.service)->name(talk.language()),
                            phrases::day_and_time(local(talk, *talk.dialogue.starts_at), talk.language())) +
               " " + reply.text;
}

Result<void> ask_contact_or_confirm(Talk& talk) {
  auto& d = talk.dialogue;
  const auto contact = TRY(inbox::contact(talk.access, talk.thread.visitor, privacy::Purpose::callback));
  if (!contact.name) return ask_name(talk, Phrase::ask_name), say_held_first(talk), Result<void>{};
  if (!contact.phone) return ask_phone(talk, Phrase::ask_phone), say_held_first(talk), Result<void>{};
  const auto held = TRY(booking::find(talk.access, *d.booking));
  if (held.status == booking::BookingStatus::cancelled) {  // the hold ran out while the visitor was away
    d.booking.reset();
    d.starts_at.reset();
    return offer(talk, Phrase::expired);
  }
  const auto summary = card(talk, held);
  auto& reply = talk.asking(Step::confirm) == 1 || talk.resuming
                    ? talk.say(Phrase::confirm, summary.service, summary.specialist,
                               phrases::day_and_time(local(talk, held.starts_at), talk.language()),
                               *contact.name, language::format_phone(*contact.phone))
                    : talk.say(Phrase::confirm_again);
  reply.booking = summary;
  reply.choices = {talk.choice_of("yes", Label::yes), talk.choice_of("other_time", Label::other_time),
                   talk.choice_of("no", Label::no)};
  if (d.asked >= kPatience) reply.choices.push_back(talk.human());
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
  return d.days.size() == 1 && d.days[0].to - d.days[0].from == 1 && d.times.size() == 1 &&
         d.times[0].to - d.times[0].from == 1;
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

// Whether a specialist named in this message does the service; nobody named: yes.
bool may_do(const Talk& talk, ServiceId id) {
  const auto& named = talk.heard.specialists;
  if (named.empty() || language::ambiguous(named)) return named.empty();
  const auto* service = talk.catalog.service(id);
  const auto& able = service == nullptr ? std::vector<SpecialistId>() : service->specialists;
  return std::find(able.begin(), able.end(), talk.catalog.specialists[named.front().index].id) != able.end();
}

}  // namespace

bool fill_booking(Talk& talk) {
  auto& d = talk.dialogue;
  const auto& heard = talk.heard;
  bool said = false;
  if (!heard.services.empty() && !language::ambiguous(heard.services)) {
    d.service = talk.catalog.services[heard.services.front().index].id;
    said = true;
  } else if (heard.services.empty() && !d.service && d.topic && may_do(talk, *d.topic)) {
    d.service = d.topic;  // "сколько стоит чистка?" — "запишите"
  }
  if (!heard.specialists.empty() && !language::ambiguous(heard.specialists)) {
    d.specialist = talk.catalog.specialists[heard.specialists.front().index].id;
    d.any_specialist = false;
    said = true;
  } else if (!d.specialist && (heard.any || (d.step == Step::specialist && !heard.when.empty()))) {
    d.any_specialist = said = true;  // who answers "к кому?" with a day does not mind
  }
  if (!heard.when.empty()) {
    keep_wish(d, heard.when);
    said = true;
  }
  said =
      said || heard.soonest || language::ambiguous(heard.services) || language::ambiguous(heard.specialists);
  if (said && d.step == Step::time) d.asked = 0;  // another wish; elsewhere an answer moves the step on
  return said;
}

namespace {

// Who does the service: settles the specialist, or asks. False when the visitor was asked.
bool settle_specialist(Talk& talk, const booking::Service& service) {
  auto& d = talk.dialogue;
  const auto& able = service.specialists;
  if (d.specialist && std::find(able.begin(), able.end(), *d.specialist) == able.end()) {
    const auto* named = talk.catalog.specialist(*d.specialist);
    const bool asked_for = !talk.heard.specialists.empty() || d.step == Step::service;
    if (asked_for && named != nullptr) talk.say(Phrase::not_done_by, named->name(talk.language()));
    d.specialist.reset();
  }
  if (d.specialist || d.any_specialist) return true;
  if (able.size() == 1) return d.specialist = able.front(), true;
  if (talk.heard.soonest) return d.any_specialist = true;
  ask_specialist(talk, service);
  return false;
}

// "к Лебедевой": what does she do? False when the visitor was asked.
bool settle_service_of_specialist(Talk& talk) {
  auto& d = talk.dialogue;
  std::vector<const booking::Service*> theirs;
  for (const auto& s : talk.catalog.services)
    if (std::find(s.specialists.begin(), s.specialists.end(), *d.specialist) != s.specialists.end())
      theirs.push_back(&s);
  if (theirs.size() == 1) return d.service = theirs.front()->id, true;
  ask_service_of(talk, theirs);
  return false;
}

}  // namespace

Result<void> continue_booking(Talk& talk) {
  auto& d = talk.dialogue;
  d.task = Task::book;
  if (d.booking) return ask_contact_or_confirm(talk);
  if (!d.service && language::ambiguous(talk.heard.services)) return ask_which_service(talk), Result<void>{};
  if (!d.service && d.specialist && !settle_service_of_specialist(talk)) return {};
  const auto* service = d.service ? talk.catalog.service(*d.service) : nullptr;
  if (service == nullptr) return d.service.reset(), ask_service(talk), Result<void>{};
  if (!settle_specialist(talk, *service)) return {};
  if (is_exact(d) || talk.heard.soonest) {
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
  if (d.task != Task::book) talk.settle();  // a choice of an earlier list
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
  if (!uuid || talk.catalog.specialist(SpecialistId(*uuid)) == nullptr)
    return fail_field("/choice", "not_one_of");
  if (d.task != Task::book) talk.settle();
  d.specialist = SpecialistId(*uuid);
  d.any_specialist = false;
  return continue_booking(talk);
}

Result<void> choose_time(Talk& talk, std::string_view id) {
  std::int64_t minutes = 0;
  const auto [end, ec] = std::from_chars(id.data(), id.data() + id.size(), minutes);
  const auto used = static_cast<std::size_t>(end - id.data());
  const auto uuid = ec == std::errc() && used < id.size() && id[used] == ':' ? parse_uuid(id.substr(used + 1))
                                                                             : std::nullopt;
  constexpr std::int64_t kMostMinutes = 4'000'000'000;  // the year 9575
  if (!uuid || minutes < 0 || minutes > kMostMinutes) return fail_field("/choice", "not_one_of");
  if (!talk.dialogue.service) return continue_booking(talk);  // an old offer after the booking was settled
  talk.dialogue.task = Task::book;
  CHECK(give_back(talk));
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
    d.times.clear();  // the day may still suit
    d.step = Step::time;
    d.asked = 0;
    return {};
  }
  auto booked = booking::confirm(talk.access, *d.booking);
  if (!booked) {
    if (booked.error().code != Errc::gone && booked.error().code != Errc::taken)
      return fail(std::move(booked).error());
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

Result<void> keep_wish_without_hold(Talk& talk) {
  auto& d = talk.dialogue;
  if (d.starts_at && talk.heard.when.days.empty()) {  // "нет, на 11": the day stays
    const auto day = floor<days>(local(talk, *d.starts_at)).time_since_epoch().count();
    d.days = {{day, day + 1}};
  }
  CHECK(give_back(talk));
  d.step = Step::none;
  return {};
}

Result<void> look_for_other_time(Talk& talk) {
  auto& d = talk.dialogue;
  CHECK(give_back(talk));
  if (talk.heard.when.empty()) {
    d.days.clear();
    d.times.clear();
  } else {
    keep_wish(d, talk.heard.when);
  }
  d.task = Task::book;
  if (d.step != Step::time) d.step = Step::none;
  talk.forget_heard();
  return continue_booking(talk);
}

}  // namespace chatika::assistant
