// The ways visitors say what they want: patterns of words, found in one pass over a message. Inside this room
// only.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chatika::assistant {

enum class Says : std::uint8_t {
  human,   // wants a person
  person,  // a word for a person: a wish only when nothing else is said
  bot,     // asks who answers
  callback,
  book,        // says with a verb that they want to book
  booking,     // a word such as "appointment"
  wish,        // "хочу", "can I": with a service it is a wish to book
  asks_about,  // "узнать", "спросить": a wish for an answer, not for a time
  manages,     // about a booking they have
  cancel,
  other_time,
  soonest,
  any,  // "любой", "без разницы"
  greet,
  farewell,
  thanks,
  question,
  suggests,  // "как насчёт …": looks like a question and is a wish
  price,
  fact,      // place, hours, preparation: articles know, whatever else is said
  services,  // what do you do?
  staff,     // who works here?
  emergency,
  symptoms,
  advice,  // wants to be treated by chat
  pain,    // the part of them that says no place: "болит"
  own_data,  // who reads what they write, what is held of them, erasure, withdrawal
  small,   // "вам", "большое": change nothing beside a greeting or thanks
  count
};
using Said = std::bitset<static_cast<std::size_t>(Says::count)>;

// `words` are folded, in order. Every way that is said anywhere in them.
Said said(const std::vector<std::string>& words);
// Nothing is left of the message once this way of saying and small words are taken out.
bool says_only(const std::vector<std::string>& words, Says what);

}  // namespace chatika::assistant
