// The assistant's own words in Russian and English, and how it writes days, times, prices. Facts of the business are never
// here: they come from articles and the catalogue.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace chatika::assistant::phrases {

enum class Phrase {
  hello,                // an answer to a greeting
  thanks,
  unknown,              // no answer in the knowledge
  unknown_again,        // twice in a row: offers a colleague more firmly
  human_called,
  human_called_again,
  emergency,
  health_consent_missing,
  ask_service,
  which_service,
  ask_specialist,
  which_specialist,
  offer_times,          // {0} service
  no_times_then,        // nothing at the wished time; the nearest follow
  no_times,             // nothing at all; {0} phone
  ask_name,
  ask_name_again,
  ask_phone,
  ask_phone_again,
  confirm,              // {0} service {1} specialist {2} day and time {3} name {4} phone
  confirm_again,
  booked,               // {0} reference {1} day and time
  taken,
  expired,
  not_booked,
  time_past,
  callback_name,
  callback_phone,
  callback_done,        // {0} phone
  contact_saved,        // {0} phone
  cancelled,
  message_for_human,    // the assistant keeps company while a human is called
};

std::string say(Phrase phrase, std::string_view language, std::string_view a0 = {}, std::string_view a1 = {},
                std::string_view a2 = {}, std::string_view a3 = {}, std::string_view a4 = {});

enum class Label { book, callback, human, any_specialist, yes, no, other_time };
std::string label(Label label, std::string_view language);

// "2026-11-24"
std::string iso_date(std::chrono::local_days d);
// "вт, 24 нояб." / "Tue, 24 Nov": tabs of the day picker
std::string short_day(std::chrono::local_days d, std::string_view language);
// "15:30"
std::string clock(std::chrono::local_seconds t);
// "во вторник, 24 ноября, в 15:30" / "on Tuesday, 24 November at 15:30"
std::string day_and_time(std::chrono::local_seconds t, std::string_view language);
// "2 500 ₽" / "2,500 ₽"
std::string price(int roubles, std::string_view language);

}  // namespace chatika::assistant::phrases
