// What `prove` counts of the organisation: who answers, what is approved, signed, reviewed.
#include "privacy/prove_store.hpp"

namespace chatika::privacy::prove_store {
namespace {

const db::Statement kEmployees("SELECT COUNT(*) FROM employee WHERE disabled_at IS NULL");
const db::Statement kNotAccepted(
    "SELECT COUNT(*) FROM employee e WHERE e.disabled_at IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM acceptance a WHERE a.employee = e.id AND a.kind = 'service')");
const db::Statement kProcessing("SELECT COUNT(*) FROM acceptance WHERE kind = 'processing'");
const db::Statement kResponsible(
    "SELECT COUNT(*) FROM appointment p JOIN employee e ON e.id = p.employee WHERE p.ended_at IS NULL AND "
    "e.disabled_at IS NULL");
const db::Statement kDocumentKinds(
    "SELECT COUNT(DISTINCT kind) FROM internal_document WHERE in_force_from <= $1 AND (superseded_at IS NULL "
    "OR superseded_at > $1)");
const db::Statement kUnsigned(
    "SELECT COUNT(*) FROM employee e, internal_document d WHERE e.disabled_at IS NULL AND d.in_force_from <= "
    "$1"
    " AND (d.superseded_at IS NULL OR d.superseded_at > $1) AND NOT EXISTS"
    " (SELECT 1 FROM familiarisation f WHERE f.employee = e.id AND f.document = d.id)");
const db::Statement kAccessOutlived(
    "SELECT COUNT(*) FROM employee e JOIN session s ON s.employee = e.id"
    " WHERE s.seen_at > e.access_until OR (e.disabled_at IS NOT NULL AND s.seen_at > e.disabled_at)");
const db::Statement kReviews("SELECT COUNT(*) FROM review");
const db::Statement kReviewsOverdue("SELECT COUNT(*) FROM review WHERE done_at IS NULL AND due_at < $1");
const db::Statement kBreaches("SELECT COUNT(*) FROM breach");
const db::Statement kBreachesLate(
    "SELECT COUNT(*) FROM breach WHERE (notice_at IS NULL AND notice_due < $1) OR (report_at IS NULL AND "
    "report_due < $1)");

std::int64_t count(db::Tx& tx, const db::Statement& statement) {
  return tx.one(statement, [](const db::Row& r) { return r.i64(0); }).value_or(0);
}
std::int64_t count_at(db::Tx& tx, const db::Statement& statement, Time now) {
  return tx.one(statement, [](const db::Row& r) { return r.i64(0); }, now).value_or(0);
}

}  // namespace

OrganisationCounts organisation(db::Tx& tx, Time now) {
  return {.employees = count(tx, kEmployees),
          .not_accepted = count(tx, kNotAccepted),
          .processing_agreements = count(tx, kProcessing),
          .responsible = count(tx, kResponsible),
          .document_kinds = count_at(tx, kDocumentKinds, now),
          .unsigned_documents = count_at(tx, kUnsigned, now),
          .access_outlived = count(tx, kAccessOutlived),
          .reviews = count(tx, kReviews),
          .reviews_overdue = count_at(tx, kReviewsOverdue, now),
          .breaches = count(tx, kBreaches),
          .breaches_late = count_at(tx, kBreachesLate, now)};
}

}  // namespace chatika::privacy::prove_store
