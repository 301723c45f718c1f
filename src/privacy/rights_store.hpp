// SQL of blocking, correction, holds, erasure and evidence; nobody outside the room includes it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/db.hpp"
#include "privacy/destruction.hpp"
#include "privacy/erasure.hpp"
#include "privacy/rights.hpp"

namespace chatika::privacy::store {

struct RestrictionRow {
  Uuid id;
  std::string act;
  std::string reason_box;
  std::string actor;
  Time at;
};
void insert_restriction(db::Tx& tx, SubjectId subject, const RestrictionRow& row);
std::vector<RestrictionRow> restrictions(db::Tx& tx, SubjectId subject);

struct CorrectionRow {
  Uuid id;
  std::string field;
  Uuid place;
  std::optional<std::string> old_box;
  std::string new_box;
  std::string reason_box;
  std::string actor;
  Time at;
};
void insert_correction(db::Tx& tx, SubjectId subject, const CorrectionRow& row);
std::vector<CorrectionRow> corrections(db::Tx& tx, SubjectId subject);

struct HoldRow {
  Hold hold;  // without reason
  std::string reason_box;
};
db::Refusal insert_hold(db::Tx& tx, const HoldRow& row);
std::optional<HoldRow> hold(db::Tx& tx, HoldId id);
void release_hold(db::Tx& tx, HoldId id, std::string_view by, Time at, std::string_view box);
std::vector<HoldRow> holds(db::Tx& tx, const HoldPage& page);
std::vector<HoldRow> holds_of(db::Tx& tx, SubjectId subject);

void insert_erasure(db::Tx& tx, const Erasure& erasure);
void save_erasure(db::Tx& tx, const Erasure& erasure);
std::optional<Erasure> erasure(db::Tx& tx, ErasureId id);
std::optional<Erasure> live_erasure(db::Tx& tx, SubjectId subject);
std::vector<Erasure> erasures_of(db::Tx& tx, SubjectId subject);
std::vector<Erasure> due_erasures(db::Tx& tx, Time now, std::size_t limit);
std::optional<Time> next_due(db::Tx& tx);

LedgerHead erasure_head(db::Tx& tx);
void set_erasure_head(db::Tx& tx, const LedgerHead& head);

// End of the last confirmed booking that is not over.
// The employee may sign in.
bool has_access(db::Tx& tx, SubjectId employee);
std::optional<Time> live_booking_end(db::Tx& tx, SubjectId subject, Time now);
// What was answered about the person, text and document: copies sealed under another key, the requester's. That it was
// answered, and when, stays.
void drop_access_answers(db::Tx& tx, SubjectId subject);
void cancel_future_bookings(db::Tx& tx, SubjectId subject, Time now);
// A conversation that stays only because a held field hangs on it: nobody has its token any more.
void lock_conversations(db::Tx& tx, SubjectId subject, std::string_view token_hash);
void leave_conversations(db::Tx& tx, SubjectId subject);  // bookings stay, their conversation goes

struct DestructionRecord {
  DestructionRow row;
  std::string key_box;
  std::string act_box;
  std::string hash;
};
std::int64_t last_destruction(db::Tx& tx);
void insert_destruction(db::Tx& tx, const DestructionRecord& record);
std::optional<DestructionRecord> destruction(db::Tx& tx, DestructionId id);
std::vector<DestructionRow> destructions(db::Tx& tx, const DestructionPage& page);
std::vector<DestructionId> destruction_ids(db::Tx& tx);
std::int64_t drop_destructions(db::Tx& tx, Time expired, std::size_t limit);

}  // namespace chatika::privacy::store
