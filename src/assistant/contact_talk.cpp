#include "assistant/talk.hpp"
#include "inbox/inbox.hpp"
#include "language/phone.hpp"

namespace chatika::assistant {
namespace {

using phrases::Label;
using phrases::Phrase;

Result<void> finish_callback(Talk& talk, const std::string& phone) {
  talk.leads.push_back(TRY(inbox::add_lead(talk.access, talk.thread, inbox::LeadKind::callback, talk.dialogue.note)));
  talk.settle();
  talk.say(Phrase::callback_done, language::format_phone(phone));
  return {};
}

}  // namespace

Result<void> learn_contacts(Talk& talk) {
  inbox::Contact contact{.name = talk.heard.volunteered_name, .phone = talk.heard.phone, .email = talk.heard.email};
  if (!contact.name && !contact.phone && !contact.email) return {};
  return inbox::set_contact(talk.access, talk.thread.visitor, contact);
}

Result<void> continue_callback(Talk& talk) {
  auto& d = talk.dialogue;
  d.task = Task::callback;
  const auto contact = TRY(inbox::contact(talk.access, talk.thread.visitor, privacy::Purpose::callback));
  if (!contact.name) {
    talk.say(talk.asking(Step::name) == 1 ? Phrase::callback_name : Phrase::ask_name_again).ask = inbox::Ask::name;
    return {};
  }
  if (!contact.phone) {
    talk.say(talk.asking(Step::phone) == 1 ? Phrase::callback_phone : Phrase::ask_phone_again).ask = inbox::Ask::phone;
    return {};
  }
  return finish_callback(talk, *contact.phone);
}

Result<void> hear_name(Talk& talk) {
  const auto& heard = talk.heard;
  if (const auto& name = heard.volunteered_name ? heard.volunteered_name : heard.answered_name)
    CHECK(inbox::set_contact(talk.access, talk.thread.visitor, {.name = name}));
  return talk.dialogue.task == Task::callback ? continue_callback(talk) : continue_booking(talk);
}

Result<void> hear_phone(Talk& talk) {
  return talk.dialogue.task == Task::callback ? continue_callback(talk) : continue_booking(talk);
}

}  // namespace chatika::assistant
