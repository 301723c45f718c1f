#include "privacy/prove_store.hpp"

#include "crypto/crypto.hpp"
#include "json/write.hpp"

namespace chatika::privacy::prove_store {
namespace {

// $1: the format's first byte, $2: the shortest box. `length` and `substr` of bytes mean the same on both
// engines.
#define CHATIKA_BOXES(name, table, column)                                                                   \
  const db::Statement name("SELECT COUNT(*), SUM(CASE WHEN substr(" column ", 1, 1) <> $1 OR length(" column \
                           ") < $2"                                                                          \
                           " THEN 1 ELSE 0 END) FROM " table " WHERE " column " IS NOT NULL")
CHATIKA_BOXES(kVisitorName, "visitor", "name_box");
CHATIKA_BOXES(kVisitorPhone, "visitor", "phone_box");
CHATIKA_BOXES(kVisitorEmail, "visitor", "email_box");
CHATIKA_BOXES(kVisitorIp, "visitor", "ip_box");
CHATIKA_BOXES(kMessageBody, "message", "body_box");
CHATIKA_BOXES(kDialogue, "conversation", "dialogue_box");
CHATIKA_BOXES(kLeadNote, "lead", "note_box");
CHATIKA_BOXES(kEmployeeName, "employee", "name_box");
CHATIKA_BOXES(kEmployeeEmail, "employee", "email_box");
CHATIKA_BOXES(kOutboxAddress, "outbox", "address_box");
CHATIKA_BOXES(kOutboxSecrets, "outbox", "secrets_box");
CHATIKA_BOXES(kRequestName, "request", "name_box");
CHATIKA_BOXES(kRequestContact, "request", "contact_box");
CHATIKA_BOXES(kRequestPhone, "request", "phone_box");
CHATIKA_BOXES(kRequestDescription, "request", "description_box");
CHATIKA_BOXES(kRequestEssence, "request", "essence_box");
CHATIKA_BOXES(kRequestAnswer, "request", "answer_box");
CHATIKA_BOXES(kRequestDocument, "request", "document_box");
CHATIKA_BOXES(kRequestNote, "request_event", "note_box");
CHATIKA_BOXES(kAccessRequestReasonBoxes, "access_request", "reason_box");
CHATIKA_BOXES(kBreachDetailsBoxes, "breach", "details_box");
CHATIKA_BOXES(kRestrictionReasonBoxes, "restriction", "reason_box");
CHATIKA_BOXES(kCorrectionOldBoxes, "correction", "old_box");
CHATIKA_BOXES(kCorrectionNewBoxes, "correction", "new_box");
CHATIKA_BOXES(kCorrectionReasonBoxes, "correction", "reason_box");
CHATIKA_BOXES(kLegalHoldReasonBoxes, "legal_hold", "reason_box");
CHATIKA_BOXES(kLegalHoldReleaseBoxes, "legal_hold", "release_box");
#undef CHATIKA_BOXES

struct Scan {
  std::string_view table;
  std::string_view column;
  const db::Statement& statement;
};
const Scan kScans[] = {
    {"visitor", "name_box", kVisitorName},
    {"visitor", "phone_box", kVisitorPhone},
    {"visitor", "email_box", kVisitorEmail},
    {"visitor", "ip_box", kVisitorIp},
    {"message", "body_box", kMessageBody},
    {"conversation", "dialogue_box", kDialogue},
    {"lead", "note_box", kLeadNote},
    {"employee", "name_box", kEmployeeName},
    {"employee", "email_box", kEmployeeEmail},
    {"outbox", "address_box", kOutboxAddress},
    {"outbox", "secrets_box", kOutboxSecrets},
    {"request", "name_box", kRequestName},
    {"request", "contact_box", kRequestContact},
    {"request", "phone_box", kRequestPhone},
    {"request", "description_box", kRequestDescription},
    {"request", "essence_box", kRequestEssence},
    {"request", "answer_box", kRequestAnswer},
    {"request", "document_box", kRequestDocument},
    {"request_event", "note_box", kRequestNote},
    {"access_request", "reason_box", kAccessRequestReasonBoxes},
    {"breach", "details_box", kBreachDetailsBoxes},
    {"restriction", "reason_box", kRestrictionReasonBoxes},
    {"correction", "old_box", kCorrectionOldBoxes},
    {"correction", "new_box", kCorrectionNewBoxes},
    {"correction", "reason_box", kCorrectionReasonBoxes},
    {"legal_hold", "reason_box", kLegalHoldReasonBoxes},
    {"legal_hold", "release_box", kLegalHoldReleaseBoxes},
};

const db::Statement kPasswords(
    "SELECT substr(password_hash, 1, 7), COUNT(*) FROM employee GROUP BY substr(password_hash, 1, 7)"
    " ORDER BY substr(password_hash, 1, 7)");
const db::Statement kRepeatedSalts(
    "SELECT COUNT(*) - COUNT(DISTINCT substr(password_hash, 8, 22)) FROM employee");
const db::Statement kSubjects("SELECT COUNT(*) FROM subject");
const db::Statement kWithoutAct(
    "SELECT COUNT(*) FROM visitor v WHERE NOT EXISTS"
    " (SELECT 1 FROM consent c WHERE c.subject = v.id AND c.act = 'given')");
const db::Statement kTexts("SELECT hash, body FROM consent_text ORDER BY hash");
const db::Statement kStandings(
    "SELECT id, kind, granted, health, objected, blocked_at, erased_at FROM subject ORDER BY id");
const db::Statement kWrongCapacity(
    "SELECT COUNT(*) FROM subject WHERE (kind = 'visitor' AND capacity <> 'processor')"
    " OR (kind = 'employee' AND capacity <> 'controller')");
const db::Statement kKeepBox("INSERT INTO visitor (id, name_box, created_at) VALUES ($1, $2, $3)");
const db::Statement kWorkers(
    "SELECT id, role, officer FROM employee WHERE disabled_at IS NULL ORDER BY id LIMIT $1");
const db::Statement kOldSessions("SELECT COUNT(*) FROM session WHERE created_at < $1");

std::int64_t count(db::Tx& tx, const db::Statement& statement) {
  return tx.one(statement, [](const db::Row& r) { return r.i64(0); }).value_or(0);
}
std::int64_t count_before(db::Tx& tx, const db::Statement& statement, Time limit) {
  return tx.one(statement, [](const db::Row& r) { return r.i64(0); }, limit).value_or(0);
}

}  // namespace

std::optional<BoxCount> boxes(db::Tx& tx, Field field) {
  constexpr std::string_view kFormat("\x01", 1);
  for (const auto& scan : kScans) {
    if (scan.table != rule(field).table || scan.column != rule(field).column) continue;
    return tx.one(
        scan.statement, [](const db::Row& r) { return BoxCount{r.i64(0), r.is_null(1) ? 0 : r.i64(1)}; },
        db::Blob{kFormat}, static_cast<std::int64_t>(crypto::kBoxOverhead));
  }
  return std::nullopt;
}

std::vector<PasswordGroup> passwords(db::Tx& tx) {
  return tx.all(kPasswords, [](const db::Row& r) { return PasswordGroup{r.str(0), r.i64(1)}; });
}

std::int64_t repeated_salts(db::Tx& tx) {
  return count(tx, kRepeatedSalts);
}

std::int64_t subjects(db::Tx& tx) {
  return count(tx, kSubjects);
}

std::int64_t visitors_without_consent_act(db::Tx& tx) {
  return count(tx, kWithoutAct);
}

void each_consent_text(db::Tx& tx, const std::function<void(std::string_view, std::string_view)>& f) {
  tx.each(kTexts, [&](const db::Row& r) { return f(r.text(0), r.text(1)), true; });
}

std::vector<SubjectRow> standings(db::Tx& tx) {
  return tx.all(kStandings, [](const db::Row& r) {
    Standing standing{.kind = json::from_name<SubjectKind>(r.text(1)),
                      .granted = static_cast<Purposes>(r.i64(2)),
                      .health = r.flag(3),
                      .objected = static_cast<Purposes>(r.i64(4))};
    if (!r.is_null(5)) standing.blocked_at = r.time(5);
    if (!r.is_null(6)) standing.erased_at = r.time(6);
    return SubjectRow{r.id<SubjectId>(0), standing};
  });
}

std::int64_t wrong_capacities(db::Tx& tx) {
  return count(tx, kWrongCapacity);
}

std::vector<Worker> workers(db::Tx& tx, std::int64_t limit) {
  return tx.all(
      kWorkers,
      [](const db::Row& r) {
        return Worker{r.id<EmployeeId>(0), json::from_name<Role>(r.text(1)), r.flag(2)};
      },
      limit);
}

std::int64_t sessions_older_than(db::Tx& tx, Time limit) {
  return count_before(tx, kOldSessions, limit);
}

void keep_scratch_box(db::Tx& tx, SubjectId subject, std::string_view box, Time now) {
  tx.exec(kKeepBox, subject, db::Blob{box}, now);
}

}  // namespace chatika::privacy::prove_store
