#include "privacy/privacy_store.hpp"

namespace chatika::privacy::store {
namespace {

const db::Statement kInsertSubject(
    "INSERT INTO subject (id, kind, key_box, created_at) VALUES ($1, $2, $3, $4)");
const db::Statement kSubjectKey("SELECT key_box FROM subject WHERE id = $1");
const db::Statement kAuditHead("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1");
const db::Statement kInsertAudit(
    "INSERT INTO audit (seq, at, actor, operation, detail, hash) VALUES ($1, $2, $3, $4, $5, $6)");
const db::Statement kEachAudit("SELECT seq, at, actor, operation, detail, hash FROM audit ORDER BY seq");
const db::Statement kKeepText(
    "INSERT INTO consent_text (hash, version, language, body, created_at) VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT DO NOTHING");
const db::Statement kInsertConsent(
    "INSERT INTO consent (id, subject, act, text_hash, purposes, health, widget_version, at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
const db::Statement kLastAct("SELECT act FROM consent WHERE subject = $1 ORDER BY at DESC, id DESC LIMIT 1");
const db::Statement kState(
    "SELECT t.version, c.at, c.health FROM consent c JOIN consent_text t ON t.hash = c.text_hash"
    " WHERE c.subject = $1 ORDER BY c.at DESC, c.id DESC LIMIT 1");

}  // namespace

void insert_subject(db::Tx& tx, SubjectId subject, std::string_view kind, std::string_view key_box,
                    Time now) {
  tx.exec(kInsertSubject, subject, kind, db::Blob{key_box}, now);
}

std::optional<std::string> subject_key_box(db::Tx& tx, SubjectId subject) {
  return tx.one(kSubjectKey, [](const db::Row& r) { return r.bytes(0); }, subject);
}

AuditHead audit_head(db::Tx& tx) {
  const auto head = tx.one(kAuditHead, [](const db::Row& r) { return AuditHead{r.i64(0), r.bytes(1)}; });
  return head.value_or(AuditHead{});
}

void insert_audit(db::Tx& tx, std::int64_t seq, const AuditEntry& entry, std::string_view hash) {
  tx.exec(kInsertAudit, seq, entry.at, entry.actor, entry.operation, entry.detail, db::Blob{hash});
}

void each_audit(db::Tx& tx, const std::function<bool(std::int64_t, const AuditEntry&, std::string_view)>& f) {
  tx.each(kEachAudit, [&](const db::Row& r) {
    const AuditEntry entry{.at = r.time(1), .actor = r.str(2), .operation = r.str(3), .detail = r.str(4)};
    return f(r.i64(0), entry, r.blob(5));
  });
}

void keep_consent_text(db::Tx& tx, std::string_view hash, std::string_view version, std::string_view language,
                       std::string_view body, Time now) {
  tx.exec(kKeepText, hash, version, language, body, now);
}

void insert_consent(db::Tx& tx, SubjectId subject, std::string_view act, std::string_view text_hash,
                    std::string_view purposes, bool health, std::string_view widget_version, Time now) {
  tx.exec(kInsertConsent, new_uuid(), subject, act, text_hash, purposes, health, widget_version, now);
}

std::string last_consent_act(db::Tx& tx, SubjectId subject) {
  return tx.one(kLastAct, [](const db::Row& r) { return r.str(0); }, subject).value_or("");
}

std::optional<ConsentState> consent_state(db::Tx& tx, SubjectId subject) {
  return tx.one(
      kState, [](const db::Row& r) { return ConsentState{r.str(0), r.time(1), r.flag(2)}; }, subject);
}

}  // namespace chatika::privacy::store
