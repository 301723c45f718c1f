// What a message means, before any decision: a pure function of the text, the offerings and the local time.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assistant/model.hpp"
#include "language/choice.hpp"
#include "language/when.hpp"
#include "language/yes_no.hpp"

namespace chatika::assistant {

// What the business offers, and the words visitors have for it. Immutable; threads may share it.
struct Offerings {
  explicit Offerings(booking::Catalog all);
  booking::Catalog catalog;
  language::Chooser services;     // by place in catalog.services
  language::Chooser specialists;  // by place in catalog.specialists
};

struct Understanding {
  std::string language;  // "ru" or "en"
  bool wants_human = false;
  bool asks_bot = false;  // who answers here?
  bool wants_callback = false;
  bool wants_booking = false;
  bool books = false;    // says so with a verb, not only with a word such as "appointment"
  bool manages = false;  // speaks of a booking they have: to move it, to cancel it
  bool cancels = false;  // gives up what is under way
  bool other_time = false;
  bool soonest = false;
  bool any = false;     // "любой", "без разницы"
  bool greets = false;  // and says nothing else; so the next two
  bool farewell = false;
  bool thanks = false;
  bool question = false;  // asks something that is not a wish
  bool asks_fact =
      false;  // asks for a price, a place, hours, preparation: articles know, whatever else is said
  bool asks_price = false;
  bool asks_services = false;  // what is offered at all
  bool asks_staff = false;     // who works here
  bool own_data = false;       // asks or demands something about their own personal data
  bool emergency = false;      // words that need an ambulance or a crisis line, not a chat
  bool symptoms = false;       // speaks about health
  bool asks_advice = false;    // what to do, what to take
  bool wordless = false;       // marks and emoji only
  bool brief = false;          // a few words
  language::YesNo yes_no = language::YesNo::neither;
  language::When when;
  std::optional<std::string> phone;  // E.164
  bool phone_attempt = false;        // digits that are no number
  std::optional<std::string> email;
  std::optional<std::string> volunteered_name;
  std::optional<std::string> answered_name;  // if a name had been asked for
  std::vector<language::Match> services;     // into catalog.services, best first
  std::vector<language::Match> specialists;  // into catalog.specialists, best first
};

Understanding understand(std::string_view text, const Offerings& offerings, std::chrono::local_seconds now,
                         std::string_view fallback_language);

}  // namespace chatika::assistant
