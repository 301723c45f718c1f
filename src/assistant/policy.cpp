// What the assistant does with a message. Deterministic: the same message in the same state gives the same reply. It proposes; booking
// and inbox check. Facts come from articles, free times from the calendar, nothing is made up here.
#include <algorithm>

#include "assistant/talk.hpp"
#include "inbox/inbox.hpp"
#include "knowledge/answer.hpp"
#include "language/phone.hpp"
#include "privacy/consent.hpp"

namespace chatika::assistant {
namespace {

using phrases::Label;
using phrases::Phrase;

// Nothing was understood: says so, and offers a person.
void say_unknown(Talk& talk) {
  if (talk.thread.status == inbox::Status::waiting) {
    talk.say(Phrase::message_for_human);
    return;
  }
  auto& reply = talk.say(++talk.dialogue.unknown >= 2 ? Phrase::unknown_again : Phrase::unknown);
  reply.choices = {talk.choice_of("human", Label::human), talk.choice_of("callback", Label::callback)};
}

// Answers from the articles; false when they do not know.
bool answer_from_knowledge(Talk& talk) {
  const auto answer = knowledge::answer(talk.index, talk.text, talk.language());
  if (!answer) return false;
  talk.dialogue.unknown = 0;
  inbox::Body reply{.text = answer->text()};
  reply.sources = {{.article = answer->id, .title = answer->title, .quote = answer->text()}};
  if (talk.dialogue.task == Task::none)
    reply.choices = {talk.choice_of("book", Label::book), talk.choice_of("human", Label::human)};
  talk.replies.push_back(std::move(reply));
  return true;
}

// The question that was open before an interruption, once more.
Result<void> ask_again(Talk& talk) {
  talk.dialogue.asked = 0;
  talk.heard = Understanding{.language = talk.heard.language};
  return talk.dialogue.task == Task::callback ? continue_callback(talk) : continue_booking(talk);
}

Result<bool> health_is_off_limits(Talk& talk) {
  if (!talk.business.clinic || !talk.heard.symptoms) return false;
  const auto state = privacy::consent_state(talk.access.tx(), talk.thread.visitor);
  return !state || !state->health;
}

Result<void> on_choice(Talk& talk) {
  const auto colon = talk.choice.find(':');
  const auto kind = talk.choice.substr(0, colon);
  const auto id = colon == std::string_view::npos ? std::string_view() : talk.choice.substr(colon + 1);
  auto& d = talk.dialogue;
  if (kind == "human") return call_human(talk), Result<void>{};
  if (kind == "callback") {
    CHECK(drop_booking(talk));
    return continue_callback(talk);
  }
  if (kind == "book") {
    CHECK(drop_booking(talk));
    talk.heard = Understanding{.language = talk.heard.language};
    return continue_booking(talk);
  }
  if (kind == "service") return choose_service(talk, id);
  if (kind == "specialist") return choose_specialist(talk, id);
  if (kind == "time") return choose_time(talk, id);
  if (kind == "yes" || kind == "no") {
    if (d.step != Step::confirm) return say_unknown(talk), Result<void>{};
    return answer_confirmation(talk, kind == "yes");
  }
  if (kind == "other_time") {
    if (!d.service) return continue_booking(talk);
    const auto service = d.service;
    const auto specialist = d.specialist;
    const auto any = d.any_specialist;
    CHECK(drop_booking(talk));
    d.service = service;
    d.specialist = specialist;
    d.any_specialist = any;
    talk.heard = Understanding{.language = talk.heard.language};
    return continue_booking(talk);
  }
  return fail_field("/choice", "not_one_of");
}

// A message in the middle of a task.
Result<void> go_on(Talk& talk) {
  auto& d = talk.dialogue;
  const auto& heard = talk.heard;
  if (heard.cancels || (d.step != Step::confirm && heard.yes_no == language::YesNo::no)) {
    CHECK(drop_booking(talk));
    talk.say(Phrase::cancelled);
    return {};
  }
  if (d.step == Step::confirm && heard.yes_no != language::YesNo::neither)
    return answer_confirmation(talk, heard.yes_no == language::YesNo::yes);
  const bool asks = heard.question && heard.when.empty() && !heard.phone;
  if (asks && answer_from_knowledge(talk)) return ask_again(talk);
  if (d.step == Step::name) return hear_name(talk);
  if (d.step == Step::phone && (heard.phone || heard.phone_attempt || d.task == Task::callback)) return hear_phone(talk);
  if (d.task == Task::callback) return continue_callback(talk);
  const bool moved = d.booking && (!heard.when.empty() || !heard.services.empty() || !heard.specialists.empty());
  if (moved) {  // "а лучше в пятницу": another wish while a time is held
    const auto keep = d;
    CHECK(drop_booking(talk));
    d.task = Task::book;
    d.service = keep.service;
    d.specialist = keep.specialist;
    d.any_specialist = keep.any_specialist;
  }
  if (fill_booking(talk) || d.booking) return continue_booking(talk);
  if (answer_from_knowledge(talk)) return ask_again(talk);
  return continue_booking(talk);
}

// A message when nothing is under way.
Result<void> begin(Talk& talk) {
  const auto& heard = talk.heard;
  if (heard.wants_callback) {
    talk.dialogue.note = talk.text;
    return continue_callback(talk);
  }
  const bool answered = heard.asks_fact && answer_from_knowledge(talk);
  if (answered && !heard.books) return {};
  const bool wants_time = !heard.when.empty() && (!heard.services.empty() || !heard.specialists.empty()) && !heard.question;
  if (heard.wants_booking || wants_time) {
    fill_booking(talk);
    return continue_booking(talk);
  }
  if (heard.phone || heard.email) {
    talk.leads.push_back(TRY(inbox::add_lead(talk.access, talk.thread, inbox::LeadKind::contact, talk.text)));
    auto& reply = talk.say(Phrase::contact_saved, heard.phone ? language::format_phone(*heard.phone) : *heard.email);
    reply.choices = {talk.choice_of("book", Label::book), talk.choice_of("callback", Label::callback)};
    return {};
  }
  if (heard.greets) {
    auto& reply = talk.say(Phrase::hello);
    reply.choices = {talk.choice_of("book", Label::book), talk.choice_of("callback", Label::callback),
                     talk.choice_of("human", Label::human)};
    return {};
  }
  if (heard.thanks) return talk.say(Phrase::thanks), Result<void>{};
  if (!answered && !answer_from_knowledge(talk)) say_unknown(talk);
  return {};
}

}  // namespace

void call_human(Talk& talk) {
  const bool already = talk.thread.status == inbox::Status::waiting;
  talk.thread.status = inbox::Status::waiting;
  auto& reply = talk.say(already ? Phrase::human_called_again : Phrase::human_called);
  reply.choices = {talk.choice_of("callback", Label::callback)};
}

Result<void> respond(Talk& talk) {
  if (talk.heard.emergency) {
    talk.thread.status = inbox::Status::waiting;
    talk.say(Phrase::emergency);
    return {};
  }
  if (!talk.choice.empty()) return on_choice(talk);
  CHECK(learn_contacts(talk));
  if (talk.heard.wants_human) return call_human(talk), Result<void>{};
  if (TRY(health_is_off_limits(talk))) {
    auto& reply = talk.say(Phrase::health_consent_missing);
    reply.choices = {talk.choice_of("book", Label::book), talk.choice_of("callback", Label::callback)};
    return {};
  }
  if (talk.dialogue.task != Task::none && talk.heard.wants_callback) {
    CHECK(drop_booking(talk));
    return begin(talk);
  }
  return talk.dialogue.task == Task::none ? begin(talk) : go_on(talk);
}

}  // namespace chatika::assistant
