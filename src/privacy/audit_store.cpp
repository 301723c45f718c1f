#include "privacy/audit_store.hpp"

#include <limits>

namespace chatika::privacy::store {
namespace {

const db::Statement kHead("SELECT seq, hash FROM audit WHERE lane = $1 ORDER BY seq DESC LIMIT 1");
const db::Statement kFloor(
    "SELECT seq, hash FROM audit_checkpoint WHERE lane = $1 AND kind = 'floor' ORDER BY seq DESC LIMIT 1");
const db::Statement kInsert(
    "INSERT INTO audit (lane, seq, format, at, actor, operation, detail, origin, subjects, hash)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING");
// The list of ids is taken apart by the database: one round trip for an operation over many people.
const db::Statement kIndexSubjects(
    "INSERT INTO audit_subject (subject, at, lane, seq)"
    " WITH RECURSIVE part (i, ids, at, lane, seq) AS ("
    "SELECT 0, subjects, at, lane, seq FROM audit WHERE lane = $1 AND seq = $2"
    " UNION ALL SELECT i + 1, ids, at, lane, seq FROM part WHERE (i + 2) * 16 <= length(ids))"
    " SELECT substr(ids, i * 16 + 1, 16), at, lane, seq FROM part WHERE substr(ids, i * 16 + 1, 16) <> $3");
const db::Statement kTimeAfter("SELECT at FROM audit WHERE lane = $1 AND seq > $2 ORDER BY seq LIMIT 1");
const db::Statement kDelete("DELETE FROM audit WHERE lane = $1 AND seq <= $2");
const db::Statement kDeleteCheckpoints("DELETE FROM audit_checkpoint WHERE lane = $1 AND seq <= $2");
const db::Statement kUnindex(
    "DELETE FROM audit_subject WHERE subject = $1 AND at = $2 AND lane = $3 AND seq = $4");
const db::Statement kIndexed(
    "SELECT subject, at, lane, seq FROM audit_subject WHERE (subject, at, lane, seq) > ($1, $2, $3, $4)"
    " ORDER BY subject, at, lane, seq LIMIT $5");
const db::Statement kIsIndexed(
    "SELECT 1 FROM audit_subject WHERE subject = $1 AND at = $2 AND lane = $3 AND seq = $4");
const db::Statement kOtherLane("SELECT MIN(lane) FROM audit WHERE lane <> 0 AND lane >= $1");
const db::Statement kUpTo("SELECT MIN(seq) FROM audit WHERE lane = $1 AND seq <= $2");

#define AUDIT_COLUMNS \
  "a.lane, a.seq, a.format, a.at, a.actor, a.operation, a.detail, a.origin, a.subjects, a.hash"
const db::Statement kEach("SELECT " AUDIT_COLUMNS
                          " FROM audit a WHERE a.lane = $1 AND a.seq > $2 ORDER BY a.seq LIMIT $3");
#define AUDIT_NEWEST " ORDER BY at DESC, lane DESC, seq DESC LIMIT "
const db::Statement kByTime(
    "SELECT " AUDIT_COLUMNS
    " FROM audit a WHERE a.at >= $1 AND a.at < $2 AND (a.at, a.lane, a.seq) < ($3, $4, $5)"
    " AND ($6 = '' OR a.operation = $6)" AUDIT_NEWEST "$7");
const db::Statement kByActor(
    "SELECT " AUDIT_COLUMNS
    " FROM audit a WHERE a.actor = $1 AND a.at >= $2 AND a.at < $3 AND (a.at, a.lane, a.seq) < ($4, $5, $6)"
    " AND ($7 = '' OR a.operation = $7)" AUDIT_NEWEST "$8");
const db::Statement kAbout(
    "SELECT " AUDIT_COLUMNS
    " FROM audit_subject s JOIN audit a ON a.lane = s.lane AND a.seq = s.seq"
    " WHERE s.subject = $1 AND s.at >= $2 AND s.at < $3 AND (s.at, s.lane, s.seq) < ($4, $5, $6)"
    " AND ($7 = '' OR a.operation = $7) ORDER BY s.at DESC, s.lane DESC, s.seq DESC LIMIT $8");
// With the person's own acts, which the index leaves out.
const db::Statement kBySubject(
    "SELECT " AUDIT_COLUMNS
    " FROM audit_subject s JOIN audit a ON a.lane = s.lane AND a.seq = s.seq"
    " WHERE s.subject = $1 AND s.at >= $2 AND s.at < $3 AND (s.at, s.lane, s.seq) < ($4, $5, $6)"
    " AND ($7 = '' OR a.operation = $7) AND ($8 = '' OR a.actor = $8)"
    " UNION ALL SELECT " AUDIT_COLUMNS
    " FROM audit a WHERE a.actor IN ($9, $10) AND a.at >= $2 AND a.at < $3 AND (a.at, a.lane, a.seq) < ($4, "
    "$5, $6)"
    " AND ($7 = '' OR a.operation = $7) AND ($8 = '' OR a.actor = $8)" AUDIT_NEWEST "$11");

const db::Statement kEmployeeName("SELECT name_box FROM employee WHERE id = $1");

const db::Statement kInsertCheckpoint(
    "INSERT INTO audit_checkpoint (lane, seq, kind, hash, at, signature) VALUES ($1, $2, $3, $4, $5, $6)"
    " ON CONFLICT DO NOTHING");
const db::Statement kDeleteCheckpoint(
    "DELETE FROM audit_checkpoint WHERE lane = $1 AND seq = $2 AND kind = $3");
const db::Statement kCheckpoints(
    "SELECT lane, seq, kind, hash, at, signature FROM audit_checkpoint ORDER BY lane, seq, kind");
const db::Statement kLastCheckpoints(
    "SELECT lane, seq, kind, hash, at, signature FROM audit_checkpoint WHERE lane = $1 AND kind = 'head'"
    " ORDER BY seq DESC LIMIT $2");

void read_into(const db::Row& r, AuditRow& out) {
  out.lane = r.i64(0);
  out.seq = r.i64(1);
  out.format = r.i64(2);
  out.at = r.time(3);
  out.actor = r.text(4);
  out.operation = r.text(5);
  out.detail = r.text(6);
  out.from = r.text(7);
  out.subjects = r.blob(8);
  out.hash = r.blob(9);
}

AuditRow audit_row(const db::Row& r) {
  AuditRow out;
  read_into(r, out);
  return out;
}

Checkpoint checkpoint(const db::Row& r) {
  const auto kind = r.text(2);
  return {.lane = r.i64(0),
          .seq = r.i64(1),
          .kind = kind == "floor"  ? Checkpoint::Kind::floor
                  : kind == "loss" ? Checkpoint::Kind::loss
                                   : Checkpoint::Kind::head,
          .hash = r.bytes(3),
          .at = r.time(4),
          .signature = r.bytes(5)};
}

constexpr auto kMost = std::numeric_limits<std::int64_t>::max();

struct Bounds {
  explicit Bounds(const AuditSearch& search)
      : from(search.from ? to_micros(*search.from) : std::numeric_limits<std::int64_t>::min()),
        to(search.to ? to_micros(*search.to) : kMost),
        at(search.before ? to_micros(search.before->at) : kMost),
        lane(search.before ? search.before->lane : kMost),
        seq(search.before ? search.before->seq : kMost),
        limit(static_cast<std::int64_t>(search.limit)) {}
  std::int64_t from, to, at, lane, seq, limit;
};

}  // namespace

AuditHead audit_head(db::Tx& tx, std::int64_t lane) {
  const auto head = [](const db::Row& r) { return AuditHead{r.i64(0), r.bytes(1)}; };
  if (auto found = tx.one(kHead, head, lane)) return std::move(*found);
  return audit_floor(tx, lane);
}

AuditHead audit_floor(db::Tx& tx, std::int64_t lane) {
  return tx.one(
               kFloor, [](const db::Row& r) { return AuditHead{r.i64(0), r.bytes(1)}; }, lane)
      .value_or(AuditHead{});
}

std::optional<Time> audit_time_after(db::Tx& tx, std::int64_t lane, std::int64_t seq) {
  return tx.one(kTimeAfter, [](const db::Row& r) { return r.time(0); }, lane, seq);
}

void delete_audit(db::Tx& tx, std::int64_t lane, std::int64_t seq) {
  tx.exec(kDelete, lane, seq);
  tx.exec(kDeleteCheckpoints, lane, seq);
}

void unindex_subject(db::Tx& tx, SubjectId subject, const AuditRow& row) {
  tx.exec(kUnindex, subject, row.at, row.lane, row.seq);
}

bool insert_audit(db::Tx& tx, const AuditRow& row) {
  return tx.exec(kInsert, row.lane, row.seq, row.format, row.at, row.actor, row.operation, row.detail,
                 row.from, db::Blob{row.subjects}, db::Blob{row.hash}) == 1;
}

void index_subjects(db::Tx& tx, std::int64_t lane, std::int64_t seq, const Uuid& actor) {
  tx.exec(kIndexSubjects, lane, seq, actor);
}

std::vector<std::int64_t> audit_lanes(db::Tx& tx) {
  std::vector<std::int64_t> out{0};
  const auto lane = [](const db::Row& r) { return r.is_null(0) ? std::int64_t{0} : r.i64(0); };
  auto from = std::numeric_limits<std::int64_t>::min();
  while (const auto found = tx.one(kOtherLane, lane, from).value_or(0)) {
    out.push_back(found);
    if (found == kMost) break;
    from = found + 1;
  }
  return out;
}

std::optional<std::int64_t> audit_up_to(db::Tx& tx, std::int64_t lane, std::int64_t seq) {
  return tx.one(kUpTo, [](const db::Row& r) { return r.maybe(0, [](const db::Row& row, int c) { return row.i64(c); }); }, lane, seq).value_or(std::nullopt);
}

void each_audit(db::Tx& tx, std::int64_t lane, std::int64_t after, std::int64_t limit,
                const std::function<bool(const AuditRow&)>& f) {
  AuditRow row;  // kept: its strings keep their room
  tx.each(
      kEach,
      [&](const db::Row& r) {
        read_into(r, row);
        return f(row);
      },
      lane, after, limit);
}

void each_indexed(db::Tx& tx, const IndexEntry& after, std::int64_t limit, const std::function<void(const IndexEntry&)>& f) {
  tx.each(
      kIndexed,
      [&](const db::Row& r) {
        f({SubjectId(r.uuid(0)), r.time(1), r.i64(2), r.i64(3)});
        return true;
      },
      after.subject, after.at, after.lane, after.seq, limit);
}

bool is_indexed(db::Tx& tx, const IndexEntry& e) {
  return tx.one(kIsIndexed, [](const db::Row&) { return true; }, e.subject, e.at, e.lane, e.seq).has_value();
}

std::vector<AuditRow> audit_by_subject(db::Tx& tx, SubjectId subject, const AuditSearch& search) {
  const Bounds b(search);
  return tx.all(kBySubject, audit_row, subject, b.from, b.to, b.at, b.lane, b.seq, search.operation,
                search.actor, "visitor:" + to_string(subject), "employee:" + to_string(subject), b.limit);
}

std::vector<AuditRow> audit_by_actor(db::Tx& tx, std::string_view actor, const AuditSearch& search) {
  const Bounds b(search);
  return tx.all(kByActor, audit_row, actor, b.from, b.to, b.at, b.lane, b.seq, search.operation, b.limit);
}

std::vector<AuditRow> audit_by_time(db::Tx& tx, const AuditSearch& search) {
  const Bounds b(search);
  return tx.all(kByTime, audit_row, b.from, b.to, b.at, b.lane, b.seq, search.operation, b.limit);
}

std::vector<AuditRow> audit_about(db::Tx& tx, SubjectId subject, const AuditSearch& search) {
  const Bounds b(search);
  return tx.all(kAbout, audit_row, subject, b.from, b.to, b.at, b.lane, b.seq, search.operation, b.limit);
}

std::optional<std::string> employee_name(db::Tx& tx, EmployeeId id) {
  return tx.one(kEmployeeName, [](const db::Row& r) { return r.bytes(0); }, id);
}

void insert_checkpoint(db::Tx& tx, const Checkpoint& c) {
  tx.exec(kInsertCheckpoint, c.lane, c.seq, name(c.kind), db::Blob{c.hash}, c.at, db::Blob{c.signature});
}

void delete_checkpoint(db::Tx& tx, const Checkpoint& c) {
  tx.exec(kDeleteCheckpoint, c.lane, c.seq, name(c.kind));
}

std::vector<Checkpoint> checkpoints(db::Tx& tx) {
  return tx.all(kCheckpoints, checkpoint);
}

std::vector<Checkpoint> last_checkpoints(db::Tx& tx, std::int64_t lane, std::int64_t limit) {
  return tx.all(kLastCheckpoints, checkpoint, lane, limit);
}

}  // namespace chatika::privacy::store
