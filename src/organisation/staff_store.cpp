// Access requests, reviews, tasks and who the officers are.
#include "json/write.hpp"
#include "organisation/organisation_store.hpp"

namespace chatika::organisation::store {
namespace {

using db::Blob;

const db::Statement kInsertRequest(
    "INSERT INTO access_request (id, employee, role, reason_box, wanted_until, asked_at, state)"
    " VALUES ($1, $2, $3, $4, $5, $6, 'asked')");
const db::Statement kRequest(
    "SELECT id, employee, role, reason_box, wanted_until, asked_at, state, decided_by, decided_at, until"
    " FROM access_request WHERE id = $1");
const db::Statement kRequests(
    "SELECT id, employee, role, reason_box, wanted_until, asked_at, state, decided_by, decided_at, until"
    " FROM access_request ORDER BY asked_at DESC, id DESC LIMIT $1");
const db::Statement kOpenRequests(
    "SELECT COUNT(*) FROM access_request WHERE employee = $1 AND state = 'asked'");
const db::Statement kDecide(
    "UPDATE access_request SET state = $1, decided_by = $2, decided_at = $3, until = $4 WHERE id = $5");
const db::Statement kRevokeGrants(
    "UPDATE access_request SET state = 'revoked' WHERE employee = $1 AND state = 'granted'");

const db::Statement kInsertReview("INSERT INTO review (id, kind, due_at) VALUES ($1, $2, $3)");
const db::Statement kFinishReview("UPDATE review SET done_at = $1, done_by = $2, outcome = $3 WHERE id = $4");
const db::Statement kReview("SELECT id, kind, due_at, done_at, done_by, outcome FROM review WHERE id = $1");
const db::Statement kOpenReviews(
    "SELECT id, kind, due_at, done_at, done_by, outcome FROM review WHERE done_at IS NULL ORDER BY due_at, "
    "id");
const db::Statement kDoneReviews(
    "SELECT id, kind, due_at, done_at, done_by, outcome FROM review WHERE done_at IS NOT NULL"
    " ORDER BY done_at DESC, id LIMIT 100");

const db::Statement kInsertTask(
    "INSERT INTO task (id, kind, ref, title, due_at, created_at, live) VALUES ($1, $2, $3, $4, $5, $6, 1)");
const db::Statement kTask("SELECT id, kind, ref, title, due_at, created_at, done_at FROM task WHERE id = $1");
const db::Statement kLiveTask(
    "SELECT id, kind, ref, title, due_at, created_at, done_at FROM task WHERE kind = $1 AND ref = $2 AND "
    "live = 1");
const db::Statement kLiveTasks(
    "SELECT id, kind, ref, title, due_at, created_at, done_at FROM task WHERE live = 1 ORDER BY due_at, id");
const db::Statement kDoneTasks(
    "SELECT id, kind, ref, title, due_at, created_at, done_at FROM task WHERE live IS NULL"
    " ORDER BY done_at DESC, id LIMIT $1");
const db::Statement kMoveTask("UPDATE task SET due_at = $1 WHERE id = $2");
const db::Statement kFinishTask(
    "UPDATE task SET done_at = $1, done_by = $2, live = NULL WHERE id = $3 AND live = 1");

const db::Statement kOfficers(
    "SELECT id FROM employee WHERE officer = 1 AND disabled_at IS NULL ORDER BY id");

std::optional<Time> time_or_not(const db::Row& r, int column) {
  return r.maybe(column, [](const db::Row& x, int c) { return x.time(c); });
}
std::optional<EmployeeId> employee_or_not(const db::Row& r, int column) {
  return r.maybe(column, [](const db::Row& x, int c) { return x.id<EmployeeId>(c); });
}

RequestRow request_of(const db::Row& r) {
  RequestRow out{.request = {.id = r.id<AccessRequestId>(0),
                             .employee = r.id<EmployeeId>(1),
                             .role = json::from_name<privacy::Role>(r.text(2)),
                             .reason = {},
                             .wanted_until = time_or_not(r, 4),
                             .asked_at = r.time(5),
                             .state = json::from_name<AccessState>(r.text(6)),
                             .decided_by = employee_or_not(r, 7),
                             .decided_at = time_or_not(r, 8),
                             .until = time_or_not(r, 9)},
                 .reason = {}};
  if (!r.is_null(3)) out.reason = Reason{SubjectId(out.request.employee), out.request.id, r.bytes(3)};
  return out;
}

Review review_of(const db::Row& r) {
  return {.id = r.id<ReviewId>(0),
          .kind = json::from_name<ReviewKind>(r.text(1)),
          .due_at = r.time(2),
          .done_at = time_or_not(r, 3),
          .done_by = employee_or_not(r, 4),
          .outcome = r.is_null(5) ? std::string() : r.str(5)};
}

Task task_of(const db::Row& r) {
  return {.id = r.id<TaskId>(0),
          .kind = json::from_name<DutyKind>(r.text(1)),
          .ref = r.str(2),
          .title = r.str(3),
          .due_at = r.time(4),
          .created_at = r.time(5),
          .done_at = time_or_not(r, 6)};
}

}  // namespace

void insert_request(db::Tx& tx, const AccessRequest& q, const Reason& reason) {
  tx.exec(kInsertRequest, q.id, q.employee, json::name_of(q.role), Blob{reason.box}, q.wanted_until,
          q.asked_at);
}
std::optional<RequestRow> request(db::Tx& tx, AccessRequestId id) {
  return tx.one(kRequest, request_of, id);
}
std::vector<RequestRow> requests(db::Tx& tx, std::int64_t limit) {
  return tx.all(kRequests, request_of, limit);
}
std::int64_t open_requests(db::Tx& tx, EmployeeId employee) {
  return tx.one(kOpenRequests, [](const db::Row& r) { return r.i64(0); }, employee).value_or(0);
}
void decide(db::Tx& tx, const AccessRequest& q) {
  tx.exec(kDecide, json::name_of(q.state), q.decided_by, q.decided_at, q.until, q.id);
}
void revoke_grants(db::Tx& tx, EmployeeId employee) {
  tx.exec(kRevokeGrants, employee);
}

void insert_review(db::Tx& tx, const Review& r) {
  tx.exec(kInsertReview, r.id, json::name_of(r.kind), r.due_at);
}
void finish_review(db::Tx& tx, const Review& r) {
  tx.exec(kFinishReview, r.done_at, r.done_by, r.outcome, r.id);
}
std::optional<Review> review(db::Tx& tx, ReviewId id) {
  return tx.one(kReview, review_of, id);
}
std::vector<Review> reviews(db::Tx& tx) {
  auto out = tx.all(kOpenReviews, review_of);
  auto done = tx.all(kDoneReviews, review_of);
  out.insert(out.end(), std::make_move_iterator(done.begin()), std::make_move_iterator(done.end()));
  return out;
}

db::Refusal insert_task(db::Tx& tx, const Task& t) {
  return tx.try_exec(kInsertTask, t.id, json::name_of(t.kind), t.ref, t.title, t.due_at, t.created_at);
}
std::optional<Task> task(db::Tx& tx, TaskId id) {
  return tx.one(kTask, task_of, id);
}
std::optional<Task> live_task(db::Tx& tx, DutyKind kind, std::string_view ref) {
  return tx.one(kLiveTask, task_of, json::name_of(kind), ref);
}
std::vector<Task> live_tasks(db::Tx& tx) {
  return tx.all(kLiveTasks, task_of);
}
std::vector<Task> done_tasks(db::Tx& tx, std::int64_t limit) {
  return tx.all(kDoneTasks, task_of, limit);
}
void move_task(db::Tx& tx, TaskId id, Time due) {
  tx.exec(kMoveTask, due, id);
}
void finish_task(db::Tx& tx, TaskId id, Time now, std::string_view actor) {
  tx.exec(kFinishTask, now, actor, id);
}

std::vector<EmployeeId> officers(db::Tx& tx) {
  return tx.all(kOfficers, [](const db::Row& r) { return r.id<EmployeeId>(0); });
}

}  // namespace chatika::organisation::store
