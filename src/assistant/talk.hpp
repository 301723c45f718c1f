// One turn while it is being decided: what is known, and what the reply will be. Inside this room only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assistant/model.hpp"
#include "assistant/phrases.hpp"
#include "assistant/understand.hpp"
#include "knowledge/index.hpp"
#include "privacy/access.hpp"

namespace chatika::assistant {

struct Talk {
  privacy::Access& access;
  const booking::Catalog& catalog;
  const knowledge::Index& index;
  const Business& business;
  inbox::Thread& thread;
  Dialogue& dialogue;
  std::string_view text;
  std::string_view choice;  // "" when the visitor typed
  Understanding heard;

  std::vector<inbox::Body> replies = {};
  std::vector<inbox::Lead> leads = {};
  std::vector<BookingId> bookings = {};

  [[nodiscard]] std::string_view language() const { return dialogue.language; }

  // A new reply of these words; choices and the rest are added to the returned body.
  template <class... A>
  inbox::Body& say(phrases::Phrase phrase, const A&... args) {
    replies.push_back({.text = phrases::say(phrase, language(), args...)});
    return replies.back();
  }
  [[nodiscard]] inbox::Choice choice_of(std::string id, phrases::Label label) const {
    return {std::move(id), phrases::label(label, language())};
  }
  // Forgets the task, keeps what was learned about the person's language.
  void settle() { dialogue = Dialogue{.language = dialogue.language}; }
  // Notes that a question was asked; how many times in a row it is the same one.
  int asking(Step step) {
    dialogue.asked = dialogue.step == step ? dialogue.asked + 1 : 1;
    dialogue.step = step;
    return dialogue.asked;
  }
};

// booking_talk.cpp: the task of booking, from the first wish to the visitor's yes.
Result<void> continue_booking(Talk& talk);                  // asks for what is missing, or holds, or confirms
bool fill_booking(Talk& talk);                              // takes what the message says; true when it said something
Result<void> choose_service(Talk& talk, std::string_view id);
Result<void> choose_specialist(Talk& talk, std::string_view id);  // "any" too
Result<void> choose_time(Talk& talk, std::string_view id);        // "<unix minutes>:<specialist>"
Result<void> answer_confirmation(Talk& talk, bool yes);
Result<void> drop_booking(Talk& talk);                      // gives the held time back

// contact_talk.cpp: names, phones, callbacks.
Result<void> learn_contacts(Talk& talk);                    // stores what was volunteered
Result<void> continue_callback(Talk& talk);
Result<void> hear_name(Talk& talk);
Result<void> hear_phone(Talk& talk);

// policy.cpp
Result<void> respond(Talk& talk);
void call_human(Talk& talk);

}  // namespace chatika::assistant
