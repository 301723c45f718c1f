#include "json/write.hpp"
#include "organisation/organisation_store.hpp"

namespace chatika::organisation::store {
namespace {

using db::Blob;

const db::Statement kInsert(
    "INSERT INTO breach (id, serial, number, subject, details_box, found_at, people, categories, state, "
    "notice_due,"
    " report_due) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10)");
const db::Statement kUpdate(
    "UPDATE breach SET found_at = $1, people = $2, categories = $3, state = $4, notice_due = $5, notice_at = "
    "$6,"
    " notice_reference = $7, report_due = $8, report_at = $9, report_reference = $10, closed_at = $11, "
    "told_at = $12, told_how = $13 WHERE id = $14");
const db::Statement kUpdateDetails("UPDATE breach SET details_box = $1 WHERE id = $2");
const db::Statement kLastSerial("SELECT COALESCE(MAX(serial), 0) FROM breach");
const db::Statement kOne(
    "SELECT id, serial, number, subject, details_box, found_at, people, categories, state, notice_due, "
    "notice_at,"
    " notice_reference, report_due, report_at, report_reference, closed_at, told_at, told_how FROM breach "
    "WHERE id = $1");
const db::Statement kAll(
    "SELECT id, serial, number, subject, details_box, found_at, people, categories, state, notice_due, "
    "notice_at,"
    " notice_reference, report_due, report_at, report_reference, closed_at, told_at, told_how FROM breach "
    "ORDER BY serial DESC");
const db::Statement kInsertEvent(
    "INSERT INTO breach_event (breach, seq, at, kind, actor) VALUES ($1, $2, $3, $4, $5)");
const db::Statement kEvents("SELECT seq, at, kind, actor FROM breach_event WHERE breach = $1 ORDER BY seq");

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}
std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& w : words) out += (out.empty() ? "" : " ") + w;
  return out;
}

Notice notice_of(const db::Row& r, int column) {
  return {.due = r.time(column),
          .sent_at = r.maybe(column + 1, [](const db::Row& x, int c) { return x.time(c); }),
          .reference = r.is_null(column + 2) ? std::string() : r.str(column + 2)};
}

BreachRow row_of(const db::Row& r) {
  BreachRow out{.breach = {.id = r.id<BreachId>(0),
                           .subject = r.id<SubjectId>(3),
                           .serial = r.i64(1),
                           .number = r.str(2),
                           .found_at = r.time(5),
                           .people = r.maybe(6, [](const db::Row& x, int c) { return x.i64(c); }),
                           .categories = words_of(r.text(7)),
                           .state = json::from_name<BreachState>(r.text(8)),
                           .notice = notice_of(r, 9),
                           .report = notice_of(r, 12),
                           .closed_at = r.maybe(15, [](const db::Row& x, int c) { return x.time(c); }),
                           .told_at = r.maybe(16, [](const db::Row& x, int c) { return x.time(c); }),
                           .told_how = r.is_null(17) ? std::string() : r.str(17)},
                .details = {}};
  if (!r.is_null(4)) out.details = Details{out.breach.subject, out.breach.id, r.bytes(4)};
  return out;
}

std::optional<std::string> sent(const Notice& n) {
  return n.sent_at ? std::optional(n.reference) : std::nullopt;
}

}  // namespace

void insert_breach(db::Tx& tx, const Breach& b, const Details& details) {
  tx.exec(kInsert, b.id, b.serial, b.number, b.subject, Blob{details.box}, b.found_at, b.people,
          joined(b.categories), b.notice.due, b.report.due);
}
void update_breach(db::Tx& tx, const Breach& b) {
  tx.exec(kUpdate, b.found_at, b.people, joined(b.categories), json::name_of(b.state), b.notice.due,
          b.notice.sent_at, sent(b.notice), b.report.due, b.report.sent_at, sent(b.report), b.closed_at,
          b.told_at, b.told_at ? std::optional(b.told_how) : std::nullopt, b.id);
}
void update_details(db::Tx& tx, BreachId id, const Details& details) {
  tx.exec(kUpdateDetails, Blob{details.box}, id);
}
std::int64_t last_serial(db::Tx& tx) {
  return tx.one(kLastSerial, [](const db::Row& r) { return r.i64(0); }).value_or(0);
}
std::optional<BreachRow> breach(db::Tx& tx, BreachId id) {
  return tx.one(kOne, row_of, id);
}
std::vector<BreachRow> breaches(db::Tx& tx) {
  return tx.all(kAll, row_of);
}
void insert_event(db::Tx& tx, BreachId breach, const BreachEvent& e) {
  tx.exec(kInsertEvent, breach, e.seq, e.at, e.kind, e.actor);
}
std::vector<BreachEvent> events(db::Tx& tx, BreachId breach) {
  return tx.all(
      kEvents,
      [](const db::Row& r) {
        return BreachEvent{r.i64(0), r.time(1), r.str(2), r.str(3)};
      },
      breach);
}

}  // namespace chatika::organisation::store
