// What a message means, before any decision: a pure function of the text, the catalogue and the local time.
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

struct Understanding {
  std::string language;  // "ru" or "en"
  bool wants_human = false;
  bool wants_callback = false;
  bool wants_booking = false;
  bool cancels = false;     // gives up what is under way
  bool greets = false;      // and says nothing else
  bool thanks = false;      // and says nothing else
  bool question = false;    // asks something
  bool emergency = false;   // words that need an ambulance or a crisis line, not a chat
  bool symptoms = false;    // speaks about health
  bool any = false;         // "любой", "без разницы"
  language::YesNo yes_no = language::YesNo::neither;
  language::When when;
  std::optional<std::string> phone;            // E.164
  bool phone_attempt = false;                  // digits that are no number
  std::optional<std::string> email;
  std::optional<std::string> volunteered_name;
  std::optional<std::string> answered_name;    // if a name had been asked for
  std::vector<language::Match> services;       // into catalog.services, best first
  std::vector<language::Match> specialists;    // into catalog.specialists, best first
};

Understanding understand(std::string_view text, const booking::Catalog& catalog, std::chrono::local_seconds now,
                         std::string_view fallback_language);

}  // namespace chatika::assistant
