#include "assistant/talk.hpp"
#include "inbox/inbox.hpp"
#include "language/phone.hpp"

namespace chatika::assistant {
namespace {

using phrases::Phrase;

Result<void> finish_callback(Talk& talk, const std::string& phone) {
  talk.leads.push_back(
      TRY(inbox::add_lead(talk.access, talk.thread, inbox::LeadKind::callback, talk.dialogue.note)));
  talk.settle();
  talk.say(Phrase::callback_done, language::format_phone(phone));
  return {};
}

}  // namespace

Result<void> learn_contacts(Talk& talk) {
  inbox::Contact contact{
      .name = talk.heard.volunteered_name, .phone = talk.heard.phone, .email = talk.heard.email};
  if (!contact.name && !contact.phone && !contact.email) return {};
  return inbox::set_contact(talk.access, talk.thread.visitor, contact);
}

Result<void> continue_callback(Talk& talk) {
  auto& d = talk.dialogue;
  d.task = Task::callback;
  const auto contact = TRY(inbox::contact(talk.access, talk.thread.visitor, privacy::Purpose::callback));
  // A number without a name is enough for somebody who will not say it.
  const bool refused = contact.phone && d.step == Step::name && d.asked >= 2 && !talk.resuming;
  if (!contact.name && !refused) {
    ask_name(talk, Phrase::callback_name);
    if (contact.phone && d.asked == 1)
      talk.replies.back().text =
          phrases::say(Phrase::callback_name_to, talk.language(), language::format_phone(*contact.phone));
    return {};
  }
  if (!contact.phone) return ask_phone(talk, Phrase::callback_phone), Result<void>{};
  return finish_callback(talk, *contact.phone);
}

Result<void> hear_name(Talk& talk) {
  const auto& heard = talk.heard;
  if (const auto& name = heard.volunteered_name ? heard.volunteered_name : heard.answered_name)
    CHECK(inbox::set_contact(talk.access, talk.thread.visitor, {.name = name}));
  return hear_phone(talk);
}

// The number itself was stored when it was heard.
Result<void> hear_phone(Talk& talk) {
  return talk.dialogue.task == Task::callback ? continue_callback(talk) : continue_booking(talk);
}

}  // namespace chatika::assistant
