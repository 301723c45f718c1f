// The assistant's own words in Russian and English, and how it writes days, times, prices. Facts of the
// business are never here: they come from articles and the catalogue.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace chatika::assistant::phrases {

enum class Phrase {
  hello,           // an answer to a greeting
  name_learned,    // a name and nothing else; {0} name
  i_am_here,       // "вы тут?"
  i_am_assistant,  // an answer to "are you a bot?"
  say_in_words,    // the message had no words
  what_now,
  thanks,
  farewell,
  unknown,        // no answer in the knowledge
  unknown_again,  // twice in a row: offers a colleague more firmly
  unknown_still,  // {0} phone
  human_called,
  human_called_again,
  message_for_human,  // a message the assistant cannot answer while a human is called
  emergency,
  health_consent_missing,
  symptoms,           // no diagnosis here
  own_data,           // where what is held is seen, corrected, erased
  colleague_changes,  // moving or cancelling a booking
  our_services,
  our_staff,
  price_of,  // {0} service {1} price {2} duration
  ask_service,
  ask_service_again,  // the answer was not understood; so all "_again"
  ask_service_still,  // several times; so all "_still"
  which_service,
  ask_specialist,
  ask_specialist_again,
  not_done_by,  // {0} specialist
  offer_times,  // {0} service
  offer_again,
  offer_still,
  no_times_then,         // nothing at the wished time; the nearest follow
  no_times_that_day,     // {0} "в субботу, 28 ноября"
  not_that_time,         // {0} "20:00" {1} "в субботу, 28 ноября"
  other_times_that_day,  // {0} the same
  enough_bookings,       // the conversation has as many as it may have
  no_times,              // nothing at all; {0} phone
  too_far,               // {0} days ahead that can be booked
  time_past,
  held,  // {0} service {1} day and time; before the next question
  ask_name,
  ask_name_again,
  ask_name_still,
  ask_phone,
  ask_phone_again,
  ask_phone_still,
  bad_phone,
  bad_phone_still,
  confirm,  // {0} service {1} specialist {2} day and time {3} name {4} phone
  confirm_again,
  booked,  // {0} reference {1} day and time
  taken,
  not_free,  // the chosen time cannot be booked (past, or outside working time)
  expired,
  not_booked,
  callback_name,
  callback_name_to,  // {0} phone
  callback_phone,
  callback_done,  // {0} phone
  contact_saved,  // {0} phone or e-mail
  cancelled,
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
// "в субботу, 28 ноября" / "on Saturday, 28 November"
std::string on_day(std::chrono::local_days d, std::string_view language);
// "1 минута", "45 минут" / "45 minutes"
std::string minutes(int n, std::string_view language);
// "2 500 ₽" / "2,500 ₽"
std::string price(int roubles, std::string_view language);

}  // namespace chatika::assistant::phrases
