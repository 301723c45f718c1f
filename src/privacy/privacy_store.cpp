#include "privacy/privacy_store.hpp"

#include "json/read.hpp"
#include "json/write.hpp"

namespace chatika::privacy::store {
namespace {

const db::Statement kInsertSubject(
    "INSERT INTO subject (id, kind, capacity, key_box, granted, health, objected, blocked_at, erased_at, "
    "closed, created_at)"
    " VALUES ($1, $2, $3, $4, 0, 0, 0, NULL, NULL, $5, $6)");
const db::Statement kSubject(
    "SELECT kind, key_box, granted, health, objected, blocked_at, erased_at FROM subject WHERE id = $1");
const db::Statement kSetStanding(
    "UPDATE subject SET granted = $1, health = $2, objected = $3, blocked_at = $4, closed = $5 WHERE id = "
    "$6");
const db::Statement kSetKey("UPDATE subject SET key_box = $1 WHERE id = $2");
const db::Statement kDestroyKey(
    "UPDATE subject SET key_box = NULL, erased_at = $1, granted = 0, health = 0, closed = 1 WHERE id = $2");
const db::Statement kLiveBooking(
    "SELECT 1 FROM booking WHERE visitor = $1 AND status = 'confirmed' AND ends_at > $2 LIMIT 1");
const db::Statement kKeepText(
    "INSERT INTO consent_text (hash, version, language, body, created_at) VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT DO NOTHING");
const db::Statement kInsertConsent(
    "INSERT INTO consent (subject, seq, act, purposes, health, text_hash, channel, actor, widget_version, at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
const db::Statement kActs(
    "SELECT seq, act, purposes, health, text_hash, channel, actor, widget_version, at FROM consent WHERE "
    "subject = $1"
    " ORDER BY seq");
const db::Statement kState(
    "SELECT t.version, c.at, c.health FROM consent c JOIN consent_text t ON t.hash = c.text_hash"
    " WHERE c.subject = $1 AND c.act = 'given' ORDER BY c.seq DESC LIMIT 1");

}  // namespace

void insert_subject(db::Tx& tx, SubjectId subject, const Standing& standing, std::string_view key_box,
                    Time now) {
  tx.exec(kInsertSubject, subject, json::name_of(standing.kind), json::name_of(capacity_of(standing.kind)),
          db::Blob{key_box}, standing.closed(), now);
}

std::optional<SubjectRow> subject(db::Tx& tx, SubjectId subject) {
  const auto time = [](const db::Row& r, int c) { return r.time(c); };
  return tx.one(
      kSubject,
      [&](const db::Row& r) {
        return SubjectRow{{.kind = json::from_name<SubjectKind>(r.text(0)),
                           .granted = static_cast<Purposes>(r.i64(2)),
                           .health = r.flag(3),
                           .objected = static_cast<Purposes>(r.i64(4)),
                           .blocked_at = r.maybe(5, time),
                           .erased_at = r.maybe(6, time)},
                          r.is_null(1) ? std::string() : r.bytes(1)};
      },
      subject);
}

void set_standing(db::Tx& tx, SubjectId subject, const Standing& s) {
  tx.exec(kSetStanding, s.granted, s.health, s.objected, s.blocked_at, s.closed(), subject);
}

void set_key(db::Tx& tx, SubjectId subject, std::string_view box) {
  tx.exec(kSetKey, db::Blob{box}, subject);
}

void destroy_key(db::Tx& tx, SubjectId subject, Time now) {
  tx.exec(kDestroyKey, now, subject);
}

bool has_live_booking(db::Tx& tx, SubjectId subject, Time now) {
  return tx.one(kLiveBooking, [](const db::Row&) { return true; }, subject, now).value_or(false);
}

void keep_consent_text(db::Tx& tx, std::string_view hash, std::string_view version, std::string_view language,
                       std::string_view body, Time now) {
  tx.exec(kKeepText, hash, version, language, body, now);
}

void insert_consent(db::Tx& tx, SubjectId subject, const ConsentAct& act) {
  tx.exec(kInsertConsent, subject, act.seq, json::name_of(act.act), names(act.purposes), act.health,
          act.text_hash, json::name_of(act.channel), act.actor, act.widget_version, act.at);
}

std::vector<ConsentAct> consent_acts(db::Tx& tx, SubjectId subject) {
  return tx.all(
      kActs,
      [](const db::Row& r) {
        return ConsentAct{.seq = r.i64(0),
                          .act = json::from_name<Act>(r.text(1)),
                          .purposes = purposes_named(r.text(2)),
                          .health = r.flag(3),
                          .text_hash = r.maybe(4, [](const db::Row& row, int c) { return row.str(c); }),
                          .channel = json::from_name<Channel>(r.text(5)),
                          .actor = r.str(6),
                          .widget_version = r.str(7),
                          .at = r.time(8)};
      },
      subject);
}

std::optional<ConsentState> consent_state(db::Tx& tx, SubjectId subject) {
  return tx.one(
      kState, [](const db::Row& r) { return ConsentState{r.str(0), r.time(1), r.flag(2)}; }, subject);
}

}  // namespace chatika::privacy::store
