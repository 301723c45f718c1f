#include "jobs/jobs_store.hpp"

#include "json/write.hpp"

namespace chatika::jobs::store {
namespace {

using db::Row;

const db::Statement kInsert(
    "INSERT INTO job (id, kind, key, payload, state, run_at, set_at, attempts, leases, max_attempts, error,"
    " created_at) VALUES ($1, $2, $3, $4, 'waiting', $5, $6, 0, 0, $7, '', $8) ON CONFLICT DO NOTHING");
const db::Statement kLive(
    "SELECT id, state, run_at, rerun_at FROM job WHERE kind = $1 AND key = $2 AND state IN ('waiting', "
    "'leased')");
const db::Statement kSetRunAt("UPDATE job SET run_at = $1, set_at = $2 WHERE id = $3");
const db::Statement kSetRerunAt("UPDATE job SET rerun_at = $1 WHERE id = $2");
const db::Statement kDropWaiting("DELETE FROM job WHERE kind = $1 AND key = $2 AND state = 'waiting'");

const db::Statement kMoveBack(
    "UPDATE job SET run_at = run_at - (set_at - $1), lease_until = lease_until - (set_at - $1), set_at = $1"
    " WHERE set_at > $2");
const db::Statement kExpireDead(
    "UPDATE job SET state = 'dead', lease_until = NULL, set_at = NULL, finished_at = $1, error = "
    "'lease_expired'"
    " WHERE state = 'leased' AND lease_until <= $2 AND attempts >= max_attempts");
const db::Statement kExpire(
    "UPDATE job SET state = 'waiting', lease_until = NULL, run_at = $1, set_at = $1, error = 'lease_expired'"
    " WHERE state = 'leased' AND lease_until <= $2");
const db::Statement kDue(
    "SELECT id, kind, key, payload, attempts, leases, max_attempts, run_at FROM job"
    " WHERE state = 'waiting' AND kind = $1 AND run_at <= $2 ORDER BY run_at LIMIT $3");
const db::Statement kEarliest("SELECT MIN(run_at) FROM job WHERE state = 'waiting' AND kind = $1");
const db::Statement kEarliestLease("SELECT MIN(lease_until) FROM job WHERE state = 'leased'");
const db::Statement kLease(
    "UPDATE job SET state = 'leased', attempts = attempts + 1, leases = leases + 1, lease_until = $1, set_at "
    "= $2"
    " WHERE id = $3 AND state = 'waiting'");

const db::Statement kHold("UPDATE job SET error = '' WHERE id = $1 AND state = 'leased' AND leases = $2");
const db::Statement kRerunAt("SELECT rerun_at FROM job WHERE id = $1");
const db::Statement kSetDone(
    "UPDATE job SET state = 'done', lease_until = NULL, set_at = NULL, rerun_at = NULL, finished_at = $1 "
    "WHERE id = $2");
const db::Statement kSetDead(
    "UPDATE job SET state = 'dead', lease_until = NULL, set_at = NULL, rerun_at = NULL, error = $1, "
    "finished_at = $2"
    " WHERE id = $3");
const db::Statement kSetWaiting(
    "UPDATE job SET state = 'waiting', lease_until = NULL, rerun_at = NULL, run_at = $1, set_at = $2, "
    "attempts = $3,"
    " error = $4 WHERE id = $5");
const db::Statement kDeleteDone(
    "DELETE FROM job WHERE state = 'done' AND created_at < $1 AND finished_at < $1");

const db::Statement kFind(
    "SELECT id, kind, state, attempts, max_attempts, error, run_at, created_at, finished_at FROM job WHERE "
    "id = $1");
const db::Statement kList(
    "SELECT id, kind, state, attempts, max_attempts, error, run_at, created_at, finished_at FROM job"
    " WHERE (created_at < $1 OR (created_at = $1 AND id < $2)) ORDER BY created_at DESC, id DESC LIMIT $3");
const db::Statement kListOfState(
    "SELECT id, kind, state, attempts, max_attempts, error, run_at, created_at, finished_at FROM job"
    " WHERE state = $1 AND (created_at < $2 OR (created_at = $2 AND id < $3))"
    " ORDER BY created_at DESC, id DESC LIMIT $4");
const db::Statement kRevive(
    "UPDATE job SET state = 'waiting', attempts = 0, run_at = $1, set_at = $1, finished_at = NULL"
    " WHERE id = $2 AND state IN ('waiting', 'dead')");
const db::Statement kCount("SELECT COUNT(*) FROM job WHERE state = $1");

constexpr std::int64_t kEndOfTime = 253'402'300'799'000'000;  // 9999-12-31

Time time_at(const Row& row, int column) {
  return row.time(column);
}

Record record(const Row& r) {
  return {.id = r.id<JobId>(0),
          .kind = r.str(1),
          .state = json::from_name<State>(r.text(2)),
          .attempts = static_cast<int>(r.i64(3)),
          .max_attempts = static_cast<int>(r.i64(4)),
          .error = r.str(5),
          .run_at = r.time(6),
          .created_at = r.time(7),
          .finished_at = r.maybe(8, time_at)};
}

std::optional<Time> only_time(db::Tx& tx, const db::Statement& s, auto... p) {
  return tx.one(s, [](const Row& r) { return r.maybe(0, time_at); }, p...).value_or(std::nullopt);
}

}  // namespace

bool insert(db::Tx& tx, const NewRow& row) {
  return tx.exec(kInsert, row.id, row.kind, row.key, row.payload, row.run_at, row.set_at, row.max_attempts,
                 row.created_at) == 1;
}

std::optional<Live> live(db::Tx& tx, std::string_view kind, std::string_view key) {
  return tx.one(
      kLive,
      [](const Row& r) {
        return Live{r.id<JobId>(0), json::from_name<State>(r.text(1)), r.time(2), r.maybe(3, time_at)};
      },
      kind, key);
}

void set_run_at(db::Tx& tx, JobId id, Time run_at, std::optional<Time> set_at) {
  tx.exec(kSetRunAt, run_at, set_at, id);
}
void set_rerun_at(db::Tx& tx, JobId id, Time rerun_at) {
  tx.exec(kSetRerunAt, rerun_at, id);
}
void drop_waiting(db::Tx& tx, std::string_view kind, std::string_view key) {
  tx.exec(kDropWaiting, kind, key);
}

void move_back(db::Tx& tx, Time limit, Time now) {
  tx.exec(kMoveBack, now, limit);
}

void expire_leases(db::Tx& tx, Time until, Time now) {
  tx.exec(kExpireDead, now, until);
  tx.exec(kExpire, now, until);
}

std::vector<Job> due(db::Tx& tx, std::string_view kind, Time now, std::size_t limit) {
  return tx.all(
      kDue,
      [](const Row& r) {
        return Job{.id = r.id<JobId>(0),
                   .kind = r.str(1),
                   .key = r.is_null(2) ? std::string() : r.str(2),
                   .payload = r.str(3),
                   .attempt = static_cast<int>(r.i64(4)) + 1,
                   .lease = r.i64(5) + 1,
                   .max_attempts = static_cast<int>(r.i64(6)),
                   .run_at = r.time(7)};
      },
      kind, now, limit);
}

std::optional<Time> earliest(db::Tx& tx, std::string_view kind) {
  return only_time(tx, kEarliest, kind);
}
std::optional<Time> earliest_lease(db::Tx& tx) {
  return only_time(tx, kEarliestLease);
}
bool lease(db::Tx& tx, JobId id, Time until, Time now) {
  return tx.exec(kLease, until, now, id) == 1;
}

bool hold(db::Tx& tx, JobId id, std::int64_t lease) {
  return tx.exec(kHold, id, lease) == 1;
}
std::optional<Time> rerun_at(db::Tx& tx, JobId id) {
  return only_time(tx, kRerunAt, id);
}
void set_done(db::Tx& tx, JobId id, Time now) {
  tx.exec(kSetDone, now, id);
}
void set_dead(db::Tx& tx, JobId id, std::string_view error, Time now) {
  tx.exec(kSetDead, error, now, id);
}
void set_waiting(db::Tx& tx, JobId id, Time run_at, std::optional<Time> set_at, int attempts,
                 std::string_view error) {
  tx.exec(kSetWaiting, run_at, set_at, attempts, error, id);
}

void delete_done(db::Tx& tx, Time before) {
  tx.exec(kDeleteDone, before);
}

std::vector<Record> list(db::Tx& tx, const Page& page) {
  const auto at = page.before_at.value_or(from_micros(kEndOfTime));
  if (!page.state) return tx.all(kList, record, at, page.before_id, page.limit);
  return tx.all(kListOfState, record, json::name_of(*page.state), at, page.before_id, page.limit);
}
std::optional<Record> find(db::Tx& tx, JobId id) {
  return tx.one(kFind, record, id);
}
bool revive(db::Tx& tx, JobId id, Time now) {
  return tx.try_exec(kRevive, now, id) == db::Refusal::none;
}
std::int64_t count(db::Tx& tx, State state) {
  return tx.one(kCount, [](const Row& r) { return r.i64(0); }, json::name_of(state)).value_or(0);
}

}  // namespace chatika::jobs::store
