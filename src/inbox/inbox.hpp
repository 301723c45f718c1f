// The inbox: starting a conversation by the consent act, messages in order, who has it, visitors' contacts,
// leads, and the feed of changes.
//
// Refuses: storing anything before consent, a message of an employee who has not taken the conversation over,
// two employees on one conversation, the same client id twice.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/crypto.hpp"
#include "inbox/model.hpp"
#include "privacy/access.hpp"
#include "privacy/consent.hpp"

namespace chatika::inbox {

inline constexpr auto kStartRepeat =
    std::chrono::hours(1);  // how long a lost answer to "start" may be asked for again

struct Start {
  Uuid client_id;
  std::string language;
  std::string ip;
  privacy::ConsentText consent;  // the text the visitor saw; the caller has compared the hashes
  bool health = false;
  std::string widget_version;
  crypto::Hash token_hash;
};
struct Started {
  ConversationId conversation;
  SubjectId visitor;
  bool repeated = false;  // the conversation was there already; its token is now the new one
};
// Acts as the system: there is no visitor yet. A repeated start is a consent act too: the last one counts.
// Errc::conflict when the client id is known but too old or already in use.
Result<Started> start(privacy::Access& access, const Start& request);

// Who a widget's token is. Errc::unauthenticated for a wrong conversation, a wrong token and a visitor whose
// data are closed (withdrawn, blocked, erased) alike.
Result<privacy::Principal> visitor_of(db::Tx& tx, ConversationId id, const crypto::Hash& token_hash);

// Errc::not_found for an unknown id, and for a visitor reaching for a conversation that is not theirs.
Result<Thread> thread(privacy::Access& access, ConversationId id);

// A message into the thread: gives it the next seq and moves thread.last_seq and last_at; save() makes that
// durable.
struct NewMessage {
  Sender from = Sender::visitor;
  std::optional<EmployeeId> author;
  std::optional<Uuid> client_id;
  Body body;
};
Result<Message> append(privacy::Access& access, Thread& thread, NewMessage message);
// seq and time of the message this client id already has, if any.
struct Received {
  std::int64_t seq = 0;
  Time at;
};
std::optional<Received> received(privacy::Access& access, const Thread& thread, const Uuid& client_id);
// Writes status, operator, last_seq, last_at, read marks and dialogue of the thread.
void save(privacy::Access& access, const Thread& thread);

// Messages with seq > after, ascending, at most `limit`; `before` (exclusive) pages backwards when given.
Result<std::vector<Message>> messages_after(privacy::Access& access, const Thread& thread, std::int64_t after,
                                            std::size_t limit);
Result<std::vector<Message>> messages_before(privacy::Access& access, const Thread& thread,
                                             std::int64_t before, std::size_t limit);

// What the assistant keeps in mind, sealed. "" when nothing.
Result<std::string> dialogue(privacy::Access& access, const Thread& thread);
Result<void> set_dialogue(privacy::Access& access, Thread& thread, std::string_view state);

// Newest first.
std::vector<ConversationId> conversations_of(privacy::Access& access, SubjectId visitor);

// As the panel's list shows it. Opens the visitor's name and the last message.
Result<Conversation> summary(privacy::Access& access, const Thread& thread);
struct Page {
  std::optional<Status> status;
  std::optional<Time> before_at;  // the last item of the page before
  Uuid before_id{};
  std::size_t limit = 50;
};
Result<std::vector<Conversation>> list(privacy::Access& access, const Page& page);

// The name an employee goes by in conversations.
Result<std::string> operator_name(privacy::Access& access, EmployeeId id);

// Employees' acts. Each puts a line into the conversation where the visitor should know.
Result<Thread> take(privacy::Access& access, ConversationId id);       // Errc::conflict: a colleague has it
Result<Thread> hand_back(privacy::Access& access, ConversationId id);  // Errc::conflict: not yours
Result<Thread> close(privacy::Access& access, ConversationId id);
// Errc::conflict unless the acting employee has the conversation. A known client id gives the message it
// made.
Result<Message> reply(privacy::Access& access, ConversationId id, const Uuid& client_id, std::string text);
Result<Thread> read_by_staff(privacy::Access& access, ConversationId id, std::int64_t seq);
Result<Thread> read_by_visitor(privacy::Access& access, ConversationId id, std::int64_t seq);

// Visitors. What is nullopt stays as it is.
struct Contact {
  std::optional<std::string> name;
  std::optional<std::string> phone;  // E.164
  std::optional<std::string> email;
};
Result<void> set_contact(privacy::Access& access, SubjectId visitor, const Contact& contact);
// What the visitor's standing closes is nullopt.
Result<Contact> contact(privacy::Access& access, SubjectId visitor, privacy::Purpose purpose);
Result<Visitor> visitor(privacy::Access& access, SubjectId id);

// Leads.
Result<Lead> add_lead(privacy::Access& access, const Thread& thread, LeadKind kind, std::string_view note);
Result<Lead> lead(privacy::Access& access, LeadId id);
Result<std::vector<Lead>> leads_of(privacy::Access& access, ConversationId conversation);
struct LeadPage {
  std::optional<LeadStatus> status;
  std::optional<Time> before_at;
  Uuid before_id{};
  std::size_t limit = 50;
};
Result<std::vector<Lead>> leads(privacy::Access& access, const LeadPage& page);
Result<Lead> set_lead_status(privacy::Access& access, LeadId id, LeadStatus status);

// The feed. record() takes the tenant's next number; it is part of the operation's commit.
std::int64_t record(privacy::Access& access, FeedKind kind, const Uuid& ref, std::int64_t from_seq = 0);
std::int64_t feed_head(privacy::Access& access);
std::vector<FeedEntry> feed_after(privacy::Access& access, std::int64_t after, std::size_t limit);

}  // namespace chatika::inbox
