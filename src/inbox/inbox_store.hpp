// SQL of the inbox; nobody else includes it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/crypto.hpp"
#include "db/db.hpp"
#include "inbox/inbox.hpp"

namespace chatika::inbox::store {

using privacy::Field;
using privacy::Sealed;

void insert_visitor(db::Tx& tx, SubjectId id, const Sealed<Field::visitor_ip>& ip, Time now);
void insert_conversation(db::Tx& tx, const Thread& thread, const Uuid& client_id,
                         const crypto::Hash& token_hash);
struct ByClient {
  ConversationId id;
  SubjectId visitor;
  Time started_at;
  std::int64_t visitor_messages = 0;
};
std::optional<ByClient> conversation_of_client(db::Tx& tx, const Uuid& client_id);
void set_token(db::Tx& tx, ConversationId id, const crypto::Hash& token_hash);
std::optional<SubjectId> visitor_by_token(db::Tx& tx, ConversationId id, const crypto::Hash& token_hash);

std::optional<Thread> thread(db::Tx& tx, ConversationId id);
void save_thread(db::Tx& tx, const Thread& thread);
std::vector<Thread> threads(db::Tx& tx, const Page& page);
std::vector<ConversationId> conversations_of(db::Tx& tx, SubjectId visitor);
std::int64_t unread(db::Tx& tx, const Thread& thread);

struct MessageRow {
  std::int64_t seq = 0;
  Uuid id;
  Sender from = Sender::visitor;
  std::optional<EmployeeId> author;
  std::optional<Uuid> client_id;
  std::string body_box;
  Time at;
};
void insert_message(db::Tx& tx, ConversationId conversation, const MessageRow& row);
std::optional<MessageRow> message_of_client(db::Tx& tx, ConversationId conversation, const Uuid& client_id);
std::vector<MessageRow> messages_after(db::Tx& tx, ConversationId conversation, std::int64_t after,
                                       std::size_t limit);
std::vector<MessageRow> messages_before(db::Tx& tx, ConversationId conversation, std::int64_t before,
                                        std::size_t limit);

struct VisitorRow {
  std::optional<std::string> name_box, phone_box, email_box, ip_box;
};
std::optional<VisitorRow> visitor(db::Tx& tx, SubjectId id);
void set_name(db::Tx& tx, SubjectId id, std::string_view box);
void set_phone(db::Tx& tx, SubjectId id, std::string_view box, std::string_view index);
void set_email(db::Tx& tx, SubjectId id, std::string_view box, std::string_view index);
std::optional<std::string> employee_name_box(db::Tx& tx, EmployeeId id);

struct LeadRow {
  LeadId id;
  SubjectId visitor;
  ConversationId conversation;
  LeadKind kind = LeadKind::contact;
  std::string note_box;
  LeadStatus status = LeadStatus::new_;
  Time created_at;
};
void insert_lead(db::Tx& tx, const LeadRow& row);
std::optional<LeadRow> lead(db::Tx& tx, LeadId id);
std::vector<LeadRow> leads_of(db::Tx& tx, ConversationId conversation);
std::vector<LeadRow> leads(db::Tx& tx, const LeadPage& page);
void set_lead_status(db::Tx& tx, LeadId id, LeadStatus status);

std::int64_t next_feed(db::Tx& tx);
std::int64_t feed_head(db::Tx& tx);
void insert_feed(db::Tx& tx, const FeedEntry& entry, Time now);
std::vector<FeedEntry> feed_after(db::Tx& tx, std::int64_t after, std::size_t limit);

}  // namespace chatika::inbox::store
