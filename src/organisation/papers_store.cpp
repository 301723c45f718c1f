#include "json/write.hpp"
#include "organisation/organisation_store.hpp"

namespace chatika::organisation::store {
namespace {

const db::Statement kKeep(
    "INSERT INTO paper_text (hash, body, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
const db::Statement kText("SELECT body FROM paper_text WHERE hash = $1");
const db::Statement kClearance(
    "SELECT e.access_until,"
    " (SELECT COUNT(*) FROM acceptance a WHERE a.employee = e.id AND a.kind = 'service' AND a.version = $1),"
    " (SELECT COUNT(*) FROM internal_document d WHERE d.in_force_from <= $2"
    "  AND (d.superseded_at IS NULL OR d.superseded_at > $2)"
    "  AND NOT EXISTS (SELECT 1 FROM familiarisation f WHERE f.employee = e.id AND f.document = d.id))"
    " FROM employee e WHERE e.id = $3");

const db::Statement kInsertAppointment(
    "INSERT INTO appointment (id, employee, actor, order_number, order_date, text_hash, at, live)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, 1)");
const db::Statement kEndAppointment("UPDATE appointment SET ended_at = $1, live = NULL WHERE id = $2");
const db::Statement kAppointments(
    "SELECT id, employee, order_number, order_date, text_hash, at, ended_at FROM appointment ORDER BY at "
    "DESC, id DESC");

const db::Statement kInsertVersion(
    "INSERT INTO internal_document (id, kind, version, title, language, text_hash, approver, approved_at, "
    "in_force_from)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
const db::Statement kSupersede("UPDATE internal_document SET superseded_at = $1 WHERE id = $2");
const db::Statement kVersion(
    "SELECT id, kind, version, title, language, text_hash, approver, approved_at, in_force_from, "
    "superseded_at"
    " FROM internal_document WHERE id = $1");
const db::Statement kVersions(
    "SELECT id, kind, version, title, language, text_hash, approver, approved_at, in_force_from, "
    "superseded_at"
    " FROM internal_document ORDER BY kind, version DESC");
const db::Statement kSign(
    "INSERT INTO familiarisation (employee, document, text_hash, at, network) VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT DO NOTHING");
const db::Statement kSignatures(
    "SELECT employee, document, text_hash, at, network FROM familiarisation ORDER BY document, at, employee");

const db::Statement kAccept(
    "INSERT INTO acceptance (id, kind, employee, version, language, text_hash, at, network)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
const db::Statement kAcceptances(
    "SELECT kind, employee, version, language, text_hash, at, network FROM acceptance WHERE kind = $1"
    " ORDER BY at DESC, id DESC");

PaperVersion version_of(const db::Row& r) {
  return {.id = r.id<PaperId>(0),
          .kind = json::from_name<PaperKind>(r.text(1)),
          .version = static_cast<int>(r.i64(2)),
          .title = r.str(3),
          .language = r.str(4),
          .hash = r.str(5),
          .approver = r.id<EmployeeId>(6),
          .approved_at = r.time(7),
          .in_force_from = r.time(8),
          .superseded_at = r.maybe(9, [](const db::Row& x, int c) { return x.time(c); })};
}

Acceptance acceptance_of(const db::Row& r) {
  return {.kind = json::from_name<AgreementKind>(r.text(0)),
          .employee = r.maybe(1, [](const db::Row& x, int c) { return x.id<EmployeeId>(c); }),
          .version = r.str(2),
          .language = r.str(3),
          .hash = r.str(4),
          .at = r.time(5),
          .network = r.str(6)};
}

}  // namespace

void keep_text(db::Tx& tx, std::string_view hash, std::string_view body, Time now) {
  tx.exec(kKeep, hash, body, now);
}
std::optional<std::string> text(db::Tx& tx, std::string_view hash) {
  return tx.one(kText, [](const db::Row& r) { return r.str(0); }, hash);
}

std::optional<Clearance> clearance(db::Tx& tx, EmployeeId employee, std::string_view agreement_version,
                                   Time now) {
  return tx.one(
      kClearance,
      [](const db::Row& r) {
        return Clearance{r.maybe(0, [](const db::Row& x, int c) { return x.time(c); }), r.i64(1) > 0,
                         r.i64(2)};
      },
      agreement_version, now, employee);
}

void insert_appointment(db::Tx& tx, const Appointment& a, std::string_view actor) {
  tx.exec(kInsertAppointment, a.id, a.employee, actor, a.order_number, a.order_date, a.text_hash, a.at);
}
void end_appointment(db::Tx& tx, AppointmentId id, Time now) {
  tx.exec(kEndAppointment, now, id);
}
std::vector<Appointment> appointments(db::Tx& tx) {
  return tx.all(kAppointments, [](const db::Row& r) {
    return Appointment{.id = r.id<AppointmentId>(0),
                       .employee = r.id<EmployeeId>(1),
                       .order_number = r.str(2),
                       .order_date = r.str(3),
                       .text_hash = r.str(4),
                       .at = r.time(5),
                       .ended_at = r.maybe(6, [](const db::Row& x, int c) { return x.time(c); })};
  });
}

void insert_version(db::Tx& tx, const PaperVersion& v) {
  tx.exec(kInsertVersion, v.id, json::name_of(v.kind), v.version, v.title, v.language, v.hash, v.approver,
          v.approved_at, v.in_force_from);
}
void supersede(db::Tx& tx, PaperId id, Time at) {
  tx.exec(kSupersede, at, id);
}
std::optional<PaperVersion> version(db::Tx& tx, PaperId id) {
  return tx.one(kVersion, version_of, id);
}
std::vector<PaperVersion> versions(db::Tx& tx) {
  return tx.all(kVersions, version_of);
}
void insert_signature(db::Tx& tx, const Signature& s) {
  tx.exec(kSign, s.employee, s.document, s.hash, s.at, s.network);
}
std::vector<Signature> signatures(db::Tx& tx) {
  return tx.all(kSignatures, [](const db::Row& r) {
    return Signature{r.id<EmployeeId>(0), r.id<PaperId>(1), r.str(2), r.time(3), r.str(4)};
  });
}

void insert_acceptance(db::Tx& tx, const Acceptance& a) {
  tx.exec(kAccept, new_uuid(), json::name_of(a.kind), a.employee, a.version, a.language, a.hash, a.at,
          a.network);
}
std::optional<Acceptance> last_acceptance(db::Tx& tx, AgreementKind kind) {
  return tx.one(kAcceptances, acceptance_of, json::name_of(kind));
}
std::vector<Acceptance> acceptances(db::Tx& tx, AgreementKind kind) {
  return tx.all(kAcceptances, acceptance_of, json::name_of(kind));
}

}  // namespace chatika::organisation::store
