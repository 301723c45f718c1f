#include "privacy/rights_store.hpp"

#include "json/read.hpp"
#include "json/write.hpp"

namespace chatika::privacy::store {
namespace {

using db::Blob;
using db::Row;

constexpr std::int64_t kEndOfTime = 253'402'300'799'000'000;  // 9999-12-31: pages start before it

const db::Statement kInsertRestriction(
    "INSERT INTO restriction (id, subject, act, reason_box, actor, at) VALUES ($1, $2, $3, $4, $5, $6)");
const db::Statement kRestrictions(
    "SELECT id, act, reason_box, actor, at FROM restriction WHERE subject = $1 ORDER BY at, id");
const db::Statement kInsertCorrection(
    "INSERT INTO correction (id, subject, field, place, old_box, new_box, reason_box, actor, at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
const db::Statement kCorrections(
    "SELECT id, field, place, old_box, new_box, reason_box, actor, at FROM correction WHERE subject = $1 ORDER BY at, id");

const db::Statement kInsertHold(
    "INSERT INTO legal_hold (id, subject, field, article, reason_box, placed_by, placed_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)");
const db::Statement kHold(
    "SELECT id, subject, field, article, reason_box, placed_by, placed_at, released_by, released_at FROM legal_hold"
    " WHERE id = $1");
const db::Statement kRelease(
    "UPDATE legal_hold SET released_by = $1, released_at = $2, release_box = $3 WHERE id = $4");
const db::Statement kActiveHolds(
    "SELECT id, subject, field, article, reason_box, placed_by, placed_at, released_by, released_at FROM legal_hold"
    " WHERE released_at IS NULL AND (placed_at < $1 OR (placed_at = $1 AND id < $2))"
    " ORDER BY placed_at DESC, id DESC LIMIT $3");
const db::Statement kReleasedHolds(
    "SELECT id, subject, field, article, reason_box, placed_by, placed_at, released_by, released_at FROM legal_hold"
    " WHERE released_at IS NOT NULL AND (placed_at < $1 OR (placed_at = $1 AND id < $2))"
    " ORDER BY placed_at DESC, id DESC LIMIT $3");
const db::Statement kHoldsOf(
    "SELECT id, subject, field, article, reason_box, placed_by, placed_at, released_by, released_at FROM legal_hold"
    " WHERE subject = $1 ORDER BY placed_at, id");

const db::Statement kInsertErasure(
    "INSERT INTO erasure (id, subject, reason, state, actor, planned_at, due_at, deadline_at, done_at, ledger_seq, kept)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
const db::Statement kSaveErasure(
    "UPDATE erasure SET reason = $1, state = $2, due_at = $3, deadline_at = $4, done_at = $5, ledger_seq = $6, kept = $7"
    " WHERE id = $8");
const db::Statement kErasure(
    "SELECT id, subject, reason, state, actor, planned_at, due_at, deadline_at, done_at, ledger_seq, kept FROM erasure"
    " WHERE id = $1");
const db::Statement kLiveErasure(
    "SELECT id, subject, reason, state, actor, planned_at, due_at, deadline_at, done_at, ledger_seq, kept FROM erasure"
    " WHERE subject = $1 AND state IN ('planned', 'held')");
const db::Statement kErasuresOf(
    "SELECT id, subject, reason, state, actor, planned_at, due_at, deadline_at, done_at, ledger_seq, kept FROM erasure"
    " WHERE subject = $1 ORDER BY planned_at, id");
const db::Statement kDueErasures(
    "SELECT id, subject, reason, state, actor, planned_at, due_at, deadline_at, done_at, ledger_seq, kept FROM erasure"
    " WHERE state = 'planned' AND due_at <= $1 ORDER BY due_at LIMIT $2");
const db::Statement kNextDue("SELECT due_at FROM erasure WHERE state = 'planned' ORDER BY due_at LIMIT 1");

const db::Statement kHead("SELECT seq, mac FROM erasure_head WHERE one = 1");
const db::Statement kMoveHead("UPDATE erasure_head SET seq = $1, mac = $2 WHERE one = 1");
const db::Statement kInsertHead("INSERT INTO erasure_head (one, seq, mac) VALUES (1, $1, $2)");

const db::Statement kHasAccess("SELECT 1 FROM employee WHERE id = $1 AND disabled_at IS NULL");
const db::Statement kLiveBookingEnd(
    "SELECT ends_at FROM booking WHERE visitor = $1 AND status = 'confirmed' AND ends_at > $2"
    " ORDER BY ends_at DESC LIMIT 1");
const db::Statement kCancelFuture(
    "UPDATE booking SET status = 'cancelled', hold_until = NULL WHERE visitor = $1 AND status <> 'cancelled'"
    " AND ends_at > $2");
const db::Statement kLock("UPDATE conversation SET token_hash = $1, status = 'closed' WHERE visitor = $2");
const db::Statement kDropAnswers(
    "UPDATE request SET document_box = NULL, answer_box = NULL WHERE (document_box IS NOT NULL OR answer_box IS NOT NULL) AND id IN"
    " (SELECT request FROM request_subject WHERE subject = $1)");
const db::Statement kLeave("UPDATE booking SET conversation = NULL WHERE visitor = $1");

const db::Statement kLastDestruction("SELECT coalesce(max(number), 0) FROM destruction");
const db::Statement kInsertDestruction(
    "INSERT INTO destruction (id, number, subject, reason, at, key_box, act_box, hash, ledger_seq, expires_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
const db::Statement kDestruction(
    "SELECT id, number, subject, reason, at, ledger_seq, expires_at, key_box, act_box, hash FROM destruction"
    " WHERE id = $1");
const db::Statement kDestructions(
    "SELECT id, number, subject, reason, at, ledger_seq, expires_at FROM destruction WHERE number < $1"
    " ORDER BY number DESC LIMIT $2");
const db::Statement kDestructionIds("SELECT id FROM destruction ORDER BY number");
const db::Statement kDropDestructions(
    "DELETE FROM destruction WHERE id IN (SELECT id FROM destruction WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)");

std::optional<std::string> maybe_str(const Row& r, int column) {
  return r.maybe(column, [](const Row& row, int c) { return row.str(c); });
}
std::optional<std::string> maybe_bytes(const Row& r, int column) {
  return r.maybe(column, [](const Row& row, int c) { return row.bytes(c); });
}
std::optional<Time> maybe_time(const Row& r, int column) {
  return r.maybe(column, [](const Row& row, int c) { return row.time(c); });
}
std::optional<Blob> blob(const std::optional<std::string>& bytes) {
  if (!bytes) return std::nullopt;
  return Blob{*bytes};
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}
std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    out.emplace_back(word);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return out;
}

HoldRow read_hold(const Row& r) {
  return {{.id = r.id<HoldId>(0),
           .subject = r.id<SubjectId>(1),
           .field = r.str(2),
           .article = r.str(3),
           .reason = {},
           .placed_by = r.str(5),
           .placed_at = r.time(6),
           .released_by = maybe_str(r, 7),
           .released_at = maybe_time(r, 8)},
          r.bytes(4)};
}

Erasure read_erasure(const Row& r) {
  return {.id = r.id<ErasureId>(0),
          .subject = r.id<SubjectId>(1),
          .reason = json::from_name<ErasureReason>(r.text(2)),
          .state = json::from_name<ErasureState>(r.text(3)),
          .actor = r.str(4),
          .planned_at = r.time(5),
          .due_at = r.time(6),
          .deadline_at = r.time(7),
          .done_at = maybe_time(r, 8),
          .ledger_seq = r.maybe(9, [](const Row& row, int c) { return row.i64(c); }),
          .kept = split(r.text(10))};
}

DestructionRow read_destruction(const Row& r) {
  return {.id = r.id<DestructionId>(0),
          .number = r.i64(1),
          .subject = r.id<SubjectId>(2),
          .reason = json::from_name<ErasureReason>(r.text(3)),
          .at = r.time(4),
          .ledger_seq = r.i64(5),
          .expires_at = r.time(6)};
}

}  // namespace

void insert_restriction(db::Tx& tx, SubjectId subject, const RestrictionRow& row) {
  tx.exec(kInsertRestriction, row.id, subject, row.act, Blob{row.reason_box}, row.actor, row.at);
}

std::vector<RestrictionRow> restrictions(db::Tx& tx, SubjectId subject) {
  return tx.all(
      kRestrictions,
      [](const Row& r) { return RestrictionRow{r.uuid(0), r.str(1), r.bytes(2), r.str(3), r.time(4)}; }, subject);
}

void insert_correction(db::Tx& tx, SubjectId subject, const CorrectionRow& row) {
  tx.exec(kInsertCorrection, row.id, subject, row.field, row.place, blob(row.old_box), Blob{row.new_box},
          Blob{row.reason_box}, row.actor, row.at);
}

std::vector<CorrectionRow> corrections(db::Tx& tx, SubjectId subject) {
  return tx.all(
      kCorrections,
      [](const Row& r) {
        return CorrectionRow{r.uuid(0), r.str(1),   r.uuid(2), maybe_bytes(r, 3),
                             r.bytes(4), r.bytes(5), r.str(6),  r.time(7)};
      },
      subject);
}

db::Refusal insert_hold(db::Tx& tx, const HoldRow& row) {
  const auto& h = row.hold;
  return tx.try_exec(kInsertHold, h.id, h.subject, h.field, h.article, Blob{row.reason_box}, h.placed_by, h.placed_at);
}

std::optional<HoldRow> hold(db::Tx& tx, HoldId id) {
  return tx.one(kHold, read_hold, id);
}

void release_hold(db::Tx& tx, HoldId id, std::string_view by, Time at, std::string_view box) {
  tx.exec(kRelease, by, at, Blob{box}, id);
}

std::vector<HoldRow> holds(db::Tx& tx, const HoldPage& page) {
  const auto at = page.before_at ? to_micros(*page.before_at) : kEndOfTime;
  return tx.all(page.active ? kActiveHolds : kReleasedHolds, read_hold, at, page.before_id, page.limit);
}

std::vector<HoldRow> holds_of(db::Tx& tx, SubjectId subject) {
  return tx.all(kHoldsOf, read_hold, subject);
}

void insert_erasure(db::Tx& tx, const Erasure& e) {
  tx.exec(kInsertErasure, e.id, e.subject, json::name_of(e.reason), json::name_of(e.state), e.actor, e.planned_at,
          e.due_at, e.deadline_at, e.done_at, e.ledger_seq, joined(e.kept));
}

void save_erasure(db::Tx& tx, const Erasure& e) {
  tx.exec(kSaveErasure, json::name_of(e.reason), json::name_of(e.state), e.due_at, e.deadline_at, e.done_at,
          e.ledger_seq, joined(e.kept), e.id);
}

std::optional<Erasure> erasure(db::Tx& tx, ErasureId id) {
  return tx.one(kErasure, read_erasure, id);
}
std::optional<Erasure> live_erasure(db::Tx& tx, SubjectId subject) {
  return tx.one(kLiveErasure, read_erasure, subject);
}
std::vector<Erasure> erasures_of(db::Tx& tx, SubjectId subject) {
  return tx.all(kErasuresOf, read_erasure, subject);
}
std::vector<Erasure> due_erasures(db::Tx& tx, Time now, std::size_t limit) {
  return tx.all(kDueErasures, read_erasure, now, limit);
}
std::optional<Time> next_due(db::Tx& tx) {
  return tx.one(kNextDue, [](const Row& r) { return r.time(0); });
}

LedgerHead erasure_head(db::Tx& tx) {
  return tx.one(kHead, [](const Row& r) { return LedgerHead{r.i64(0), r.bytes(1)}; }).value_or(LedgerHead{});
}

void set_erasure_head(db::Tx& tx, const LedgerHead& head) {
  if (tx.exec(kMoveHead, head.seq, Blob{head.mac}) == 0) tx.exec(kInsertHead, head.seq, Blob{head.mac});
}

bool has_access(db::Tx& tx, SubjectId employee) {
  return tx.one(kHasAccess, [](const Row&) { return true; }, employee).has_value();
}
std::optional<Time> live_booking_end(db::Tx& tx, SubjectId subject, Time now) {
  return tx.one(kLiveBookingEnd, [](const Row& r) { return r.time(0); }, subject, now);
}
void cancel_future_bookings(db::Tx& tx, SubjectId subject, Time now) {
  tx.exec(kCancelFuture, subject, now);
}
void lock_conversations(db::Tx& tx, SubjectId subject, std::string_view token_hash) {
  tx.exec(kLock, Blob{token_hash}, subject);
}
void drop_access_answers(db::Tx& tx, SubjectId subject) {
  tx.exec(kDropAnswers, subject);
}
void leave_conversations(db::Tx& tx, SubjectId subject) {
  tx.exec(kLeave, subject);
}

std::int64_t last_destruction(db::Tx& tx) {
  return tx.one(kLastDestruction, [](const Row& r) { return r.i64(0); }).value_or(0);
}

void insert_destruction(db::Tx& tx, const DestructionRecord& record) {
  const auto& r = record.row;
  tx.exec(kInsertDestruction, r.id, r.number, r.subject, json::name_of(r.reason), r.at, Blob{record.key_box},
          Blob{record.act_box}, Blob{record.hash}, r.ledger_seq, r.expires_at);
}

std::optional<DestructionRecord> destruction(db::Tx& tx, DestructionId id) {
  return tx.one(
      kDestruction,
      [](const Row& r) { return DestructionRecord{read_destruction(r), r.bytes(7), r.bytes(8), r.bytes(9)}; }, id);
}

std::vector<DestructionRow> destructions(db::Tx& tx, const DestructionPage& page) {
  constexpr std::int64_t kAll = std::int64_t{1} << 62;
  return tx.all(kDestructions, read_destruction, page.before_number.value_or(kAll), page.limit);
}

std::vector<DestructionId> destruction_ids(db::Tx& tx) {
  return tx.all(kDestructionIds, [](const Row& r) { return r.id<DestructionId>(0); });
}

std::int64_t drop_destructions(db::Tx& tx, Time expired, std::size_t limit) {
  return tx.exec(kDropDestructions, expired, limit);
}

}  // namespace chatika::privacy::store
