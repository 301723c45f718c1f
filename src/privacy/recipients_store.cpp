#include "privacy/recipients_store.hpp"

#include "json/read.hpp"
#include "json/write.hpp"

namespace chatika::privacy::store {
namespace {

using db::Blob;
using db::Row;

constexpr std::int64_t kEndOfTime = 253'402'300'799'000'000;  // 9999-12-31: pages start before it

const db::Statement kRecipients(
    "SELECT id, name, email, kind, active, added_at FROM recipient ORDER BY name, id");
const db::Statement kInsertRecipient(
    "INSERT INTO recipient (id, name, email, kind, active, added_by, added_at) VALUES ($1, $2, $3, $4, 1, $5, $6)");
const db::Statement kRetire("UPDATE recipient SET active = 0 WHERE id = $1");
const db::Statement kInsertNotice(
    "INSERT INTO recipient_notice (id, recipient, subject, act, fields, created_at, told, next_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, 0, $7)");
const db::Statement kDue(
    "SELECT n.id, n.recipient, r.name, n.subject, n.act, n.fields, n.created_at, n.told, n.told_at, n.next_at,"
    " n.acknowledged_at, n.acknowledged_by, r.email FROM recipient_notice n JOIN recipient r ON r.id = n.recipient"
    " WHERE n.next_at <= $1 ORDER BY n.next_at LIMIT $2");
const db::Statement kNext(
    "SELECT next_at FROM recipient_notice WHERE next_at IS NOT NULL ORDER BY next_at LIMIT 1");
const db::Statement kTold(
    "UPDATE recipient_notice SET told = $1, told_at = $2, next_at = $3, token_hash = $4 WHERE id = $5");
const db::Statement kAcknowledge(
    "UPDATE recipient_notice SET next_at = NULL, acknowledged_at = $1, acknowledged_by = $2"
    " WHERE id = $3 AND acknowledged_at IS NULL");
const db::Statement kNotice(
    "SELECT n.id, n.recipient, r.name, n.subject, n.act, n.fields, n.created_at, n.told, n.told_at, n.next_at,"
    " n.acknowledged_at, n.acknowledged_by FROM recipient_notice n JOIN recipient r ON r.id = n.recipient"
    " WHERE n.id = $1");
const db::Statement kByToken(
    "SELECT n.id, n.recipient, r.name, n.subject, n.act, n.fields, n.created_at, n.told, n.told_at, n.next_at,"
    " n.acknowledged_at, n.acknowledged_by FROM recipient_notice n JOIN recipient r ON r.id = n.recipient"
    " WHERE n.token_hash = $1");
const db::Statement kPage(
    "SELECT n.id, n.recipient, r.name, n.subject, n.act, n.fields, n.created_at, n.told, n.told_at, n.next_at,"
    " n.acknowledged_at, n.acknowledged_by FROM recipient_notice n JOIN recipient r ON r.id = n.recipient"
    " WHERE (n.created_at < $1 OR (n.created_at = $1 AND n.id < $2)) ORDER BY n.created_at DESC, n.id DESC LIMIT $3");
const db::Statement kOpenPage(
    "SELECT n.id, n.recipient, r.name, n.subject, n.act, n.fields, n.created_at, n.told, n.told_at, n.next_at,"
    " n.acknowledged_at, n.acknowledged_by FROM recipient_notice n JOIN recipient r ON r.id = n.recipient"
    " WHERE n.next_at IS NOT NULL AND (n.created_at < $1 OR (n.created_at = $1 AND n.id < $2))"
    " ORDER BY n.created_at DESC, n.id DESC LIMIT $3");
const db::Statement kOf(
    "SELECT n.id, n.recipient, r.name, n.subject, n.act, n.fields, n.created_at, n.told, n.told_at, n.next_at,"
    " n.acknowledged_at, n.acknowledged_by FROM recipient_notice n JOIN recipient r ON r.id = n.recipient"
    " WHERE n.subject = $1 ORDER BY n.created_at, n.id");

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    out.emplace_back(word);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return out;
}
std::optional<Time> maybe_time(const Row& r, int column) {
  return r.maybe(column, [](const Row& row, int c) { return row.time(c); });
}

Notice read(const Row& r) {
  return {.id = r.id<NoticeId>(0),
          .recipient = r.id<RecipientId>(1),
          .recipient_name = r.str(2),
          .subject = r.id<SubjectId>(3),
          .act = json::from_name<Told>(r.text(4)),
          .fields = split(r.text(5)),
          .created_at = r.time(6),
          .told = r.i64(7),
          .told_at = maybe_time(r, 8),
          .next_at = maybe_time(r, 9),
          .acknowledged_at = maybe_time(r, 10),
          .acknowledged_by = r.maybe(11, [](const Row& row, int c) { return row.str(c); })};
}

}  // namespace

std::vector<RecipientRow> recipients(db::Tx& tx) {
  return tx.all(kRecipients, [](const Row& r) {
    return RecipientRow{r.id<RecipientId>(0), r.str(1),  r.str(2), json::from_name<RecipientKind>(r.text(3)),
                        r.flag(4),            r.time(5)};
  });
}

void insert_recipient(db::Tx& tx, const RecipientRow& row, std::string_view by) {
  tx.exec(kInsertRecipient, row.id, row.name, row.email, json::name_of(row.kind), by, row.added_at);
}
std::int64_t retire_recipient(db::Tx& tx, RecipientId id) {
  return tx.exec(kRetire, id);
}

void insert_notice(db::Tx& tx, const Notice& n) {
  std::string fields;
  for (const auto& f : n.fields) fields += (fields.empty() ? "" : " ") + f;
  tx.exec(kInsertNotice, n.id, n.recipient, n.subject, json::name_of(n.act), fields, n.created_at, n.next_at);
}

std::vector<DueRow> due_notices(db::Tx& tx, Time now, std::size_t limit) {
  return tx.all(kDue, [](const Row& r) { return DueRow{read(r), r.str(12)}; }, now, limit);
}
std::optional<Time> next_notice(db::Tx& tx) {
  return tx.one(kNext, [](const Row& r) { return r.time(0); });
}
void set_told(db::Tx& tx, NoticeId id, std::int64_t told, Time at, Time next, std::string_view token_hash) {
  tx.exec(kTold, told, at, next, Blob{token_hash}, id);
}
std::int64_t acknowledge(db::Tx& tx, NoticeId id, Time at, std::string_view by) {
  return tx.exec(kAcknowledge, at, by, id);
}
std::optional<Notice> notice(db::Tx& tx, NoticeId id) {
  return tx.one(kNotice, read, id);
}
std::optional<Notice> notice_by_token(db::Tx& tx, std::string_view token_hash) {
  return tx.one(kByToken, read, Blob{token_hash});
}
std::vector<Notice> notices(db::Tx& tx, const NoticePage& page) {
  const auto at = page.before_at ? to_micros(*page.before_at) : kEndOfTime;
  return tx.all(page.open.value_or(false) ? kOpenPage : kPage, read, at, page.before_id, page.limit);
}
std::vector<Notice> notices_of(db::Tx& tx, SubjectId subject) {
  return tx.all(kOf, read, subject);
}

}  // namespace chatika::privacy::store
