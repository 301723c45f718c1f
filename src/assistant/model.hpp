// What the assistant is told, keeps in mind between messages, and comes to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "booking/model.hpp"
#include "inbox/model.hpp"
#include "json/types.hpp"

namespace chatika::assistant {

// The facts of the business the assistant may use besides its articles.
struct Business {
  std::string greeting_ru, greeting_en;  // says that an assistant answers
  std::string phone;
  std::string address_ru, address_en;
  std::string time_zone;
  bool clinic = false;
  [[nodiscard]] const std::string& greeting(std::string_view language) const {
    return language == "en" ? greeting_en : greeting_ru;
  }
  [[nodiscard]] const std::string& address(std::string_view language) const {
    return language == "en" ? address_en : address_ru;
  }
};

// What the visitor is in the middle of.
enum class Task { none, book, callback, contact };
CHATIKA_JSON_ENUM(Task, none, book, callback, contact)

// What the assistant asked for last.
enum class Step { none, service, specialist, time, name, phone, confirm };
CHATIKA_JSON_ENUM(Step, none, service, specialist, time, name, phone, confirm)

// What a bare "да" would agree to.
enum class Proposal { none, human, book };
CHATIKA_JSON_ENUM(Proposal, none, human, book)

// Local days or minutes of the day, end exclusive.
struct Range {
  std::int64_t from = 0;
  std::int64_t to = 0;
};
CHATIKA_JSON(Range, from, to)

// Kept sealed with the conversation, as JSON.
struct Dialogue {
  std::string language;
  Task task = Task::none;
  Step step = Step::none;
  std::optional<ServiceId> service;
  std::optional<SpecialistId> specialist;
  bool any_specialist = false;
  std::vector<Range> days;   // local days since 1970
  std::vector<Range> times;  // minutes of the day
  std::optional<Time> starts_at;
  std::optional<BookingId> booking;  // held, waiting for the visitor's yes
  std::string note;                  // callback: what the visitor said about it
  int asked = 0;                     // times in a row the same step was asked in vain
  int unknown = 0;                   // messages in a row that were not understood
  std::optional<ServiceId> topic;    // last spoken of: "а сколько это стоит?", "запишите"
  Proposal proposed = Proposal::none;
};
CHATIKA_JSON(Dialogue, language, task, step, service, specialist, any_specialist, days, times, starts_at,
             booking, note, asked, unknown, topic, proposed)

struct Turn {
  ConversationId conversation;
  Uuid client_id;
  std::string text;
  std::optional<std::string> choice;
};

struct TurnResult {
  std::int64_t seq = 0;  // of the visitor's message
  Time at;
  bool repeated = false;  // the client id was known: nothing new was stored
  inbox::Thread thread;
  bool status_changed = false;
  std::vector<inbox::Message> messages;  // the visitor's, then the replies
  std::vector<inbox::Lead> leads;
  std::vector<BookingId> bookings;  // changed
};

}  // namespace chatika::assistant
