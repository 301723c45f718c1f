#include "requests/requests_store.hpp"

#include "json/read.hpp"
#include "json/write.hpp"

namespace chatika::requests::store {
namespace {

using db::Blob;
using db::Row;

constexpr std::int64_t kEndOfTime = 253'402'300'799'000'000;  // 9999-12-31: pages start before it

#define REQUEST_COLUMNS                                                                                            \
  "r.id, r.reference, r.kind, r.status, r.channel, r.language, r.requester, r.received_at, r.deadline, r.zone,"    \
  " r.reminded, r.verification, r.verified_at, r.handler, r.article, r.answered_at, r.executed_at,"   \
  " r.closed_at FROM request r "

// Case::clock_runs().
#define CLOCK_RUNS                            \
  "(r.status IN ('new', 'in_work') OR (r.status = 'answered' AND r.executed_at IS NULL AND r.kind <> 'information'))"

const db::Statement kInsert(
    "INSERT INTO request (id, reference, kind, status, channel, language, requester, name_box, contact_box, phone_box,"
    " description_box, essence_box, received_at, due_at, deadline, zone, reminded, verification, verified_at,"
    " handler) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)");
const db::Statement kTaken("SELECT 1 FROM request WHERE reference = $1");
const db::Statement kFind("SELECT " REQUEST_COLUMNS "WHERE r.id = $1");
const db::Statement kBoxes(
    "SELECT name_box, contact_box, phone_box, description_box, essence_box, answer_box, document_box FROM request"
    " WHERE id = $1");
const db::Statement kSave(
    "UPDATE request SET status = $1, due_at = $2, deadline = $3, reminded = $4, verification = $5,"
    " verified_at = $6, handler = $7, article = $8, answered_at = $9, executed_at = $10, closed_at = $11 WHERE id = $12");
const db::Statement kSetAnswer("UPDATE request SET answer_box = $1 WHERE id = $2");
const db::Statement kSetDocument("UPDATE request SET document_box = $1 WHERE id = $2");

// Open ones by their clock, ended ones newest first.
const db::Statement kOpen(
    "SELECT " REQUEST_COLUMNS "WHERE " CLOCK_RUNS
    " AND (r.due_at > $1 OR (r.due_at = $1 AND r.id > $2)) ORDER BY r.due_at, r.id LIMIT $3");
const db::Statement kUnverified(
    "SELECT " REQUEST_COLUMNS "WHERE " CLOCK_RUNS
    " AND r.verification IN ('pending', 'code_sent', 'failed')"
    " AND (r.due_at > $1 OR (r.due_at = $1 AND r.id > $2)) ORDER BY r.due_at, r.id LIMIT $3");
const db::Statement kOverdue(
    "SELECT " REQUEST_COLUMNS "WHERE " CLOCK_RUNS
    " AND r.due_at < $1 AND (r.due_at > $2 OR (r.due_at = $2 AND r.id > $3)) ORDER BY r.due_at, r.id LIMIT $4");
const db::Statement kEnded(
    "SELECT " REQUEST_COLUMNS "WHERE NOT " CLOCK_RUNS
    " AND (r.received_at < $1 OR (r.received_at = $1 AND r.id < $2)) ORDER BY r.received_at DESC, r.id DESC LIMIT $3");
const db::Statement kOfSubject(
    "SELECT " REQUEST_COLUMNS
    "JOIN request_subject s ON s.request = r.id WHERE s.subject = $1 ORDER BY r.received_at DESC, r.id DESC LIMIT 100");

const db::Statement kAddSubject("INSERT INTO request_subject (request, subject) VALUES ($1, $2) ON CONFLICT DO NOTHING");
const db::Statement kDropSubject("DELETE FROM request_subject WHERE request = $1 AND subject = $2");
const db::Statement kSubjects("SELECT subject FROM request_subject WHERE request = $1 ORDER BY subject");

const db::Statement kInsertLink(
    "INSERT INTO request_link (token_hash, request, created_at, expires_at) VALUES ($1, $2, $3, $4)");
const db::Statement kCaseOfLink("SELECT request FROM request_link WHERE token_hash = $1 AND expires_at > $2");

const db::Statement kInsertCode(
    "INSERT INTO request_code (request, number, code_index, subject, contact_index, attempts, created_at, expires_at)"
    " VALUES ($1, $2, $3, $4, $5, 0, $6, $7)");
const db::Statement kNewestCode(
    "SELECT number, code_index, subject, contact_index, attempts, expires_at, used_at FROM request_code WHERE request = $1"
    " ORDER BY number DESC LIMIT 1");
const db::Statement kCountAttempt(
    "UPDATE request_code SET attempts = attempts + 1 WHERE request = $1 AND number = $2");
const db::Statement kUseCode("UPDATE request_code SET used_at = $1 WHERE request = $2 AND number = $3");
const db::Statement kCodesSince("SELECT count(*) FROM request_code WHERE subject = $1 AND created_at > $2");

const db::Statement kLastEvent("SELECT coalesce(max(seq), 0) FROM request_event WHERE request = $1");
const db::Statement kInsertEvent(
    "INSERT INTO request_event (request, seq, id, kind, actor, note_box, at) VALUES ($1, $2, $3, $4, $5, $6, $7)");
const db::Statement kEvents(
    "SELECT id, kind, actor, note_box, at FROM request_event WHERE request = $1 ORDER BY seq LIMIT 500");

const db::Statement kInsertTask("INSERT INTO request_task (request, id, kind, created_at) VALUES ($1, $2, $3, $4)");
const db::Statement kTasks(
    "SELECT id, kind, created_at, done_at, done_by FROM request_task WHERE request = $1 ORDER BY created_at, id LIMIT 100");
const db::Statement kFinishTask(
    "UPDATE request_task SET done_at = $1, done_by = $2 WHERE request = $3 AND id = $4 AND done_at IS NULL");

const db::Statement kInsertWithdrawalLink(
    "INSERT INTO withdrawal_link (token_hash, subject, email_index, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)");
const db::Statement kWithdrawalLink("SELECT subject, email_index FROM withdrawal_link WHERE token_hash = $1 AND expires_at > $2");
const db::Statement kLinksSince("SELECT count(*) FROM withdrawal_link WHERE email_index = $1 AND created_at > $2");

const db::Statement kInsertAsk(
    "INSERT INTO withdrawal_ask (id, email_index, language, page, created_at) VALUES ($1, $2, $3, $4, $5)");
const db::Statement kAsk("SELECT email_index, language, page FROM withdrawal_ask WHERE id = $1");
const db::Statement kDeleteAsk("DELETE FROM withdrawal_ask WHERE id = $1");

const db::Statement kByEmail(
    "SELECT v.id FROM visitor v JOIN subject s ON s.id = v.id AND s.erased_at IS NULL WHERE v.email_index = $1"
    " ORDER BY v.created_at DESC, v.id DESC LIMIT $2");
const db::Statement kByPhone(
    "SELECT v.id FROM visitor v JOIN subject s ON s.id = v.id AND s.erased_at IS NULL WHERE v.phone_index = $1"
    " ORDER BY v.created_at DESC, v.id DESC LIMIT $2");
const db::Statement kKnownContact("SELECT email_index, phone_index FROM visitor WHERE id = $1");

const db::Statement kVisitor("SELECT name_box, email_box FROM visitor WHERE id = $1");
const db::Statement kOfficers("SELECT id FROM employee WHERE officer = 1 ORDER BY created_at, id LIMIT 20");
const db::Statement kOwners("SELECT id FROM employee WHERE role = 'owner' ORDER BY created_at, id LIMIT 20");
const db::Statement kAlarmsSince("SELECT count(*) FROM outbox WHERE template = 'deadline_alarm' AND created_at > $1");
const db::Statement kEmployeeName("SELECT name_box FROM employee WHERE id = $1");

Blob blob(const crypto::Hash& hash) {
  return {{reinterpret_cast<const char*>(hash.data()), hash.size()}};
}
std::optional<Time> maybe_time(const Row& r, int column) {
  if (r.is_null(column)) return std::nullopt;
  return r.time(column);
}
std::optional<std::string> maybe_bytes(const Row& r, int column) {
  if (r.is_null(column)) return std::nullopt;
  return r.bytes(column);
}
std::optional<Blob> maybe_blob(const std::optional<std::string>& bytes) {
  if (!bytes) return std::nullopt;
  return Blob{*bytes};
}

Case read_case(const Row& r) {
  Case c;
  c.id = r.id<RequestId>(0);
  c.reference = r.str(1);
  c.type = json::from_name<RequestType>(r.text(2));
  c.status = json::from_name<RequestStatus>(r.text(3));
  c.channel = json::from_name<RequestChannel>(r.text(4));
  c.language = r.str(5);
  c.requester = r.id<SubjectId>(6);
  c.received_at = r.time(7);
  auto deadline = json::read<privacy::Deadline>(r.text(8));
  if (!deadline) throw std::runtime_error("a request's deadline cannot be read");
  c.deadline = std::move(*deadline);
  c.zone = r.str(9);
  c.reminded = static_cast<int>(r.i64(10));
  c.verification = json::from_name<Verification>(r.text(11));
  c.verified_at = maybe_time(r, 12);
  if (!r.is_null(13)) c.handler = r.id<EmployeeId>(13);
  if (!r.is_null(14)) c.article = r.str(14);
  c.answered_at = maybe_time(r, 15);
  c.executed_at = maybe_time(r, 16);
  c.closed_at = maybe_time(r, 17);
  return c;
}

std::vector<Case> with_subjects(db::Tx& tx, std::vector<Case> cases) {
  for (auto& c : cases) c.subjects = tx.all(kSubjects, [](const Row& r) { return r.id<SubjectId>(0); }, c.id);
  return cases;
}

std::vector<SubjectId> ids(db::Tx& tx, const db::Statement& s, std::string_view index, std::size_t limit) {
  return tx.all(s, [](const Row& r) { return r.id<SubjectId>(0); }, Blob{index}, limit);
}

}  // namespace

bool insert(db::Tx& tx, const Case& c, const Boxes& b) {
  if (tx.one(kTaken, [](const Row&) { return true; }, c.reference)) return false;
  tx.exec(kInsert, c.id, c.reference, json::name_of(c.type), json::name_of(c.status), json::name_of(c.channel), c.language,
          c.requester, Blob{b.name}, Blob{b.contact}, maybe_blob(b.phone), Blob{b.description}, Blob{b.essence}, c.received_at,
          c.deadline.due, json::write(c.deadline), c.zone, c.reminded, json::name_of(c.verification), c.verified_at,
          c.handler);
  for (const auto subject : c.subjects) add_subject(tx, c.id, subject);
  return true;
}

std::optional<Case> find(db::Tx& tx, RequestId id) {
  auto found = tx.one(kFind, read_case, id);
  if (found) found->subjects = tx.all(kSubjects, [](const Row& r) { return r.id<SubjectId>(0); }, id);
  return found;
}

std::optional<Boxes> boxes(db::Tx& tx, RequestId id) {
  return tx.one(
      kBoxes,
      [](const Row& r) {
        return Boxes{r.bytes(0), r.bytes(1), maybe_bytes(r, 2), r.bytes(3), r.bytes(4), maybe_bytes(r, 5), maybe_bytes(r, 6)};
      },
      id);
}

void save(db::Tx& tx, const Case& c) {
  tx.exec(kSave, json::name_of(c.status), c.deadline.due, json::write(c.deadline), c.reminded,
          json::name_of(c.verification), c.verified_at, c.handler, c.article, c.answered_at, c.executed_at, c.closed_at, c.id);
}

void set_answer(db::Tx& tx, RequestId id, std::string_view answer_box) {
  tx.exec(kSetAnswer, Blob{answer_box}, id);
}
void set_document(db::Tx& tx, RequestId id, std::string_view document_box) {
  tx.exec(kSetDocument, Blob{document_box}, id);
}

std::vector<Case> list(db::Tx& tx, const Page& page, Time now) {
  const auto ended = page.filter == RequestFilter::closed;
  const auto at = page.after_at ? to_micros(*page.after_at) : (ended ? kEndOfTime : -kEndOfTime);
  switch (page.filter) {
    case RequestFilter::open:
      return with_subjects(tx, tx.all(kOpen, read_case, at, page.after_id, page.limit));
    case RequestFilter::unverified:
      return with_subjects(tx, tx.all(kUnverified, read_case, at, page.after_id, page.limit));
    case RequestFilter::overdue:
      return with_subjects(tx, tx.all(kOverdue, read_case, now, at, page.after_id, page.limit));
    case RequestFilter::closed:
      return with_subjects(tx, tx.all(kEnded, read_case, at, page.after_id, page.limit));
  }
  return {};
}

std::vector<Case> of_subject(db::Tx& tx, SubjectId subject) {
  return with_subjects(tx, tx.all(kOfSubject, read_case, subject));
}
void add_subject(db::Tx& tx, RequestId id, SubjectId subject) {
  tx.exec(kAddSubject, id, subject);
}
void drop_subject(db::Tx& tx, RequestId id, SubjectId subject) {
  tx.exec(kDropSubject, id, subject);
}

void insert_link(db::Tx& tx, const crypto::Hash& token, RequestId id, Time now, Time expires) {
  tx.exec(kInsertLink, blob(token), id, now, expires);
}
std::optional<RequestId> case_of_link(db::Tx& tx, const crypto::Hash& token, Time now) {
  return tx.one(kCaseOfLink, [](const Row& r) { return r.id<RequestId>(0); }, blob(token), now);
}

void insert_code(db::Tx& tx, RequestId id, const Code& code, Time now) {
  tx.exec(kInsertCode, id, code.number, Blob{code.index}, code.subject,
          code.contact_index ? std::optional(Blob{*code.contact_index}) : std::nullopt, now, code.expires_at);
}
std::optional<Code> newest_code(db::Tx& tx, RequestId id) {
  return tx.one(
      kNewestCode,
      [](const Row& r) {
        return Code{r.i64(0),       r.bytes(1), r.id<SubjectId>(2), maybe_bytes(r, 3), static_cast<int>(r.i64(4)),
                    r.time(5), maybe_time(r, 6)};
      },
      id);
}
void count_attempt(db::Tx& tx, RequestId id, std::int64_t number) {
  tx.exec(kCountAttempt, id, number);
}
void use_code(db::Tx& tx, RequestId id, std::int64_t number, Time now) {
  tx.exec(kUseCode, now, id, number);
}
std::int64_t codes_since(db::Tx& tx, SubjectId subject, Time since) {
  return tx.one(kCodesSince, [](const Row& r) { return r.i64(0); }, subject, since).value_or(0);
}

void insert_event(db::Tx& tx, RequestId id, const EventRow& row) {
  const auto last = tx.one(kLastEvent, [](const Row& r) { return r.i64(0); }, id).value_or(0);
  tx.exec(kInsertEvent, id, last + 1, row.id, json::name_of(row.kind), row.actor, maybe_blob(row.note_box), row.at);
}
std::vector<EventRow> events(db::Tx& tx, RequestId id) {
  return tx.all(
      kEvents,
      [](const Row& r) {
        return EventRow{r.uuid(0), json::from_name<EventKind>(r.text(1)), r.str(2), maybe_bytes(r, 3), r.time(4)};
      },
      id);
}

void insert_task(db::Tx& tx, RequestId id, const Task& task) {
  tx.exec(kInsertTask, id, task.id, json::name_of(task.kind), task.created_at);
}
std::vector<Task> tasks(db::Tx& tx, RequestId id) {
  return tx.all(
      kTasks,
      [](const Row& r) {
        return Task{r.id<TaskId>(0), json::from_name<TaskKind>(r.text(1)), r.time(2), maybe_time(r, 3),
                    r.is_null(4) ? std::nullopt : std::optional(r.str(4))};
      },
      id);
}
void finish_task(db::Tx& tx, RequestId id, TaskId task, std::string_view actor, Time now) {
  tx.exec(kFinishTask, now, actor, id, task);
}

void insert_withdrawal_link(db::Tx& tx, const crypto::Hash& token, const WithdrawalLink& link, Time now, Time expires) {
  tx.exec(kInsertWithdrawalLink, blob(token), link.subject,
          link.email_index ? std::optional(Blob{*link.email_index}) : std::nullopt, now, expires);
}
std::optional<WithdrawalLink> withdrawal_link(db::Tx& tx, const crypto::Hash& token, Time now) {
  return tx.one(
      kWithdrawalLink, [](const Row& r) { return WithdrawalLink{r.id<SubjectId>(0), maybe_bytes(r, 1)}; }, blob(token),
      now);
}
std::int64_t withdrawal_links_since(db::Tx& tx, std::string_view email_index, Time since) {
  return tx.one(kLinksSince, [](const Row& r) { return r.i64(0); }, Blob{email_index}, since).value_or(0);
}

void insert_withdrawal_ask(db::Tx& tx, const Uuid& id, const WithdrawalAsk& ask, Time now) {
  tx.exec(kInsertAsk, id, Blob{ask.email_index}, ask.language, ask.page, now);
}
std::optional<WithdrawalAsk> take_withdrawal_ask(db::Tx& tx, const Uuid& id) {
  auto found = tx.one(kAsk, [](const Row& r) { return WithdrawalAsk{r.bytes(0), r.str(1), r.str(2)}; }, id);
  tx.exec(kDeleteAsk, id);
  return found;
}

std::vector<SubjectId> visitors_by_email(db::Tx& tx, std::string_view index, std::size_t limit) {
  return ids(tx, kByEmail, index, limit);
}
std::vector<SubjectId> visitors_by_phone(db::Tx& tx, std::string_view index, std::size_t limit) {
  return ids(tx, kByPhone, index, limit);
}
std::optional<Known> known_contact(db::Tx& tx, SubjectId visitor) {
  return tx.one(kKnownContact, [](const Row& r) { return Known{maybe_bytes(r, 0), !r.is_null(1)}; }, visitor);
}

std::optional<VisitorBoxes> visitor(db::Tx& tx, SubjectId id) {
  return tx.one(kVisitor, [](const Row& r) { return VisitorBoxes{maybe_bytes(r, 0), maybe_bytes(r, 1)}; }, id);
}

std::int64_t alarms_since(db::Tx& tx, Time since) {
  return tx.one(kAlarmsSince, [](const Row& r) { return r.i64(0); }, since).value_or(0);
}

std::vector<SubjectId> officers(db::Tx& tx) {
  const auto read = [](const Row& r) { return r.id<SubjectId>(0); };
  auto found = tx.all(kOfficers, read);
  return found.empty() ? tx.all(kOwners, read) : found;
}
std::optional<std::string> employee_name_box(db::Tx& tx, EmployeeId id) {
  return tx.one(kEmployeeName, [](const Row& r) { return r.bytes(0); }, id);
}

}  // namespace chatika::requests::store
