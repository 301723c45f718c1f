// The questions a booking asks, and the free times it shows.
#include <algorithm>

#include "assistant/talk.hpp"
#include "booking/booking.hpp"

namespace chatika::assistant {
namespace {

using namespace std::chrono;
using phrases::Label;
using phrases::Phrase;

constexpr auto kOfferDays = days(14);  // how far the first offer looks
constexpr std::size_t kOfferedDays = 7;
constexpr std::size_t kOfferedTimes = 40;  // of one day
constexpr std::size_t kOfferedServices = 12;
constexpr double kNearBest = 0.25;  // services this much worse than the best match are still asked about

// The phrase for the first, second and every further time a question is asked in vain; the last ones offer a
// person.
inbox::Body& ask(Talk& talk, Step step, Phrase first, Phrase again, Phrase still) {
  const auto n = talk.asking(step);
  auto& reply = talk.say(n == 1 ? first : n < kPatience ? again : still);
  return reply;
}

void offer_person(Talk& talk, inbox::Body& reply) {
  if (talk.dialogue.asked < 2 || talk.resuming) return;
  reply.choices.push_back(talk.human());
  if (talk.dialogue.asked >= kPatience) reply.choices.push_back(talk.callback());
}

bool wished(const Dialogue& d, local_seconds start) {
  const auto day = floor<days>(start);
  const auto minute = floor<minutes>(start - day).count();
  const auto inside = [](const std::vector<Range>& ranges, std::int64_t value) {
    return ranges.empty() || std::any_of(ranges.begin(), ranges.end(),
                                         [&](const Range& r) { return r.from <= value && value < r.to; });
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
          {"time:" + std::to_string(to_micros(start.at) / 60'000'000) + ":" + to_string(start.specialist),
           phrases::clock(at)});
  }
  return out;
}

Result<std::vector<booking::Start>> free_starts(Talk& talk, Time from, Time to) {
  const auto& d = talk.dialogue;
  return booking::free_starts(talk.access, talk.catalog,
                              {.service = *d.service,
                               .specialist = d.specialist,
                               .from = from,
                               .to = to,
                               .zone = talk.business.time_zone});
}

// Nothing fits the wish: says what was wished and that it is not to be had.
void say_why_not(Talk& talk, const std::vector<booking::Start>& instead) {
  const auto& d = talk.dialogue;
  if (d.days.size() != 1 || d.days[0].to - d.days[0].from != 1) {
    talk.say(Phrase::no_times_then);
    return;
  }
  const auto wanted = local_days(days(d.days[0].from));
  const auto today = floor<days>(local(talk, talk.access.now()));
  const auto day = phrases::on_day(wanted, talk.language());
  if (wanted < today) {
    talk.say(Phrase::time_past);
  } else if (wanted >= today + duration_cast<days>(booking::kHorizon)) {
    talk.say(Phrase::too_far, std::to_string(duration_cast<days>(booking::kHorizon).count()));
  } else if (!d.times.empty() && !instead.empty() && floor<days>(local(talk, instead.front().at)) == wanted) {
    const auto& wish = d.times.front();
    if (d.times.size() == 1 &&
        wish.to - wish.from == 1)  // the hour as it was read: "в 8" may have meant another
      talk.say(Phrase::not_that_time, phrases::clock(wanted + std::chrono::minutes(wish.from)), day);
    else
      talk.say(Phrase::other_times_that_day, day);
  } else {
    talk.say(Phrase::no_times_that_day, day);
  }
}

}  // namespace

local_seconds local(const Talk& talk, Time t) {
  return booking::to_local(t, talk.business.time_zone);
}

std::string service_label(const Talk& talk, const booking::Service& service) {
  auto label = service.name(talk.language());
  if (service.price) label += " · " + phrases::price(*service.price, talk.language());
  return label;
}

void ask_service_of(Talk& talk, const std::vector<const booking::Service*>& services) {
  auto& reply =
      ask(talk, Step::service, Phrase::ask_service, Phrase::ask_service_again, Phrase::ask_service_still);
  for (const auto* service : services) {
    if (reply.choices.size() >= kOfferedServices) break;
    reply.choices.push_back({"service:" + to_string(service->id), service_label(talk, *service)});
  }
  offer_person(talk, reply);
}

void ask_service(Talk& talk) {
  std::vector<const booking::Service*> all;
  for (const auto& service : talk.catalog.services) all.push_back(&service);
  ask_service_of(talk, all);
}

void ask_which_service(Talk& talk) {
  talk.asking(Step::service);
  auto& reply = talk.say(Phrase::which_service);
  const auto best = talk.heard.services.front().score;
  for (const auto& match : talk.heard.services) {
    if (match.score < best - kNearBest || reply.choices.size() >= kOfferedServices) break;
    const auto& service = talk.catalog.services[match.index];
    reply.choices.push_back({"service:" + to_string(service.id), service_label(talk, service)});
  }
  offer_person(talk, reply);
}

void ask_specialist(Talk& talk, const booking::Service& service) {
  auto& reply = ask(talk, Step::specialist, Phrase::ask_specialist, Phrase::ask_specialist_again,
                    Phrase::ask_specialist_again);
  reply.choices.push_back(talk.choice_of("specialist:any", Label::any_specialist));
  for (const auto id : service.specialists)
    if (const auto* s = talk.catalog.specialist(id))
      reply.choices.push_back(
          {"specialist:" + to_string(id), s->name(talk.language()) + ", " + s->title(talk.language())});
  offer_person(talk, reply);
}

void ask_name(Talk& talk, Phrase first) {
  auto& reply = ask(talk, Step::name, talk.resuming ? Phrase::ask_name_again : first, Phrase::ask_name_again,
                    Phrase::ask_name_still);
  reply.ask = inbox::Ask::name;
  offer_person(talk, reply);
}

void ask_phone(Talk& talk, Phrase first) {
  const bool wrong = talk.heard.phone_attempt;
  auto& reply = wrong ? ask(talk, Step::phone, first, Phrase::bad_phone, Phrase::bad_phone_still)
                      : ask(talk, Step::phone, first, Phrase::ask_phone_again, Phrase::ask_phone_still);
  reply.ask = inbox::Ask::phone;
  if (talk.dialogue.asked >= kPatience) reply.choices = {talk.human()};  // a callback needs a number as well
}

Result<Offer> find_offer(Talk& talk) {
  const auto now = talk.access.now();
  const auto& d = talk.dialogue;
  Time to = now + kOfferDays;
  for (const auto& range : d.days)
    to = std::max(to, booking::from_local(local_days(days(range.to)), talk.business.time_zone));
  to = std::min(to, now + booking::kHorizon);
  auto all = TRY(free_starts(talk, now, to));
  Offer found;
  for (const auto& start : all)
    if (wished(d, local(talk, start.at))) found.starts.push_back(start);
  if (!found.starts.empty()) return found;
  found.as_wished = false;
  // The nearest to what was wished: from its first day on, else from now.
  const auto earliest = std::min_element(d.days.begin(), d.days.end(),
                                         [](const Range& a, const Range& b) { return a.from < b.from; });
  const auto from =
      earliest == d.days.end()
          ? now
          : std::max(now, booking::from_local(local_days(days(earliest->from)), talk.business.time_zone));
  if (from < now + booking::kHorizon) found.starts = TRY(free_starts(talk, from, now + booking::kHorizon));
  if (found.starts.empty()) found.starts = std::move(all);
  return found;
}

Result<void> offer(Talk& talk, std::optional<Phrase> because) {
  const auto found = TRY(find_offer(talk));
  const auto n = talk.asking(Step::time);
  if (found.starts.empty()) {
    talk.say(Phrase::no_times, talk.business.phone).choices = {talk.human(), talk.callback()};
    talk.settle();
    return {};
  }
  const auto& service = talk.catalog.service(*talk.dialogue.service)->name(talk.language());
  if (because)
    talk.say(*because);
  else if (n > 1 && !talk.resuming)
    talk.say(n < kPatience ? Phrase::offer_again : Phrase::offer_still);
  else if (found.as_wished)
    talk.say(Phrase::offer_times, service);
  else
    say_why_not(talk, found.starts);
  auto& reply = talk.replies.back();
  reply.days = as_days(talk, found.starts);
  offer_person(talk, reply);
  if (!found.as_wished) talk.dialogue.times.clear();
  return {};
}

}  // namespace chatika::assistant
