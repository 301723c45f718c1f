#include "inbox/inbox.hpp"

#include <algorithm>

#include "inbox/inbox_rules.hpp"
#include "inbox/inbox_store.hpp"
#include "json/write.hpp"

namespace chatika::inbox {
namespace {

using privacy::Field;
using privacy::Principal;
using privacy::Purpose;
using privacy::Sealed;

// Who opens a message: the visitor and the assistant to converse, an employee to serve the lead.
Purpose reading_purpose(const privacy::Access& access) {
  return access.who().kind == Principal::Kind::employee ? Purpose::lead : Purpose::answering;
}

// As the wire shows it.
Result<Message> message_of(privacy::Access& access, const store::MessageRow& row, Body body) {
  Message m{.seq = row.seq,
            .from = row.from,
            .at = row.at,
            .text = std::move(body.text),
            .author = {},
            .client_id = row.client_id,
            .sources = std::move(body.sources),
            .choices = std::move(body.choices),
            .days = std::move(body.days),
            .ask = body.ask,
            .booking = std::move(body.booking)};
  if (row.author) m.author = TRY(operator_name(access, *row.author));
  return m;
}

Result<Message> open_message(privacy::Access& access, const Thread& thread, store::MessageRow row) {
  const Sealed<Field::message_body> sealed{thread.visitor, row.id, std::move(row.body_box)};
  auto body = TRY(json::read<Body>(TRY(access.open(sealed, reading_purpose(access)))));
  return message_of(access, row, std::move(body));
}

Result<std::vector<Message>> open_all(privacy::Access& access, const Thread& thread,
                                      std::vector<store::MessageRow> rows) {
  std::vector<Message> out;
  out.reserve(rows.size());
  for (auto& row : rows) out.push_back(TRY(open_message(access, thread, std::move(row))));
  return out;
}

Result<std::optional<std::string>> open_name(privacy::Access& access, SubjectId id,
                                             const store::VisitorRow& row) {
  if (!row.name_box) return std::optional<std::string>();
  const Sealed<Field::visitor_name> sealed{id, id, *row.name_box};
  return access.open_if_allowed(sealed, Purpose::addressing);
}

Result<void> say(privacy::Access& access, Thread& thread, std::string text) {
  CHECK(append(access, thread,
               {.from = Sender::system, .author = {}, .client_id = {}, .body = {.text = std::move(text)}}));
  return {};
}

}  // namespace

Result<std::string> operator_name(privacy::Access& access, EmployeeId id) {
  const auto box = store::employee_name_box(access.tx(), id);
  if (!box) return fail(Errc::internal, "a conversation names an unknown employee");
  const Sealed<Field::employee_name> sealed{SubjectId(id), id, *box};
  return access.open(sealed, Purpose::addressing);
}

Result<Started> start(privacy::Access& access, const Start& request) {
  auto& tx = access.tx();
  if (const auto known = store::conversation_of_client(tx, request.client_id)) {
    if (known->visitor_messages > 0 || known->started_at + kStartRepeat < access.now())
      return fail(Errc::conflict, "the client id has been used");
    store::set_token(tx, known->id, request.token_hash);
    // An act of its own: the visitor may have changed their mind about health, or the language, before asking
    // again.
    if (TRY(access.standing(known->visitor)).closed())
      return fail(Errc::conflict, "the visitor has ended this");
    CHECK(privacy::give_consent(access, known->visitor, request.consent, request.health,
                                request.widget_version));
    return Started{known->id, known->visitor, true};
  }
  const auto visitor = access.new_subject(privacy::SubjectKind::visitor);
  const auto ip = TRY(access.seal<Field::visitor_ip>(visitor, visitor, request.ip));
  store::insert_visitor(tx, visitor, ip, access.now());
  CHECK(privacy::give_consent(access, visitor, request.consent, request.health, request.widget_version));
  Thread thread{.id = ConversationId::fresh(),
                .visitor = visitor,
                .status = Status::assistant,
                .language = request.language,
                .operator_ = {},
                .dialogue_box = {},
                .started_at = access.now(),
                .last_at = access.now()};
  store::insert_conversation(tx, thread, request.client_id, request.token_hash);
  return Started{thread.id, visitor, false};
}

Result<Principal> visitor_of(db::Tx& tx, ConversationId id, const crypto::Hash& token_hash) {
  const auto visitor = store::visitor_by_token(tx, id, token_hash);
  if (!visitor) return fail(Errc::unauthenticated, "no such conversation and token");
  return Principal::visitor(tx.tenant(), *visitor);
}

Result<Thread> thread(privacy::Access& access, ConversationId id) {
  auto found = store::thread(access.tx(), id);
  if (!found) return fail(Errc::not_found, "no such conversation");
  if (access.who().kind == Principal::Kind::visitor && access.who().id != found->visitor)
    return fail(Errc::not_found, "another visitor's conversation");
  return std::move(*found);
}

Result<Message> append(privacy::Access& access, Thread& thread, NewMessage message) {
  store::MessageRow row{.seq = thread.last_seq + 1,
                        .id = new_uuid(),
                        .from = message.from,
                        .author = message.author,
                        .client_id = message.client_id,
                        .body_box = {},
                        .at = access.now()};
  auto sealed = TRY(access.seal<Field::message_body>(thread.visitor, row.id, json::write(message.body)));
  row.body_box = std::move(sealed.box);
  store::insert_message(access.tx(), thread.id, row);
  thread.last_seq = row.seq;
  thread.last_at = row.at;
  return message_of(access, row, std::move(message.body));
}

std::optional<Received> received(privacy::Access& access, const Thread& thread, const Uuid& client_id) {
  const auto row = store::message_of_client(access.tx(), thread.id, client_id);
  if (!row) return std::nullopt;
  return Received{row->seq, row->at};
}

void save(privacy::Access& access, const Thread& thread) {
  store::save_thread(access.tx(), thread);
}

Result<std::vector<Message>> messages_after(privacy::Access& access, const Thread& thread, std::int64_t after,
                                            std::size_t limit) {
  return open_all(access, thread, store::messages_after(access.tx(), thread.id, after, limit));
}

Result<std::vector<Message>> messages_before(privacy::Access& access, const Thread& thread,
                                             std::int64_t before, std::size_t limit) {
  auto rows = store::messages_before(access.tx(), thread.id, before, limit);
  std::reverse(rows.begin(), rows.end());
  return open_all(access, thread, std::move(rows));
}

Result<std::string> dialogue(privacy::Access& access, const Thread& thread) {
  if (thread.dialogue_box.empty()) return std::string();
  const Sealed<Field::conversation_dialogue> sealed{thread.visitor, thread.id, thread.dialogue_box};
  return access.open(sealed, Purpose::answering);
}

Result<void> set_dialogue(privacy::Access& access, Thread& thread, std::string_view state) {
  auto sealed = TRY(access.seal<Field::conversation_dialogue>(thread.visitor, thread.id, state));
  thread.dialogue_box = std::move(sealed.box);
  return {};
}

std::vector<ConversationId> conversations_of(privacy::Access& access, SubjectId visitor) {
  return store::conversations_of(access.tx(), visitor);
}

Result<Conversation> summary(privacy::Access& access, const Thread& thread) {
  Conversation c{.id = thread.id,
                 .status = thread.status,
                 .language = thread.language,
                 .started_at = thread.started_at,
                 .last_at = thread.last_at,
                 .last_seq = thread.last_seq,
                 .read_seq = thread.staff_read_seq,
                 .unread = store::unread(access.tx(), thread),
                 .visitor = {},
                 .preview = {},
                 .operator_ = {}};
  const auto row = store::visitor(access.tx(), thread.visitor);
  if (row) c.visitor = TRY(open_name(access, thread.visitor, *row));
  const auto last = TRY(messages_before(access, thread, thread.last_seq + 1, 1));
  if (!last.empty()) c.preview = preview(last.front().text);
  if (thread.operator_)
    c.operator_ = Operator{*thread.operator_, TRY(operator_name(access, *thread.operator_))};
  return c;
}

Result<std::vector<Conversation>> list(privacy::Access& access, const Page& page) {
  std::vector<Conversation> out;
  for (const auto& thread : store::threads(access.tx(), page)) out.push_back(TRY(summary(access, thread)));
  return out;
}

Result<Thread> take(privacy::Access& access, ConversationId id) {
  auto t = TRY(thread(access, id));
  const EmployeeId me(access.who().id);
  if (t.operator_ && t.status == Status::human && *t.operator_ != me)
    return fail(Errc::conflict, "a colleague has it");
  if (t.operator_ == me && t.status == Status::human) return t;
  t.operator_ = me;
  t.status = Status::human;
  CHECK(say(access, t, joined_text(TRY(operator_name(access, me)), t.language)));
  save(access, t);
  return t;
}

Result<Thread> hand_back(privacy::Access& access, ConversationId id) {
  auto t = TRY(thread(access, id));
  if (t.status == Status::assistant) return t;
  if (t.status == Status::closed) return fail(Errc::conflict, "the conversation is closed");
  if (t.status == Status::human && t.operator_ != EmployeeId(access.who().id))
    return fail(Errc::conflict, "a colleague has it");
  t.operator_.reset();
  t.status = Status::assistant;
  CHECK(say(access, t, handed_back_text(t.language)));
  save(access, t);
  return t;
}

Result<Thread> close(privacy::Access& access, ConversationId id) {
  auto t = TRY(thread(access, id));
  if (t.status == Status::closed) return t;
  if (t.status == Status::human && t.operator_ != EmployeeId(access.who().id))
    return fail(Errc::conflict, "a colleague has it");
  t.operator_.reset();
  t.status = Status::closed;
  CHECK(say(access, t, closed_text(t.language)));
  save(access, t);
  return t;
}

Result<Message> reply(privacy::Access& access, ConversationId id, const Uuid& client_id, std::string text) {
  auto t = TRY(thread(access, id));
  if (auto known = store::message_of_client(access.tx(), id, client_id)) {
    if (known->author != EmployeeId(access.who().id))
      return fail(Errc::conflict, "the client id has been used");
    return open_message(access, t, std::move(*known));
  }
  const EmployeeId me(access.who().id);
  if (t.status != Status::human || t.operator_ != me)
    return fail(Errc::conflict, "not taken over by this employee");
  auto message = TRY(append(
      access, t,
      {.from = Sender::employee, .author = me, .client_id = client_id, .body = {.text = std::move(text)}}));
  t.staff_read_seq = std::max(t.staff_read_seq, t.last_seq);
  save(access, t);
  return message;
}

Result<Thread> read_by_staff(privacy::Access& access, ConversationId id, std::int64_t seq) {
  auto t = TRY(thread(access, id));
  seq = std::min(seq, t.last_seq);
  if (seq <= t.staff_read_seq) return t;
  t.staff_read_seq = seq;
  save(access, t);
  return t;
}

Result<Thread> read_by_visitor(privacy::Access& access, ConversationId id, std::int64_t seq) {
  auto t = TRY(thread(access, id));
  seq = std::min(seq, t.last_seq);
  if (seq <= t.visitor_read_seq) return t;
  t.visitor_read_seq = seq;
  save(access, t);
  return t;
}

Result<void> set_contact(privacy::Access& access, SubjectId visitor, const Contact& contact) {
  auto& tx = access.tx();
  if (contact.name)
    store::set_name(tx, visitor, TRY(access.seal<Field::visitor_name>(visitor, visitor, *contact.name)).box);
  if (contact.phone)
    store::set_phone(tx, visitor,
                     TRY(access.seal<Field::visitor_phone>(visitor, visitor, *contact.phone)).box,
                     access.index("visitor.phone", *contact.phone));
  if (contact.email)
    store::set_email(tx, visitor,
                     TRY(access.seal<Field::visitor_email>(visitor, visitor, *contact.email)).box,
                     access.index("visitor.email", text::fold(*contact.email)));
  return {};
}

Result<Contact> contact(privacy::Access& access, SubjectId id, Purpose purpose) {
  const auto row = store::visitor(access.tx(), id);
  if (!row) return fail(Errc::not_found, "no such visitor");
  Contact out;
  out.name = TRY(open_name(access, id, *row));
  if (row->phone_box)
    out.phone = TRY(access.open_if_allowed(Sealed<Field::visitor_phone>{id, id, *row->phone_box}, purpose));
  if (row->email_box)
    out.email =
        TRY(access.open_if_allowed(Sealed<Field::visitor_email>{id, id, *row->email_box}, Purpose::lead));
  return out;
}

Result<Visitor> visitor(privacy::Access& access, SubjectId id) {
  auto known = TRY(contact(access, id, Purpose::lead));
  Visitor out{.id = id,
              .name = std::move(known.name),
              .phone = std::move(known.phone),
              .email = std::move(known.email),
              .consent = {}};
  const auto consent = privacy::consent_state(access.tx(), id);
  if (!consent) return fail(Errc::consent_required, "a visitor without consent");
  out.consent = {consent->version, consent->at, consent->health};
  return out;
}

std::int64_t record(privacy::Access& access, FeedKind kind, const Uuid& ref, std::int64_t from_seq) {
  const auto seq = store::next_feed(access.tx());
  store::insert_feed(access.tx(), {seq, kind, ref, from_seq}, access.now());
  return seq;
}

std::int64_t feed_head(privacy::Access& access) {
  return store::feed_head(access.tx());
}

std::vector<FeedEntry> feed_after(privacy::Access& access, std::int64_t after, std::size_t limit) {
  return store::feed_after(access.tx(), after, limit);
}

}  // namespace chatika::inbox
