// One turn while it is being decided: what is known, and what the reply will be. Inside this room only.
#pragma once

#include <chrono>
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
  bool resuming =
      false;  // the open question is asked again after an interruption, not because of a bad answer
  bool just_held = false;  // a time was held in this turn: the next question says which

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
  [[nodiscard]] inbox::Choice human() const { return choice_of("human", phrases::Label::human); }
  [[nodiscard]] inbox::Choice callback() const { return choice_of("callback", phrases::Label::callback); }
  // Forgets the task, keeps the language and what was spoken of.
  void settle() {
    dialogue = Dialogue{.language = dialogue.language,
                        .topic = dialogue.service ? dialogue.service : dialogue.topic};
  }
  // Notes that a question was asked; how many times in a row it is the same one. A step forward sets `asked`
  // to 0.
  int asking(Step step) {
    if (dialogue.step != step)
      dialogue.asked = 1;
    else if (!resuming || dialogue.asked == 0)
      ++dialogue.asked;
    dialogue.step = step;
    return dialogue.asked;
  }
  // What was heard has been dealt with: what follows only asks what is missing.
  void forget_heard() { heard = Understanding{.language = heard.language}; }
};

// Asked so often in vain, a question offers a person instead of being put once more.
inline constexpr int kPatience = 3;

// offers.cpp: the questions of a booking and the free times.
void ask_service(Talk& talk);
void ask_service_of(Talk& talk, const std::vector<const booking::Service*>& services);
void ask_which_service(Talk& talk);
void ask_specialist(Talk& talk, const booking::Service& service);
void ask_name(Talk& talk, phrases::Phrase first);
void ask_phone(Talk& talk, phrases::Phrase first);
std::string service_label(const Talk& talk, const booking::Service& service);
std::chrono::local_seconds local(const Talk& talk, Time t);
// The free starts that fit the wish, and whether a wish had to be dropped to find some.
struct Offer {
  std::vector<booking::Start> starts;
  bool as_wished = true;
};
Result<Offer> find_offer(Talk& talk);
// Shows what is free. `because` says why the visitor is asked again; without it the offer says for itself.
Result<void> offer(Talk& talk, std::optional<phrases::Phrase> because = {});

// booking_talk.cpp: the task of booking, from the first wish to the visitor's yes.
Result<void> continue_booking(Talk& talk);  // asks for what is missing, or holds, or confirms
bool fill_booking(Talk& talk);              // takes what the message says; true when it said something
Result<void> choose_service(Talk& talk, std::string_view id);
Result<void> choose_specialist(Talk& talk, std::string_view id);  // "any" too
Result<void> choose_time(Talk& talk, std::string_view id);        // "<unix minutes>:<specialist>"
Result<void> answer_confirmation(Talk& talk, bool yes);
Result<void> drop_booking(Talk& talk);            // gives the held time back and forgets the task
Result<void> look_for_other_time(Talk& talk);     // the same service, any time
Result<void> keep_wish_without_hold(Talk& talk);  // another wish came while a time was held

// contact_talk.cpp: names, phones, callbacks.
Result<void> learn_contacts(Talk& talk);  // stores what was volunteered
Result<void> continue_callback(Talk& talk);
Result<void> hear_name(Talk& talk);
Result<void> hear_phone(Talk& talk);

// facts.cpp: answers, from the articles first, else from the catalogue.
bool answer_fact(Talk& talk);  // false when neither knows
void list_services(Talk& talk);
void list_staff(Talk& talk);
void say_unknown(Talk& talk);

// policy.cpp
Result<void> respond(Talk& talk);

}  // namespace chatika::assistant
