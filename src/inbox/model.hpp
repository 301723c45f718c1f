// Conversations, messages, visitors, leads: as the rooms use them and as the wire shows them
// (docs/protocol.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "json/types.hpp"

namespace chatika::inbox {

enum class Sender { visitor, assistant, employee, system };
CHATIKA_JSON_ENUM(Sender, visitor, assistant, employee, system)

// assistant answers; a human was asked for and the assistant still keeps company; a human has it; over.
enum class Status { assistant, waiting, human, closed };
CHATIKA_JSON_ENUM(Status, assistant, waiting, human, closed)

enum class Ask { name, phone, email };
CHATIKA_JSON_ENUM(Ask, name, phone, email)

struct Source {
  ArticleId article;
  std::string title;
  std::string quote;
};
CHATIKA_JSON(Source, article, title, quote)

struct Choice {
  std::string id;  // opaque to the client
  std::string label;
};
CHATIKA_JSON(Choice, id, label)

struct Day {
  std::string date;  // local, "2026-11-24"
  std::string label;
  std::vector<Choice> times;
};
CHATIKA_JSON(Day, date, label, times)

enum class CardStatus { held, confirmed, cancelled };
CHATIKA_JSON_ENUM(CardStatus, held, confirmed, cancelled)

struct BookingCard {
  std::string reference;
  std::string service;
  std::string specialist;
  Time starts_at;
  Time ends_at;
  std::string time_zone;
  CardStatus status = CardStatus::held;
  std::string place;
};
CHATIKA_JSON(BookingCard, reference, service, specialist, starts_at, ends_at, time_zone, status, place)

// What a message says; kept sealed as JSON.
struct Body {
  std::string text;
  std::vector<Source> sources;
  std::vector<Choice> choices;
  std::vector<Day> days;
  std::optional<Ask> ask;
  std::optional<BookingCard> booking;
};
CHATIKA_JSON(Body, text, sources, choices, days, ask, booking)

struct Message {
  std::int64_t seq = 0;
  Sender from = Sender::visitor;
  Time at;
  std::string text;
  std::optional<std::string> author;  // name of the employee
  std::optional<Uuid> client_id;
  std::vector<Source> sources;
  std::vector<Choice> choices;
  std::vector<Day> days;
  std::optional<Ask> ask;
  std::optional<BookingCard> booking;
};
CHATIKA_JSON(Message, seq, from, at, text, author, client_id, sources, choices, days, ask, booking)

struct Operator {
  EmployeeId id;
  std::string name;
};
CHATIKA_JSON(Operator, id, name)

struct Conversation {
  ConversationId id;
  Status status = Status::assistant;
  std::string language;
  Time started_at;
  Time last_at;
  std::int64_t last_seq = 0;
  std::int64_t read_seq = 0;  // seen by the staff
  std::int64_t unread = 0;    // messages of the visitor after read_seq
  std::optional<std::string> visitor;
  std::string preview;
  std::optional<Operator> operator_;
};
CHATIKA_JSON(Conversation, id, status, language, started_at, last_at, last_seq, read_seq, unread, visitor,
             preview, operator_)

struct ConsentSummary {
  std::string version;
  Time at;
  bool health = false;
};
CHATIKA_JSON(ConsentSummary, version, at, health)

struct Visitor {
  SubjectId id;
  std::optional<std::string> name;
  std::optional<std::string> phone;
  std::optional<std::string> email;
  ConsentSummary consent;
};
CHATIKA_JSON(Visitor, id, name, phone, email, consent)

enum class LeadKind { contact, callback };
CHATIKA_JSON_ENUM(LeadKind, contact, callback)
enum class LeadStatus { new_, done };
CHATIKA_JSON_ENUM(LeadStatus, new_, done)

struct Lead {
  LeadId id;
  ConversationId conversation;
  LeadKind kind = LeadKind::contact;
  std::optional<std::string> name;
  std::optional<std::string> phone;
  std::optional<std::string> email;
  std::string note;
  LeadStatus status = LeadStatus::new_;
  Time created_at;
};
CHATIKA_JSON(Lead, id, conversation, kind, name, phone, email, note, status, created_at)

// A conversation as the rooms work on it.
struct Thread {
  ConversationId id;
  SubjectId visitor;
  Status status = Status::assistant;
  std::string language;
  std::optional<EmployeeId> operator_;
  std::int64_t last_seq = 0;
  std::int64_t visitor_read_seq = 0;
  std::int64_t staff_read_seq = 0;
  std::string dialogue_box;  // "" while the assistant keeps nothing in mind
  Time started_at;
  Time last_at;
};

enum class FeedKind { messages, conversation, lead, booking, article, gone, request };
CHATIKA_JSON_ENUM(FeedKind, messages, conversation, lead, booking, article, gone, request)

// One committed change, as panels that were away learn of it.
struct FeedEntry {
  std::int64_t seq = 0;
  FeedKind kind = FeedKind::messages;
  Uuid ref;                   // conversation, lead, booking or article
  std::int64_t from_seq = 0;  // messages: the first of the change
};

}  // namespace chatika::inbox
