// What the assistant does with a message. Deterministic: the same message in the same state gives the same
// reply. It proposes; booking and inbox check. Facts come from articles and the catalogue, free times from
// the calendar, nothing is made up here.
#include <utility>

#include "assistant/talk.hpp"
#include "inbox/inbox.hpp"
#include "language/phone.hpp"
#include "privacy/consent.hpp"

namespace chatika::assistant {
namespace {

using language::YesNo;
using phrases::Label;
using phrases::Phrase;

// A reply with the three things one can always do.
void say_with_menu(Talk& talk, Phrase phrase) {
  talk.say(phrase).choices = {talk.choice_of("book", Label::book), talk.callback(), talk.human()};
}

void call_human(Talk& talk) {
  const bool already = talk.thread.status == inbox::Status::waiting;
  talk.thread.status = inbox::Status::waiting;
  talk.say(already ? Phrase::human_called_again : Phrase::human_called).choices = {talk.callback()};
}

// The question that was open before an interruption, once more.
Result<void> ask_again(Talk& talk) {
  talk.resuming = true;
  talk.forget_heard();
  return talk.dialogue.task == Task::callback ? continue_callback(talk) : continue_booking(talk);
}

Result<void> start_booking(Talk& talk) {
  fill_booking(talk);
  return continue_booking(talk);
}

// A question or a demand about one's own data is heard in whatever state the talk is, and never answered with free times:
// erasure and withdrawal are a click away, and a person may be asked instead (152-FZ art. 14, 21).
Result<void> answer_own_data(Talk& talk) {
  talk.say(Phrase::own_data).choices = {talk.human()};
  return talk.dialogue.task == Task::none ? Result<void>{} : ask_again(talk);
}

Result<bool> health_is_off_limits(Talk& talk) {
  if (!talk.business.clinic || !talk.heard.symptoms || talk.heard.wants_booking) return false;
  const auto state = privacy::consent_state(talk.access.tx(), talk.thread.visitor);
  return !state || !state->health;
}

Result<void> on_choice(Talk& talk) {
  const auto colon = talk.choice.find(':');
  const auto kind = talk.choice.substr(0, colon);
  const auto id = colon == std::string_view::npos ? std::string_view() : talk.choice.substr(colon + 1);
  auto& d = talk.dialogue;
  d.asked = 0;
  talk.forget_heard();  // the words beside a choice are its label
  if (kind == "human") return call_human(talk), Result<void>{};
  if (kind == "callback") {
    CHECK(drop_booking(talk));
    return continue_callback(talk);
  }
  if (kind == "book") {
    CHECK(drop_booking(talk));
    return continue_booking(talk);
  }
  if (kind == "service") return choose_service(talk, id);
  if (kind == "specialist") return choose_specialist(talk, id);
  if (kind == "time") return choose_time(talk, id);
  if (kind == "yes" || kind == "no") {
    // A button of an earlier question: what is open now is asked instead.
    if (d.step != Step::confirm)
      return d.task == Task::none ? (say_with_menu(talk, Phrase::what_now), Result<void>{}) : ask_again(talk);
    return answer_confirmation(talk, kind == "yes");
  }
  if (kind == "other_time") {
    if (!d.service) d.service = d.topic;
    return look_for_other_time(talk);
  }
  return fail_field("/choice", "not_one_of");
}

// What a bare yes or no answers when nothing is under way.
Result<void> answer_proposal(Talk& talk, Proposal proposed) {
  if (talk.heard.yes_no == YesNo::no) return say_with_menu(talk, Phrase::what_now), Result<void>{};
  if (proposed == Proposal::human) return call_human(talk), Result<void>{};
  return start_booking(talk);
}

// Small talk. False when the message is something else.
bool answer_small_talk(Talk& talk) {
  const auto& heard = talk.heard;
  if (heard.asks_bot) return say_with_menu(talk, Phrase::i_am_assistant), true;
  if (heard.farewell) return talk.say(Phrase::farewell), true;
  const bool agrees = talk.dialogue.task == Task::none && heard.yes_no == YesNo::yes;
  if ((heard.thanks || agrees) && heard.yes_no != YesNo::no) return talk.say(Phrase::thanks), true;
  if (heard.greets) return say_with_menu(talk, heard.question ? Phrase::i_am_here : Phrase::hello), true;
  if (heard.wordless && !heard.phone && !heard.phone_attempt)
    return say_with_menu(talk, Phrase::say_in_words), true;
  return false;
}

// Answers the question of a message in the middle of a task. False when it is no question or nothing is
// known.
bool answer_aside(Talk& talk) {
  const auto& heard = talk.heard;
  if (heard.phone || heard.wants_booking) return false;
  if (heard.asks_services) return list_services(talk), true;
  if (heard.asks_staff) return list_staff(talk), true;
  if (heard.asks_bot) return talk.say(Phrase::i_am_assistant), true;
  const bool asks = heard.asks_fact || (heard.question && heard.when.empty());
  return asks && answer_fact(talk);
}

// Another wish while a time is held: "а лучше в пятницу". A name or a number that was asked for is none.
bool wishes_otherwise(const Talk& talk) {
  const auto& d = talk.dialogue;
  const auto& heard = talk.heard;
  if (!d.booking || (d.step == Step::phone && heard.phone)) return false;
  if (!heard.when.empty() || heard.soonest) return true;
  const bool name = d.step == Step::name && (heard.answered_name || heard.volunteered_name);
  constexpr double kSurely = 0.8;  // a service said in full is no name
  const bool service = !heard.services.empty() && heard.services.front().score >= (name ? kSurely : 0);
  return service || (!name && !heard.specialists.empty());
}

// A message in the middle of a task.
Result<void> go_on(Talk& talk) {
  auto& d = talk.dialogue;
  const auto& heard = talk.heard;
  const bool asks_contact = d.step == Step::name || d.step == Step::phone;
  if (d.task == Task::book && d.service && heard.other_time) return look_for_other_time(talk);
  const bool says_no = heard.yes_no == YesNo::no && d.step != Step::confirm && !asks_contact;
  if (heard.cancels || says_no) {
    CHECK(drop_booking(talk));
    return say_with_menu(talk, Phrase::cancelled), Result<void>{};
  }
  if (d.step == Step::confirm && heard.yes_no != YesNo::neither)
    return answer_confirmation(talk, heard.yes_no == YesNo::yes);
  if (answer_aside(talk)) return ask_again(talk);
  if (d.task == Task::callback && heard.books && d.step != Step::none) {
    CHECK(drop_booking(talk));
    return start_booking(talk);
  }
  if (wishes_otherwise(talk)) {
    CHECK(keep_wish_without_hold(talk));
    fill_booking(talk);
    return continue_booking(talk);
  }
  if (d.step == Step::name) return hear_name(talk);
  if (d.task == Task::callback || (d.step == Step::phone && d.booking)) return hear_phone(talk);
  if (!d.service && d.step == Step::service && heard.yes_no == YesNo::yes) talk.resuming = true;
  fill_booking(talk);
  return continue_booking(talk);
}

// A wish about a booking that is there: the articles say how, a colleague does it.
void manage(Talk& talk) {
  if (!answer_fact(talk)) talk.say(Phrase::colleague_changes);
  talk.replies.back().choices = {talk.human(), talk.callback()};
  talk.dialogue.proposed = Proposal::human;
}

Result<void> note_contact(Talk& talk) {
  talk.leads.push_back(TRY(inbox::add_lead(talk.access, talk.thread, inbox::LeadKind::contact, talk.text)));
  const auto& heard = talk.heard;
  auto& reply =
      talk.say(Phrase::contact_saved, heard.phone ? language::format_phone(*heard.phone) : *heard.email);
  reply.choices = {talk.choice_of("book", Label::book), talk.callback()};
  return {};
}

// A message when nothing is under way.
Result<void> begin(Talk& talk, Proposal proposed) {
  const auto& heard = talk.heard;
  if (heard.wants_callback) {
    talk.dialogue.note = talk.text;
    return continue_callback(talk);
  }
  if (proposed != Proposal::none && heard.yes_no != YesNo::neither) return answer_proposal(talk, proposed);
  if (heard.manages) return manage(talk), Result<void>{};
  if (heard.asks_services) return list_services(talk), Result<void>{};
  if (heard.asks_staff) return list_staff(talk), Result<void>{};
  const bool answered = heard.asks_fact && answer_fact(talk);
  // "сегодня" after a service was spoken of.
  const bool dated =
      talk.dialogue.topic && !heard.when.empty() && heard.brief && !heard.question && heard.services.empty();
  if (dated && !answered) return start_booking(talk);
  if (heard.books || (heard.wants_booking && !answered)) {
    if (answered) talk.replies.back().choices.clear();  // the booking goes on right below
    return start_booking(talk);
  }
  if (answered) return {};
  if (heard.phone || heard.email) return note_contact(talk);
  if (heard.cancels) return say_with_menu(talk, Phrase::what_now), Result<void>{};
  if (heard.other_time && talk.dialogue.topic) {  // after a booking was given up
    talk.dialogue.service = talk.dialogue.topic;
    return look_for_other_time(talk);
  }
  const bool advice = talk.business.clinic && heard.asks_advice;  // articles are no treatment
  if (answer_small_talk(talk) || (!advice && answer_fact(talk))) return {};
  if (talk.business.clinic && heard.symptoms) {
    talk.say(Phrase::symptoms).choices = {talk.choice_of("book", Label::book), talk.human()};
    talk.dialogue.proposed = Proposal::book;
    return {};
  }
  if (heard.volunteered_name && !heard.question) {
    auto& reply = talk.say(Phrase::name_learned, *heard.volunteered_name);
    reply.choices = {talk.choice_of("book", Label::book), talk.choice_of("callback", Label::callback),
                     talk.human()};
    return {};
  }
  say_unknown(talk);
  return {};
}

Result<void> on_text(Talk& talk, Proposal proposed) {
  CHECK(learn_contacts(talk));
  if (talk.heard.wants_human) return call_human(talk), Result<void>{};
  if (talk.heard.own_data) return answer_own_data(talk);
  if (TRY(health_is_off_limits(talk))) {
    talk.say(Phrase::health_consent_missing).choices = {talk.choice_of("book", Label::book), talk.callback()};
    return {};
  }
  if (talk.dialogue.task != Task::none && talk.heard.wants_callback) {
    CHECK(drop_booking(talk));
    return begin(talk, Proposal::none);
  }
  return talk.dialogue.task == Task::none ? begin(talk, proposed) : go_on(talk);
}

}  // namespace

Result<void> respond(Talk& talk) {
  auto& d = talk.dialogue;
  const auto unknown = d.unknown;
  const auto proposed = std::exchange(d.proposed, Proposal::none);
  const auto& services = talk.heard.services;
  const auto topic = services.empty() || language::ambiguous(services)
                         ? std::optional<ServiceId>()
                         : std::optional(talk.catalog.services[services.front().index].id);
  if (talk.heard.emergency) {
    talk.thread.status = inbox::Status::waiting;
    talk.say(Phrase::emergency);
  } else {
    CHECK(talk.choice.empty() ? on_text(talk, proposed) : on_choice(talk));
  }
  if (talk.choice.empty() && topic) d.topic = topic;
  if (d.unknown == unknown) d.unknown = 0;
  return {};
}

}  // namespace chatika::assistant
