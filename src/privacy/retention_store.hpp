// SQL of retention; nobody outside the room includes it.
#pragma once

#include "db/db.hpp"
#include "privacy/retention.hpp"

namespace chatika::privacy::store {

std::optional<int> period(db::Tx& tx, std::string_view name);
void set_period(db::Tx& tx, std::string_view name, std::int64_t days, std::string_view by, Time at);

struct SweepRow {
  SweepReport report;
  std::int64_t phase = 0;
  std::string place;
};
std::optional<SweepRow> last_sweep(db::Tx& tx);
void insert_sweep(db::Tx& tx, const SweepRow& row);
void save_sweep(db::Tx& tx, const SweepRow& row);
std::int64_t count_visitors(db::Tx& tx);

struct VisitorAge {
  SubjectId id;
  Time last;  // contact
  Time created_at;
  bool address = false;  // not truncated yet
  bool blocked = false;
  bool withdrawn = false;  // nothing may be answered any more, and no plan says when it goes
  bool planned = false;
};
std::vector<VisitorAge> visitors_after(db::Tx& tx, std::string_view id, std::size_t limit);
void address_truncated(db::Tx& tx, SubjectId subject, Time at);

struct Aged {
  Uuid id;
  SubjectId subject;
  Time last;
};
std::vector<Aged> conversations_after(db::Tx& tx, std::string_view id, std::size_t limit);
std::vector<Aged> leads_after(db::Tx& tx, std::string_view id, std::size_t limit);
// Messages and what the assistant keeps in mind; the row itself only when no lead hangs on it. Rows that went.
std::int64_t drop_conversation(db::Tx& tx, const Uuid& id);
void drop_lead(db::Tx& tx, const Uuid& id);

std::int64_t drop_sessions(db::Tx& tx, Time expired, Time created, std::size_t limit);
std::int64_t drop_mail(db::Tx& tx, Time created, std::size_t limit);
// Codes and links of requests and withdrawals that had expired by then.
std::int64_t drop_links(db::Tx& tx, Time expired, std::size_t limit);
// Breaches that were closed by then, with what they name.
std::int64_t drop_breaches(db::Tx& tx, Time closed, std::size_t limit);
// Who filed a request that ended by then and has no erasure planned.
std::vector<SubjectId> old_requesters(db::Tx& tx, Time ended, std::size_t limit);
// A clock that was ahead left sweeps and days of the future: they would keep the next from beginning.
void bring_back_sweeps(db::Tx& tx, Time now);
void forget_days_from(db::Tx& tx, std::int64_t day);
std::int64_t drop_feed(db::Tx& tx, Time at, std::size_t limit);

std::optional<std::int64_t> last_counted_day(db::Tx& tx);
std::optional<Time> first_conversation(db::Tx& tx);
struct DayCounts {
  std::int64_t conversations = 0;
  std::int64_t bookings = 0;
  std::int64_t leads = 0;
};
DayCounts count_day(db::Tx& tx, Time from, Time to);
void set_statistic(db::Tx& tx, std::int64_t day, std::string_view name, std::int64_t value);
std::vector<DayNumber> statistics(db::Tx& tx, std::int64_t from_day, std::int64_t to_day);

}  // namespace chatika::privacy::store
