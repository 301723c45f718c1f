#include "privacy/retention_store.hpp"

#include "json/read.hpp"
#include "json/write.hpp"

namespace chatika::privacy::store {
namespace {

using db::Blob;
using db::Row;

// What is disputed (152-FZ art. 21(1)) stays as it is; of whom everything goes, nothing is taken before.
#define NOT_PLANNED(subject) \
  "NOT EXISTS (SELECT 1 FROM erasure e WHERE e.subject = " subject " AND e.state = 'planned')"

const db::Statement kPeriod("SELECT days FROM retention_setting WHERE name = $1");
const db::Statement kSetPeriod("UPDATE retention_setting SET days = $1, set_by = $2, set_at = $3 WHERE name = $4");
const db::Statement kInsertPeriod(
    "INSERT INTO retention_setting (days, set_by, set_at, name) VALUES ($1, $2, $3, $4)");
const db::Statement kLastSweep(
    "SELECT id, started_at, finished_at, phase, place, total, done, counts, error FROM sweep"
    " ORDER BY started_at DESC, id DESC LIMIT 1");
const db::Statement kInsertSweep(
    "INSERT INTO sweep (id, started_at, phase, place, total, done, counts, error) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
const db::Statement kSaveSweep(
    "UPDATE sweep SET finished_at = $1, phase = $2, place = $3, done = $4, counts = $5, error = $6 WHERE id = $7");
const db::Statement kCountVisitors("SELECT count(*) FROM visitor");
const db::Statement kVisitorsAfter(
    "SELECT v.id, v.created_at, CASE WHEN v.ip_box IS NOT NULL AND v.ip_truncated_at IS NULL THEN 1 ELSE 0 END,"
    " CASE WHEN s.blocked_at IS NULL THEN 0 ELSE 1 END, s.closed,"
    " (SELECT max(c.last_at) FROM conversation c WHERE c.visitor = v.id),"
    " (SELECT max(b.ends_at) FROM booking b WHERE b.visitor = v.id),"
    " (SELECT count(*) FROM erasure e WHERE e.subject = v.id AND e.state IN ('planned', 'held'))"
    " FROM visitor v JOIN subject s ON s.id = v.id WHERE v.id > $1 ORDER BY v.id LIMIT $2");
const db::Statement kTruncated("UPDATE visitor SET ip_truncated_at = $1 WHERE id = $2");
const db::Statement kConversationsAfter(
    "SELECT c.id, c.visitor, c.last_at FROM conversation c JOIN subject s ON s.id = c.visitor AND s.blocked_at IS NULL"
    " WHERE c.id > $1 AND " NOT_PLANNED("c.visitor") " ORDER BY c.id LIMIT $2");
const db::Statement kLeadsAfter(
    "SELECT l.id, l.visitor, l.created_at FROM lead l JOIN subject s ON s.id = l.visitor AND s.blocked_at IS NULL"
    " WHERE l.id > $1 AND " NOT_PLANNED("l.visitor") " ORDER BY l.id LIMIT $2");
const db::Statement kDropMessages("DELETE FROM message WHERE conversation = $1");
const db::Statement kClearDialogue(
    "UPDATE conversation SET dialogue_box = NULL WHERE id = $1 AND dialogue_box IS NOT NULL");
const db::Statement kLeaveBooking("UPDATE booking SET conversation = NULL WHERE conversation = $1");
const db::Statement kHasLead("SELECT 1 FROM lead WHERE conversation = $1 LIMIT 1");
const db::Statement kDropConversation("DELETE FROM conversation WHERE id = $1");
const db::Statement kDropLead("DELETE FROM lead WHERE id = $1");
const db::Statement kDropSessions(
    "DELETE FROM session WHERE token_hash IN (SELECT token_hash FROM session WHERE expires_at <= $1 OR created_at <= $2"
    " ORDER BY token_hash LIMIT $3)");
const db::Statement kDropDeliveries(
    "DELETE FROM delivery WHERE mail IN (SELECT id FROM outbox WHERE created_at <= $1 AND state <> 'waiting'"
    " ORDER BY created_at, id LIMIT $2)");
const db::Statement kDropMail(
    "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE created_at <= $1 AND state <> 'waiting'"
    " ORDER BY created_at, id LIMIT $2)");
const db::Statement kDropRequestLinks(
    "DELETE FROM request_link WHERE token_hash IN (SELECT token_hash FROM request_link WHERE expires_at <= $1"
    " ORDER BY token_hash LIMIT $2)");
const db::Statement kDropWithdrawalLinks(
    "DELETE FROM withdrawal_link WHERE token_hash IN (SELECT token_hash FROM withdrawal_link WHERE expires_at <= $1"
    " ORDER BY token_hash LIMIT $2)");
const db::Statement kDropCodes(
    "DELETE FROM request_code WHERE request IN (SELECT request FROM request_code WHERE expires_at <= $1"
    " ORDER BY request LIMIT $2) AND expires_at <= $1");
const db::Statement kOldBreaches("SELECT id FROM breach WHERE closed_at <= $1 ORDER BY id LIMIT $2");
const db::Statement kDropBreachEvents("DELETE FROM breach_event WHERE breach = $1");
const db::Statement kDropBreach("DELETE FROM breach WHERE id = $1");
const db::Statement kOldRequesters(
    "SELECT DISTINCT r.requester FROM request r JOIN subject s ON s.id = r.requester AND s.erased_at IS NULL"
    " WHERE r.status IN ('answered', 'refused', 'closed') AND coalesce(r.closed_at, r.answered_at) <= $1"
    " AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.subject = r.requester AND e.state IN ('planned', 'held'))"
    " ORDER BY r.requester LIMIT $2");
const db::Statement kBringBackSweeps(
    "UPDATE sweep SET started_at = $1, finished_at = $1 WHERE started_at > $1 AND finished_at IS NOT NULL");
const db::Statement kForgetDays("DELETE FROM statistic WHERE day >= $1");
const db::Statement kDropFeed(
    "DELETE FROM feed WHERE seq IN (SELECT seq FROM feed ORDER BY seq LIMIT $1) AND at <= $2");
const db::Statement kLastDay("SELECT max(day) FROM statistic");
const db::Statement kFirstConversation("SELECT min(started_at) FROM conversation");
const db::Statement kCountConversations(
    "SELECT count(*) FROM conversation c JOIN subject s ON s.id = c.visitor"
    " WHERE c.started_at >= $1 AND c.started_at < $2 AND (s.objected & $3) = 0");
const db::Statement kCountBookings(
    "SELECT count(*) FROM booking b LEFT JOIN subject s ON s.id = b.visitor"
    " WHERE b.created_at >= $1 AND b.created_at < $2 AND (coalesce(s.objected, 0) & $3) = 0");
const db::Statement kCountLeads(
    "SELECT count(*) FROM lead l JOIN subject s ON s.id = l.visitor"
    " WHERE l.created_at >= $1 AND l.created_at < $2 AND (s.objected & $3) = 0");
const db::Statement kSetStatistic("UPDATE statistic SET value = $1 WHERE day = $2 AND name = $3");
const db::Statement kInsertStatistic("INSERT INTO statistic (value, day, name) VALUES ($1, $2, $3)");
const db::Statement kStatistics(
    "SELECT day, name, value FROM statistic WHERE day >= $1 AND day <= $2 ORDER BY day, name");

constexpr auto kAnalytics = static_cast<std::int64_t>(Purpose::analytics);

std::optional<Time> maybe_time(const Row& r, int column) {
  return r.maybe(column, [](const Row& row, int c) { return row.time(c); });
}
Aged read_aged(const Row& r) {
  return {r.uuid(0), r.id<SubjectId>(1), r.time(2)};
}

}  // namespace

std::optional<int> period(db::Tx& tx, std::string_view name) {
  return tx.one(kPeriod, [](const Row& r) { return static_cast<int>(r.i64(0)); }, name);
}

void set_period(db::Tx& tx, std::string_view name, std::int64_t days, std::string_view by, Time at) {
  if (tx.exec(kSetPeriod, days, by, at, name) == 0) tx.exec(kInsertPeriod, days, by, at, name);
}

std::optional<SweepRow> last_sweep(db::Tx& tx) {
  return tx.one(kLastSweep, [](const Row& r) {
    return SweepRow{{.id = r.uuid(0),
                     .started_at = r.time(1),
                     .finished_at = maybe_time(r, 2),
                     .done = r.i64(6),
                     .total = r.i64(5),
                     .counts = json::read<std::vector<SweepCount>>(r.text(7)).value(),
                     .error = r.str(8)},
                    r.i64(3),
                    r.bytes(4)};
  });
}

void insert_sweep(db::Tx& tx, const SweepRow& row) {
  const auto& r = row.report;
  tx.exec(kInsertSweep, r.id, r.started_at, row.phase, Blob{row.place}, r.total, r.done, json::write(r.counts), r.error);
}

void save_sweep(db::Tx& tx, const SweepRow& row) {
  const auto& r = row.report;
  tx.exec(kSaveSweep, r.finished_at, row.phase, Blob{row.place}, r.done, json::write(r.counts), r.error, r.id);
}

std::int64_t count_visitors(db::Tx& tx) {
  return tx.one(kCountVisitors, [](const Row& r) { return r.i64(0); }).value_or(0);
}

std::vector<VisitorAge> visitors_after(db::Tx& tx, std::string_view id, std::size_t limit) {
  return tx.all(
      kVisitorsAfter,
      [](const Row& r) {
        VisitorAge v{.id = r.id<SubjectId>(0), .last = r.time(1), .created_at = r.time(1)};
        v.address = r.flag(2);
        v.blocked = r.flag(3);
        v.planned = r.i64(7) > 0;
        v.withdrawn = r.flag(4) && !v.blocked && !v.planned;
        for (const int column : {5, 6})
          if (const auto at = maybe_time(r, column)) v.last = std::max(v.last, *at);
        return v;
      },
      Blob{id}, limit);
}

void address_truncated(db::Tx& tx, SubjectId subject, Time at) {
  tx.exec(kTruncated, at, subject);
}

std::vector<Aged> conversations_after(db::Tx& tx, std::string_view id, std::size_t limit) {
  return tx.all(kConversationsAfter, read_aged, Blob{id}, limit);
}
std::vector<Aged> leads_after(db::Tx& tx, std::string_view id, std::size_t limit) {
  return tx.all(kLeadsAfter, read_aged, Blob{id}, limit);
}

std::int64_t drop_conversation(db::Tx& tx, const Uuid& id) {
  auto gone = tx.exec(kDropMessages, id);
  if (tx.one(kHasLead, [](const Row&) { return true; }, id)) return gone + tx.exec(kClearDialogue, id);
  tx.exec(kLeaveBooking, id);
  return gone + tx.exec(kDropConversation, id);
}
void drop_lead(db::Tx& tx, const Uuid& id) {
  tx.exec(kDropLead, id);
}

std::int64_t drop_sessions(db::Tx& tx, Time expired, Time created, std::size_t limit) {
  return tx.exec(kDropSessions, expired, created, limit);
}
std::int64_t drop_mail(db::Tx& tx, Time created, std::size_t limit) {
  tx.exec(kDropDeliveries, created, limit);
  return tx.exec(kDropMail, created, limit);
}
std::int64_t drop_links(db::Tx& tx, Time expired, std::size_t limit) {
  return tx.exec(kDropRequestLinks, expired, limit) + tx.exec(kDropWithdrawalLinks, expired, limit) +
         tx.exec(kDropCodes, expired, limit);
}
std::int64_t drop_breaches(db::Tx& tx, Time closed, std::size_t limit) {
  const auto old = tx.all(kOldBreaches, [](const Row& r) { return r.uuid(0); }, closed, limit);
  for (const auto& id : old) {
    tx.exec(kDropBreachEvents, id);
    tx.exec(kDropBreach, id);
  }
  return static_cast<std::int64_t>(old.size());
}
std::vector<SubjectId> old_requesters(db::Tx& tx, Time ended, std::size_t limit) {
  return tx.all(kOldRequesters, [](const Row& r) { return r.id<SubjectId>(0); }, ended, limit);
}
void bring_back_sweeps(db::Tx& tx, Time now) {
  tx.exec(kBringBackSweeps, now - Micros(1));
}
void forget_days_from(db::Tx& tx, std::int64_t day) {
  tx.exec(kForgetDays, day);
}
std::int64_t drop_feed(db::Tx& tx, Time at, std::size_t limit) {
  return tx.exec(kDropFeed, limit, at);
}

std::optional<std::int64_t> last_counted_day(db::Tx& tx) {
  return tx
      .one(kLastDay,
           [](const Row& r) { return r.maybe(0, [](const Row& row, int c) { return row.i64(c); }); })
      .value_or(std::nullopt);
}
std::optional<Time> first_conversation(db::Tx& tx) {
  return tx.one(kFirstConversation, [](const Row& r) { return maybe_time(r, 0); }).value_or(std::nullopt);
}

DayCounts count_day(db::Tx& tx, Time from, Time to) {
  const auto count = [&](const db::Statement& s) {
    return tx.one(s, [](const Row& r) { return r.i64(0); }, from, to, kAnalytics).value_or(0);
  };
  return {count(kCountConversations), count(kCountBookings), count(kCountLeads)};
}

void set_statistic(db::Tx& tx, std::int64_t day, std::string_view name, std::int64_t value) {
  if (tx.exec(kSetStatistic, value, day, name) == 0) tx.exec(kInsertStatistic, value, day, name);
}

std::vector<DayNumber> statistics(db::Tx& tx, std::int64_t from_day, std::int64_t to_day) {
  return tx.all(
      kStatistics, [](const Row& r) { return DayNumber{r.i64(0), r.str(1), r.i64(2)}; }, from_day, to_day);
}

}  // namespace chatika::privacy::store
