#include "inbox/inbox_store.hpp"

#include "json/write.hpp"

namespace chatika::inbox::store {
namespace {

using db::Blob;
using db::Row;

constexpr std::int64_t kEndOfTime = 253'402'300'799'000'000;  // 9999-12-31: pages start before it

const db::Statement kInsertVisitor("INSERT INTO visitor (id, ip_box, created_at) VALUES ($1, $2, $3)");
const db::Statement kInsertConversation(
    "INSERT INTO conversation (id, visitor, client_id, token_hash, status, language, last_seq, "
    "visitor_read_seq,"
    " staff_read_seq, started_at, last_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
const db::Statement kByClient(
    "SELECT c.id, c.visitor, c.started_at,"
    " (SELECT count(*) FROM message m WHERE m.conversation = c.id AND m.sender = 'visitor')"
    " FROM conversation c WHERE c.client_id = $1");
const db::Statement kSetToken("UPDATE conversation SET token_hash = $1 WHERE id = $2");
const db::Statement kByToken(
    "SELECT c.visitor FROM conversation c JOIN subject s ON s.id = c.visitor AND s.closed = 0"
    " WHERE c.id = $1 AND c.token_hash = $2");

const db::Statement kThread(
    "SELECT id, visitor, status, language, operator, last_seq, visitor_read_seq, staff_read_seq, "
    "dialogue_box,"
    " started_at, last_at FROM conversation WHERE id = $1");
const db::Statement kThreads(
    "SELECT conversation.id, visitor, status, language, operator, last_seq, visitor_read_seq, "
    "staff_read_seq, "
    "dialogue_box,"
    " started_at, last_at FROM conversation JOIN subject s ON s.id = conversation.visitor AND s.closed = 0 "
    "WHERE (last_at < $1 OR (last_at = $1 AND conversation.id < $2))"
    " ORDER BY last_at DESC, conversation.id DESC LIMIT $3");
const db::Statement kThreadsOfStatus(
    "SELECT conversation.id, visitor, status, language, operator, last_seq, visitor_read_seq, "
    "staff_read_seq, "
    "dialogue_box,"
    " started_at, last_at FROM conversation JOIN subject s ON s.id = conversation.visitor AND s.closed = 0 "
    "WHERE (last_at < $1 OR (last_at = $1 AND conversation.id < $2)) AND status = "
    "$3"
    " ORDER BY last_at DESC, conversation.id DESC LIMIT $4");
const db::Statement kSaveThread(
    "UPDATE conversation SET status = $1, operator = $2, last_seq = $3, visitor_read_seq = $4, "
    "staff_read_seq = $5,"
    " dialogue_box = $6, last_at = $7 WHERE id = $8");
const db::Statement kConversationsOf(
    "SELECT id FROM conversation WHERE visitor = $1 ORDER BY started_at DESC, id DESC LIMIT 1000");
const db::Statement kUnread(
    "SELECT count(*) FROM message WHERE conversation = $1 AND seq > $2 AND sender = 'visitor'");

const db::Statement kInsertMessage(
    "INSERT INTO message (conversation, seq, id, sender, author, client_id, body_box, at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
const db::Statement kMessageOfClient(
    "SELECT seq, id, sender, author, client_id, body_box, at FROM message WHERE conversation = $1 AND "
    "client_id = $2");
const db::Statement kMessagesAfter(
    "SELECT seq, id, sender, author, client_id, body_box, at FROM message WHERE conversation = $1 AND seq > "
    "$2"
    " ORDER BY seq LIMIT $3");
const db::Statement kMessagesBefore(
    "SELECT seq, id, sender, author, client_id, body_box, at FROM message WHERE conversation = $1 AND seq < "
    "$2"
    " ORDER BY seq DESC LIMIT $3");

const db::Statement kVisitor("SELECT name_box, phone_box, email_box, ip_box FROM visitor WHERE id = $1");
const db::Statement kSetName("UPDATE visitor SET name_box = $1 WHERE id = $2");
const db::Statement kSetPhone("UPDATE visitor SET phone_box = $1, phone_index = $2 WHERE id = $3");
const db::Statement kSetEmail("UPDATE visitor SET email_box = $1, email_index = $2 WHERE id = $3");
const db::Statement kEmployeeName("SELECT name_box FROM employee WHERE id = $1");

const db::Statement kInsertLead(
    "INSERT INTO lead (id, visitor, conversation, kind, note_box, status, created_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)");
const db::Statement kLead(
    "SELECT id, visitor, conversation, kind, note_box, status, created_at FROM lead WHERE id = $1");
const db::Statement kLeadsOf(
    "SELECT id, visitor, conversation, kind, note_box, status, created_at FROM lead WHERE conversation = $1"
    " ORDER BY created_at DESC, id DESC LIMIT 100");
const db::Statement kLeads(
    "SELECT lead.id, visitor, conversation, lead.kind, note_box, status, lead.created_at FROM lead JOIN "
    "subject s ON s.id = lead.visitor AND s.closed = 0"
    " WHERE (lead.created_at < $1 OR (lead.created_at = $1 AND lead.id < $2)) ORDER BY lead.created_at DESC, "
    "lead.id DESC LIMIT $3");
const db::Statement kLeadsOfStatus(
    "SELECT lead.id, visitor, conversation, lead.kind, note_box, status, lead.created_at FROM lead JOIN "
    "subject s ON s.id = lead.visitor AND s.closed = 0"
    " WHERE (lead.created_at < $1 OR (lead.created_at = $1 AND lead.id < $2)) AND status = $3"
    " ORDER BY lead.created_at DESC, lead.id DESC LIMIT $4");
const db::Statement kSetLeadStatus("UPDATE lead SET status = $1 WHERE id = $2");

const db::Statement kNextFeed("UPDATE counter SET value = value + 1 WHERE name = 'feed' RETURNING value");
const db::Statement kFeedHead("SELECT value FROM counter WHERE name = 'feed'");
const db::Statement kInsertFeed(
    "INSERT INTO feed (seq, kind, ref, from_seq, at) VALUES ($1, $2, $3, $4, $5)");
const db::Statement kFeedAfter(
    "SELECT seq, kind, ref, from_seq FROM feed WHERE seq > $1 ORDER BY seq LIMIT $2");

Blob blob(const crypto::Hash& hash) {
  return {{reinterpret_cast<const char*>(hash.data()), hash.size()}};
}
std::optional<std::string> maybe_bytes(const Row& r, int column) {
  if (r.is_null(column)) return std::nullopt;
  return r.bytes(column);
}

Thread read_thread(const Row& r) {
  Thread t;
  t.id = r.id<ConversationId>(0);
  t.visitor = r.id<SubjectId>(1);
  t.status = json::from_name<Status>(r.text(2));
  t.language = r.str(3);
  if (!r.is_null(4)) t.operator_ = r.id<EmployeeId>(4);
  t.last_seq = r.i64(5);
  t.visitor_read_seq = r.i64(6);
  t.staff_read_seq = r.i64(7);
  t.dialogue_box = maybe_bytes(r, 8).value_or("");
  t.started_at = r.time(9);
  t.last_at = r.time(10);
  return t;
}

MessageRow read_message(const Row& r) {
  MessageRow m;
  m.seq = r.i64(0);
  m.id = r.uuid(1);
  m.from = json::from_name<Sender>(r.text(2));
  if (!r.is_null(3)) m.author = r.id<EmployeeId>(3);
  if (!r.is_null(4)) m.client_id = r.uuid(4);
  m.body_box = r.bytes(5);
  m.at = r.time(6);
  return m;
}

LeadRow read_lead(const Row& r) {
  return {r.id<LeadId>(0),
          r.id<SubjectId>(1),
          r.id<ConversationId>(2),
          json::from_name<LeadKind>(r.text(3)),
          r.bytes(4),
          json::from_name<LeadStatus>(r.text(5)),
          r.time(6)};
}

}  // namespace

void insert_visitor(db::Tx& tx, SubjectId id, const Sealed<Field::visitor_ip>& ip, Time now) {
  tx.exec(kInsertVisitor, id, Blob{ip.box}, now);
}

void insert_conversation(db::Tx& tx, const Thread& t, const Uuid& client_id, const crypto::Hash& token_hash) {
  tx.exec(kInsertConversation, t.id, t.visitor, client_id, blob(token_hash), json::name_of(t.status),
          t.language, t.last_seq, t.visitor_read_seq, t.staff_read_seq, t.started_at, t.last_at);
}

std::optional<ByClient> conversation_of_client(db::Tx& tx, const Uuid& client_id) {
  return tx.one(
      kByClient,
      [](const Row& r) { return ByClient{r.id<ConversationId>(0), r.id<SubjectId>(1), r.time(2), r.i64(3)}; },
      client_id);
}

void set_token(db::Tx& tx, ConversationId id, const crypto::Hash& token_hash) {
  tx.exec(kSetToken, blob(token_hash), id);
}

std::optional<SubjectId> visitor_by_token(db::Tx& tx, ConversationId id, const crypto::Hash& token_hash) {
  return tx.one(kByToken, [](const Row& r) { return r.id<SubjectId>(0); }, id, blob(token_hash));
}

std::optional<Thread> thread(db::Tx& tx, ConversationId id) {
  return tx.one(kThread, read_thread, id);
}

void save_thread(db::Tx& tx, const Thread& t) {
  const auto dialogue = t.dialogue_box.empty() ? std::optional<Blob>() : Blob{t.dialogue_box};
  tx.exec(kSaveThread, json::name_of(t.status), t.operator_, t.last_seq, t.visitor_read_seq, t.staff_read_seq,
          dialogue, t.last_at, t.id);
}

std::vector<Thread> threads(db::Tx& tx, const Page& page) {
  const auto at = page.before_at ? to_micros(*page.before_at) : kEndOfTime;
  if (page.status)
    return tx.all(kThreadsOfStatus, read_thread, at, page.before_id, json::name_of(*page.status), page.limit);
  return tx.all(kThreads, read_thread, at, page.before_id, page.limit);
}

std::vector<ConversationId> conversations_of(db::Tx& tx, SubjectId visitor) {
  return tx.all(kConversationsOf, [](const Row& r) { return r.id<ConversationId>(0); }, visitor);
}

std::int64_t unread(db::Tx& tx, const Thread& t) {
  return tx.one(kUnread, [](const Row& r) { return r.i64(0); }, t.id, t.staff_read_seq).value_or(0);
}

void insert_message(db::Tx& tx, ConversationId conversation, const MessageRow& row) {
  tx.exec(kInsertMessage, conversation, row.seq, row.id, json::name_of(row.from), row.author, row.client_id,
          Blob{row.body_box}, row.at);
}

std::optional<MessageRow> message_of_client(db::Tx& tx, ConversationId conversation, const Uuid& client_id) {
  return tx.one(kMessageOfClient, read_message, conversation, client_id);
}

std::vector<MessageRow> messages_after(db::Tx& tx, ConversationId conversation, std::int64_t after,
                                       std::size_t limit) {
  return tx.all(kMessagesAfter, read_message, conversation, after, limit);
}

std::vector<MessageRow> messages_before(db::Tx& tx, ConversationId conversation, std::int64_t before,
                                        std::size_t limit) {
  return tx.all(kMessagesBefore, read_message, conversation, before, limit);
}

std::optional<VisitorRow> visitor(db::Tx& tx, SubjectId id) {
  return tx.one(
      kVisitor,
      [](const Row& r) {
        return VisitorRow{maybe_bytes(r, 0), maybe_bytes(r, 1), maybe_bytes(r, 2), maybe_bytes(r, 3)};
      },
      id);
}

void set_name(db::Tx& tx, SubjectId id, std::string_view box) {
  tx.exec(kSetName, Blob{box}, id);
}
void set_phone(db::Tx& tx, SubjectId id, std::string_view box, std::string_view index) {
  tx.exec(kSetPhone, Blob{box}, Blob{index}, id);
}
void set_email(db::Tx& tx, SubjectId id, std::string_view box, std::string_view index) {
  tx.exec(kSetEmail, Blob{box}, Blob{index}, id);
}
std::optional<std::string> employee_name_box(db::Tx& tx, EmployeeId id) {
  return tx.one(kEmployeeName, [](const Row& r) { return r.bytes(0); }, id);
}

void insert_lead(db::Tx& tx, const LeadRow& row) {
  tx.exec(kInsertLead, row.id, row.visitor, row.conversation, json::name_of(row.kind), Blob{row.note_box},
          json::name_of(row.status), row.created_at);
}

std::optional<LeadRow> lead(db::Tx& tx, LeadId id) {
  return tx.one(kLead, read_lead, id);
}

std::vector<LeadRow> leads_of(db::Tx& tx, ConversationId conversation) {
  return tx.all(kLeadsOf, read_lead, conversation);
}

std::vector<LeadRow> leads(db::Tx& tx, const LeadPage& page) {
  const auto at = page.before_at ? to_micros(*page.before_at) : kEndOfTime;
  if (page.status)
    return tx.all(kLeadsOfStatus, read_lead, at, page.before_id, json::name_of(*page.status), page.limit);
  return tx.all(kLeads, read_lead, at, page.before_id, page.limit);
}

void set_lead_status(db::Tx& tx, LeadId id, LeadStatus status) {
  tx.exec(kSetLeadStatus, json::name_of(status), id);
}

std::int64_t next_feed(db::Tx& tx) {
  return tx.one(kNextFeed, [](const Row& r) { return r.i64(0); }).value();
}

std::int64_t feed_head(db::Tx& tx) {
  return tx.one(kFeedHead, [](const Row& r) { return r.i64(0); }).value_or(0);
}

void insert_feed(db::Tx& tx, const FeedEntry& entry, Time now) {
  tx.exec(kInsertFeed, entry.seq, json::name_of(entry.kind), entry.ref, entry.from_seq, now);
}

std::vector<FeedEntry> feed_after(db::Tx& tx, std::int64_t after, std::size_t limit) {
  return tx.all(
      kFeedAfter,
      [](const Row& r) {
        return FeedEntry{r.i64(0), json::from_name<FeedKind>(r.text(1)), r.uuid(2), r.i64(3)};
      },
      after, limit);
}

}  // namespace chatika::inbox::store
