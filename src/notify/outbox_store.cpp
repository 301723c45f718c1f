#include "notify/outbox_store.hpp"

#include "json/write.hpp"

namespace chatika::notify::store {
namespace {

using db::Blob;

const db::Statement kInsert(
    "INSERT INTO outbox (id, subject, address_box, address, template, language, params, secrets_box, state, "
    "attempts,"
    " next_at, error, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', 0, $9, '', $9)");
const db::Statement kRow(
    "SELECT subject, address_box, address, template, language, params, secrets_box, state, attempts, "
    "created_at"
    " FROM outbox WHERE id = $1");
const db::Statement kVisitorEmail("SELECT email_box FROM visitor WHERE id = $1 AND email_box IS NOT NULL");
const db::Statement kEmployeeEmail("SELECT email_box FROM employee WHERE id = $1");

const db::Statement kSettle(
    "UPDATE outbox SET state = $1, attempts = $2, error = $3, code = $4, next_at = $5, finished_at = $6 "
    "WHERE id = $7");
const db::Statement kStrip(
    "UPDATE outbox SET params = '{}', secrets_box = NULL, address_box = NULL WHERE id = $1");
const db::Statement kLog("INSERT INTO delivery (mail, number, at, result, code) VALUES ($1, $2, $3, $4, $5)");
const db::Statement kRevive(
    "UPDATE outbox SET state = 'waiting', next_at = $1, finished_at = NULL WHERE id = $2 AND state IN "
    "('waiting', 'dead')");

const db::Statement kFind(
    "SELECT id, template, state, attempts, code, error, next_at, created_at, finished_at FROM outbox WHERE "
    "id = $1");
const db::Statement kList(
    "SELECT id, template, state, attempts, code, error, next_at, created_at, finished_at FROM outbox"
    " WHERE (created_at < $1 OR (created_at = $1 AND id < $2)) ORDER BY created_at DESC, id DESC LIMIT $3");
const db::Statement kListOfState(
    "SELECT id, template, state, attempts, code, error, next_at, created_at, finished_at FROM outbox"
    " WHERE state = $1 AND (created_at < $2 OR (created_at = $2 AND id < $3))"
    " ORDER BY created_at DESC, id DESC LIMIT $4");
const db::Statement kCount("SELECT COUNT(*) FROM outbox WHERE state = $1");
const db::Statement kAttempts(
    "SELECT number, at, result, code FROM delivery WHERE mail = $1 ORDER BY number");
constexpr std::int64_t kEndOfTime = 253'402'300'799'000'000;  // 9999-12-31

Time time_at(const db::Row& row, int column) {
  return row.time(column);
}
int int_at(const db::Row& row, int column) {
  return static_cast<int>(row.i64(column));
}
std::string bytes_at(const db::Row& row, int column) {
  return row.bytes(column);
}
std::string text_at(const db::Row& row, int column) {
  return row.str(column);
}

std::optional<Blob> blob(const std::optional<std::string>& bytes) {
  return bytes ? std::optional(Blob{*bytes}) : std::nullopt;
}

MailRecord record(const db::Row& r) {
  return {.id = r.id<MailId>(0),
          .what = json::from_name<Template>(r.text(1)),
          .state = json::from_name<MailState>(r.text(2)),
          .attempts = int_at(r, 3),
          .last_code = r.maybe(4, int_at),
          .error = r.str(5),
          .next_at = r.maybe(6, time_at),
          .created_at = r.time(7),
          .finished_at = r.maybe(8, time_at)};
}

template <privacy::Field F>
std::optional<privacy::Sealed<F>> sealed(db::Tx& tx, const db::Statement& s, SubjectId subject) {
  auto box = tx.one(s, [](const db::Row& r) { return r.bytes(0); }, subject);
  if (!box) return std::nullopt;
  return privacy::Sealed<F>{subject, subject, std::move(*box)};
}

}  // namespace

void insert(db::Tx& tx, const NewRow& row) {
  tx.exec(kInsert, row.id, row.subject, blob(row.address_box), row.address, json::name_of(row.what),
          row.language, row.params, blob(row.secrets_box), row.now);
}

std::optional<Row> row(db::Tx& tx, MailId id) {
  return tx.one(
      kRow,
      [&](const db::Row& r) {
        Row out{.id = id,
                .subject = r.maybe(0, [](const db::Row& x, int c) { return x.id<SubjectId>(c); }),
                .address_box = {},
                .address = r.maybe(2, text_at),
                .what = json::from_name<Template>(r.text(3)),
                .language = r.str(4),
                .params = r.str(5),
                .secrets_box = {},
                .state = json::from_name<MailState>(r.text(7)),
                .attempts = int_at(r, 8),
                .created_at = r.time(9)};
        const auto subject = out.subject.value_or(SubjectId());
        if (auto box = r.maybe(1, bytes_at)) out.address_box = {subject, id, std::move(*box)};
        if (auto box = r.maybe(6, bytes_at)) out.secrets_box = {subject, id, std::move(*box)};
        return out;
      },
      id);
}

std::optional<privacy::Sealed<privacy::Field::visitor_email>> visitor_email(db::Tx& tx, SubjectId subject) {
  return sealed<privacy::Field::visitor_email>(tx, kVisitorEmail, subject);
}
std::optional<privacy::Sealed<privacy::Field::employee_email>> employee_email(db::Tx& tx, SubjectId subject) {
  return sealed<privacy::Field::employee_email>(tx, kEmployeeEmail, subject);
}

void settle(db::Tx& tx, MailId id, int attempt, const Outcome& outcome, Time now) {
  const bool waits = outcome.state == MailState::waiting;
  const auto finished = waits ? std::nullopt : std::optional(now);
  tx.exec(kSettle, json::name_of(outcome.state), attempt, outcome.error, outcome.code, outcome.next_at,
          finished, id);
  tx.exec(kLog, id, attempt, now, outcome.state == MailState::sent ? std::string_view("sent") : outcome.error,
          outcome.code);
  if (outcome.state == MailState::sent || outcome.state == MailState::suppressed) tx.exec(kStrip, id);
}

void revive(db::Tx& tx, MailId id, Time now) {
  tx.exec(kRevive, now, id);
}

std::vector<MailRecord> list(db::Tx& tx, const MailPage& page) {
  const auto at = page.before_at.value_or(from_micros(kEndOfTime));
  if (!page.state) return tx.all(kList, record, at, page.before_id, page.limit);
  return tx.all(kListOfState, record, json::name_of(*page.state), at, page.before_id, page.limit);
}

std::optional<MailRecord> find(db::Tx& tx, MailId id) {
  return tx.one(kFind, record, id);
}

std::int64_t count(db::Tx& tx, MailState state) {
  return tx.one(kCount, [](const db::Row& r) { return r.i64(0); }, json::name_of(state)).value_or(0);
}

std::vector<Attempt> attempts(db::Tx& tx, MailId id) {
  return tx.all(
      kAttempts,
      [](const db::Row& r) { return Attempt{int_at(r, 0), r.time(1), r.str(2), r.maybe(3, int_at)}; }, id);
}

}  // namespace chatika::notify::store
