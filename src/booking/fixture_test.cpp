#include "booking/fixture_test.hpp"

namespace chatika::booking {
namespace {

const db::Statement kVisitor("INSERT INTO visitor (id, created_at) VALUES ($1, $2)");
const db::Statement kConversation(
    "INSERT INTO conversation (id, visitor, client_id, token_hash, status, language, last_seq, "
    "visitor_read_seq,"
    " staff_read_seq, started_at, last_at) VALUES ($1, $2, $3, $4, 'assistant', 'ru', 0, 0, 0, $5, $6)");
const db::Statement kAuditRows("SELECT COUNT(*) FROM audit");
const db::Statement kLiveRows("SELECT COUNT(*) FROM booking WHERE status <> 'cancelled'");

std::vector<Window> weekdays() {
  std::vector<Window> out;
  for (int day = 1; day <= 5; ++day) {
    out.push_back({day, 9 * 60, 13 * 60});
    out.push_back({day, 13 * 60, 18 * 60});
  }
  return out;
}

std::pair<SubjectId, ConversationId> add_visitor(privacy::Access& access) {
  const auto visitor = access.new_subject(privacy::SubjectKind::visitor);
  const auto conversation = ConversationId::fresh();
  auto& tx = access.tx();
  tx.exec(kVisitor, visitor, access.now());
  tx.exec(kConversation, conversation, visitor, new_uuid(), db::Blob{"token hash"}, access.now(),
          access.now());
  return {visitor, conversation};
}

}  // namespace

void BookingFixture::SetUp() {
  furnish(house);
  furnish(neighbour);
}

void BookingFixture::furnish(House& h) {
  const auto done = act(h, system(h), [&](privacy::Access& access) -> Result<void> {
    auto& tx = access.tx();
    int place = 0;
    for (auto [id, ru, en] :
         {std::tuple{&h.anna, "Анна", "Anna"}, {&h.boris, "Борис", "Boris"}, {&h.vera, "Вера", "Vera"}}) {
      *id = SpecialistId::fresh();
      add_specialist(tx, {*id, ru, en, "Врач", "Doctor", weekdays()}, ++place);
    }
    h.short_visit = ServiceId::fresh();
    h.long_visit = ServiceId::fresh();
    add_service(
        tx, {h.short_visit, "Приём", "Visit", {"осмотр", "консультация"}, {}, 30, 1500, {h.anna, h.boris}},
        2);
    add_service(
        tx,
        {h.long_visit, "Операция", "Surgery", {}, {"operation"}, 60, std::nullopt, {h.vera, h.boris, h.anna}},
        1);
    std::tie(h.visitor, h.conversation) = add_visitor(access);
    std::tie(h.other_visitor, h.other_conversation) = add_visitor(access);
    h.catalog = catalog(tx);
    return {};
  });
  ASSERT_TRUE(done) << done.error().cause;
}

std::vector<Time> BookingFixture::free_of(SpecialistId who, Time from, Time to) {
  const auto starts = free({house.short_visit, who, from, to, kZone});
  std::vector<Time> out;
  for (const auto& s : starts.value()) out.push_back(s.at);
  return out;
}

std::int64_t BookingFixture::audit_rows(const House& h) {
  return in_tx(h.tenant,
               [](db::Tx& tx) { return *tx.one(kAuditRows, [](const db::Row& r) { return r.i64(0); }); });
}

std::int64_t BookingFixture::live_rows(const House& h) {
  return in_tx(h.tenant,
               [](db::Tx& tx) { return *tx.one(kLiveRows, [](const db::Row& r) { return r.i64(0); }); });
}

}  // namespace chatika::booking
