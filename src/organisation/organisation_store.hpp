// SQL of the organisation room; nobody else includes it.
#pragma once

#include "db/db.hpp"
#include "organisation/model.hpp"
#include "privacy/access.hpp"

namespace chatika::organisation::store {

using Reason = privacy::Sealed<privacy::Field::access_request_reason>;
using Details = privacy::Sealed<privacy::Field::breach_details>;

void keep_text(db::Tx& tx, std::string_view hash, std::string_view body, Time now);
std::optional<std::string> text(db::Tx& tx, std::string_view hash);

// Whether the employee may work: what the gate asks at every request.
struct Clearance {
  std::optional<Time> access_until;
  bool accepted = false;
  std::int64_t unsigned_documents = 0;
};
std::optional<Clearance> clearance(db::Tx& tx, EmployeeId employee, std::string_view agreement_version,
                                   Time now);

void insert_appointment(db::Tx& tx, const Appointment& a, std::string_view actor);
void end_appointment(db::Tx& tx, AppointmentId id, Time now);
std::vector<Appointment> appointments(db::Tx& tx);  // newest first

void insert_version(db::Tx& tx, const PaperVersion& v);
void supersede(db::Tx& tx, PaperId id, Time at);
std::optional<PaperVersion> version(db::Tx& tx, PaperId id);
std::vector<PaperVersion> versions(db::Tx& tx);  // by kind, newest first
void insert_signature(db::Tx& tx, const Signature& s);
std::vector<Signature> signatures(db::Tx& tx);  // by document and time

void insert_acceptance(db::Tx& tx, const Acceptance& a);
std::optional<Acceptance> last_acceptance(db::Tx& tx, AgreementKind kind);
std::vector<Acceptance> acceptances(db::Tx& tx, AgreementKind kind);  // newest first

void insert_request(db::Tx& tx, const AccessRequest& r, const Reason& reason);
struct RequestRow {
  AccessRequest request;
  std::optional<Reason> reason;
};
std::optional<RequestRow> request(db::Tx& tx, AccessRequestId id);
std::vector<RequestRow> requests(db::Tx& tx, std::int64_t limit);  // newest first
std::int64_t open_requests(db::Tx& tx, EmployeeId employee);
void decide(db::Tx& tx, const AccessRequest& r);
void revoke_grants(db::Tx& tx, EmployeeId employee);

void insert_review(db::Tx& tx, const Review& r);
void finish_review(db::Tx& tx, const Review& r);
std::optional<Review> review(db::Tx& tx, ReviewId id);
std::vector<Review> reviews(db::Tx& tx);  // open ones by due date, then done ones, newest first

void insert_breach(db::Tx& tx, const Breach& b, const Details& details);
void update_breach(db::Tx& tx, const Breach& b);
void update_details(db::Tx& tx, BreachId id, const Details& details);
std::int64_t last_serial(db::Tx& tx);
struct BreachRow {
  Breach breach;
  std::optional<Details> details;
};
std::optional<BreachRow> breach(db::Tx& tx, BreachId id);
std::vector<BreachRow> breaches(db::Tx& tx);  // newest first
void insert_event(db::Tx& tx, BreachId breach, const BreachEvent& e);
std::vector<BreachEvent> events(db::Tx& tx, BreachId breach);

db::Refusal insert_task(db::Tx& tx, const Task& t);
std::optional<Task> task(db::Tx& tx, TaskId id);
std::optional<Task> live_task(db::Tx& tx, DutyKind kind, std::string_view ref);
std::vector<Task> live_tasks(db::Tx& tx);                      // by due time
std::vector<Task> done_tasks(db::Tx& tx, std::int64_t limit);  // newest first
void move_task(db::Tx& tx, TaskId id, Time due);
void finish_task(db::Tx& tx, TaskId id, Time now, std::string_view actor);

std::vector<EmployeeId> officers(db::Tx& tx);  // who can act

}  // namespace chatika::organisation::store
