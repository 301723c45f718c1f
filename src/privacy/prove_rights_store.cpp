// What `prove` counts of corrections, holds, erasures, evidence and recipients.
#include "privacy/prove_store.hpp"

namespace chatika::privacy::prove_store {
namespace {

const db::Statement kCorrections(
    "SELECT COUNT(*), SUM(CASE WHEN actor = '' THEN 1 ELSE 0 END) FROM correction");
const db::Statement kHoldsWithoutArticle("SELECT COUNT(*) FROM legal_hold WHERE article = ''");
const db::Statement kHolds("SELECT COUNT(*) FROM legal_hold WHERE released_at IS NULL");
const db::Statement kErasuresOverdue(
    "SELECT COUNT(*) FROM erasure WHERE state = 'planned' AND deadline_at < $1");
const db::Statement kErasuresLate(
    "SELECT COUNT(*) FROM erasure WHERE state = 'done' AND done_at > deadline_at");
const db::Statement kErasedWithKey(
    "SELECT COUNT(*) FROM subject WHERE erased_at IS NOT NULL AND key_box IS NOT NULL");
const db::Statement kEvidenceKeptTooLong("SELECT COUNT(*) FROM destruction WHERE expires_at < $1");
const db::Statement kNoticesNotTold(
    "SELECT COUNT(*) FROM recipient_notice WHERE acknowledged_at IS NULL AND next_at < $1");
const db::Statement kNotices("SELECT COUNT(*) FROM recipient_notice");
const db::Statement kNoticesOpen("SELECT COUNT(*) FROM recipient_notice WHERE acknowledged_at IS NULL");
const db::Statement kWholeAddresses(
    "SELECT COUNT(*) FROM visitor WHERE ip_box IS NOT NULL AND ip_truncated_at IS NULL AND created_at < $1");
const db::Statement kOldUnheld(
    "SELECT COUNT(*) FROM conversation WHERE last_at < $1 AND visitor NOT IN"
    " (SELECT subject FROM legal_hold WHERE released_at IS NULL)");
const db::Statement kLastSweep("SELECT MAX(finished_at) FROM sweep WHERE error = ''");
const db::Statement kFirstSubject("SELECT MIN(created_at) FROM subject");

std::int64_t count(db::Tx& tx, const db::Statement& statement) {
  return tx.one(statement, [](const db::Row& r) { return r.i64(0); }).value_or(0);
}
std::int64_t count_before(db::Tx& tx, const db::Statement& statement, Time limit) {
  return tx.one(statement, [](const db::Row& r) { return r.i64(0); }, limit).value_or(0);
}
std::optional<Time> moment(db::Tx& tx, const db::Statement& statement) {
  return tx
      .one(statement, [](const db::Row& r) { return r.is_null(0) ? std::nullopt : std::optional(r.time(0)); })
      .value_or(std::nullopt);
}

}  // namespace

RightsCounts rights(db::Tx& tx, Time now) {
  RightsCounts out;
  tx.each(kCorrections, [&](const db::Row& r) {
    out.corrections = r.i64(0);
    out.corrections_of_nobody = r.is_null(1) ? 0 : r.i64(1);
    return false;
  });
  out.holds = count(tx, kHolds);
  out.holds_without_article = count(tx, kHoldsWithoutArticle);
  out.erasures_overdue = count_before(tx, kErasuresOverdue, now);
  out.erasures_late = count(tx, kErasuresLate);
  out.erased_with_key = count(tx, kErasedWithKey);
  out.notices = count(tx, kNotices);
  out.notices_open = count(tx, kNoticesOpen);
  out.notices_not_told = count_before(tx, kNoticesNotTold, now - std::chrono::days(2));
  out.evidence_too_old = count_before(tx, kEvidenceKeptTooLong, now - std::chrono::days(2));
  return out;
}

std::int64_t whole_addresses_older_than(db::Tx& tx, Time limit) {
  return count_before(tx, kWholeAddresses, limit);
}
std::int64_t unheld_conversations_older_than(db::Tx& tx, Time limit) {
  return count_before(tx, kOldUnheld, limit);
}
std::optional<Time> last_good_sweep(db::Tx& tx) {
  return moment(tx, kLastSweep);
}
std::optional<Time> first_subject_at(db::Tx& tx) {
  return moment(tx, kFirstSubject);
}

}  // namespace chatika::privacy::prove_store
