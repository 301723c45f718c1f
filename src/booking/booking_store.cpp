#include "booking/booking_store.hpp"

#include <algorithm>
#include <unordered_map>

#include "json/read.hpp"
#include "json/write.hpp"

namespace chatika::booking::store {
namespace {

const db::Statement kInsertService(
    "INSERT INTO service (id, name_ru, name_en, aliases_ru, aliases_en, duration_min, price, place)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
const db::Statement kInsertSpecialist(
    "INSERT INTO specialist (id, name_ru, name_en, title_ru, title_en, place) VALUES ($1, $2, $3, $4, $5, "
    "$6)");
const db::Statement kInsertDoes("INSERT INTO specialist_service (specialist, service) VALUES ($1, $2)");
const db::Statement kInsertWindow(
    "INSERT INTO working_window (specialist, weekday, start_min, end_min) VALUES ($1, $2, $3, $4)");
const db::Statement kServices(
    "SELECT id, name_ru, name_en, aliases_ru, aliases_en, duration_min, price FROM service ORDER BY place, "
    "id");
const db::Statement kSpecialists(
    "SELECT id, name_ru, name_en, title_ru, title_en FROM specialist ORDER BY place, id");
const db::Statement kDoes(
    "SELECT d.service, d.specialist FROM specialist_service d JOIN specialist s ON s.id = d.specialist"
    " ORDER BY s.place, s.id");
const db::Statement kWindows(
    "SELECT specialist, weekday, start_min, end_min FROM working_window ORDER BY specialist, weekday, "
    "start_min");

const db::Statement kTaken(
    "SELECT starts_at, ends_at FROM booking WHERE specialist = $1 AND starts_at >= $2 AND starts_at < $3"
    " AND (status = 'confirmed' OR (status = 'held' AND hold_until > $4)) ORDER BY starts_at");
const db::Statement kInsert(
    "INSERT INTO booking (id, reference, service, specialist, visitor, conversation, starts_at, ends_at, "
    "status,"
    " hold_until, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
const db::Statement kFind(
    "SELECT id, reference, service, specialist, visitor, conversation, starts_at, ends_at, status, hold_until"
    " FROM booking WHERE id = $1 AND visitor IS NOT NULL");
const db::Statement kStartingBetween(
    "SELECT id, reference, service, specialist, visitor, conversation, starts_at, ends_at, status, hold_until"
    " FROM booking WHERE starts_at >= $1 AND starts_at < $2 AND visitor IS NOT NULL ORDER BY starts_at, id LIMIT $3");
const db::Statement kOfConversation(
    "SELECT id, reference, service, specialist, visitor, conversation, starts_at, ends_at, status, hold_until"
    " FROM booking WHERE conversation = $1 ORDER BY starts_at, id LIMIT $2");
const db::Statement kExpire(
    "UPDATE booking SET status = 'cancelled' WHERE specialist = $1 AND starts_at >= $2 AND starts_at < $3"
    " AND status = 'held' AND hold_until <= $4");
const db::Statement kLiveHolds(
    "SELECT id FROM booking WHERE conversation = $1 AND status = 'held' AND hold_until > $2");
const db::Statement kUpcoming(
    "SELECT count(*) FROM booking WHERE conversation = $1 AND status = 'confirmed' AND starts_at > $2");
const db::Statement kConfirm("UPDATE booking SET status = 'confirmed', hold_until = NULL WHERE id = $1");
const db::Statement kCancel("UPDATE booking SET status = 'cancelled' WHERE id = $1");
const db::Statement kHoldAgain("UPDATE booking SET status = 'held' WHERE id = $1");

std::string lines(const std::vector<std::string>& items) {
  std::string out;
  for (const auto& item : items) {
    if (!out.empty()) out += '\n';
    out += item;
  }
  return out;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

Booking read(const db::Row& r) {
  return {.id = r.id<BookingId>(0),
          .reference = r.str(1),
          .service = r.id<ServiceId>(2),
          .specialist = r.id<SpecialistId>(3),
          .visitor = r.id<SubjectId>(4),
          .conversation = r.maybe(5, [](const db::Row& row, int c) { return row.id<ConversationId>(c); }),
          .starts_at = r.time(6),
          .ends_at = r.time(7),
          .status = json::from_name<BookingStatus>(r.text(8)),
          .hold_until = r.maybe(9, [](const db::Row& row, int c) { return row.time(c); })};
}

}  // namespace

void insert_service(db::Tx& tx, const Service& s, int place) {
  tx.exec(kInsertService, s.id, s.name_ru, s.name_en, lines(s.aliases_ru), lines(s.aliases_en),
          s.duration_min, s.price, place);
  for (const auto& specialist : s.specialists) tx.exec(kInsertDoes, specialist, s.id);
}

void insert_specialist(db::Tx& tx, const Specialist& s, int place) {
  tx.exec(kInsertSpecialist, s.id, s.name_ru, s.name_en, s.title_ru, s.title_en, place);
  for (const auto& w : s.windows) tx.exec(kInsertWindow, s.id, w.weekday, w.start_min, w.end_min);
}

Catalog catalog(db::Tx& tx) {
  Catalog out;
  out.services = tx.all(kServices, [](const db::Row& r) {
    return Service{
        .id = r.id<ServiceId>(0),
        .name_ru = r.str(1),
        .name_en = r.str(2),
        .aliases_ru = split(r.text(3)),
        .aliases_en = split(r.text(4)),
        .duration_min = static_cast<int>(r.i64(5)),
        .price = r.maybe(6, [](const db::Row& row, int c) { return static_cast<int>(row.i64(c)); }),
        .specialists = {}};
  });
  out.specialists = tx.all(kSpecialists, [](const db::Row& r) {
    return Specialist{.id = r.id<SpecialistId>(0),
                      .name_ru = r.str(1),
                      .name_en = r.str(2),
                      .title_ru = r.str(3),
                      .title_en = r.str(4),
                      .windows = {}};
  });
  std::unordered_map<ServiceId, Service*> services;
  for (auto& s : out.services) services[s.id] = &s;
  std::unordered_map<SpecialistId, Specialist*> specialists;
  for (auto& s : out.specialists) specialists[s.id] = &s;
  tx.each(kDoes, [&](const db::Row& r) {
    services.at(r.id<ServiceId>(0))->specialists.push_back(r.id<SpecialistId>(1));
    return true;
  });
  tx.each(kWindows, [&](const db::Row& r) {
    specialists.at(r.id<SpecialistId>(0))
        ->windows.push_back(
            {static_cast<int>(r.i64(1)), static_cast<int>(r.i64(2)), static_cast<int>(r.i64(3))});
    return true;
  });
  return out;
}

std::vector<Taken> taken(db::Tx& tx, SpecialistId specialist, Time from, Time to, Time now) {
  return tx.all(
      kTaken, [](const db::Row& r) { return Taken{r.time(0), r.time(1)}; }, specialist, from, to, now);
}

db::Refusal insert(db::Tx& tx, const Booking& b, Time now) {
  return tx.try_exec(kInsert, b.id, b.reference, b.service, b.specialist, b.visitor, b.conversation,
                     b.starts_at, b.ends_at, json::name_of(b.status), b.hold_until, now);
}

std::optional<Booking> find(db::Tx& tx, BookingId id) {
  return tx.one(kFind, read, id);
}

std::vector<Booking> starting_between(db::Tx& tx, Time from, Time to, std::size_t limit) {
  return tx.all(kStartingBetween, read, from, to, limit);
}

std::vector<Booking> of_conversation(db::Tx& tx, ConversationId conversation, std::size_t limit) {
  return tx.all(kOfConversation, read, conversation, limit);
}

void expire_holds(db::Tx& tx, SpecialistId specialist, Time from, Time to, Time now) {
  tx.exec(kExpire, specialist, from, to, now);
}

std::vector<BookingId> live_holds(db::Tx& tx, ConversationId conversation, Time now) {
  return tx.all(kLiveHolds, [](const db::Row& r) { return r.id<BookingId>(0); }, conversation, now);
}

std::size_t upcoming(db::Tx& tx, ConversationId conversation, Time now) {
  const auto count = tx.one(kUpcoming, [](const db::Row& r) { return r.i64(0); }, conversation, now);
  return static_cast<std::size_t>(count.value_or(0));
}

void confirm(db::Tx& tx, BookingId id) {
  tx.exec(kConfirm, id);
}
void cancel(db::Tx& tx, BookingId id) {
  tx.exec(kCancel, id);
}
void hold_again(db::Tx& tx, BookingId id) {
  tx.exec(kHoldAgain, id);
}

}  // namespace chatika::booking::store
