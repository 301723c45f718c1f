// A business with three specialists, on both engines, at a time that stands still.
#pragma once

#include <gtest/gtest.h>

#include "booking/booking.hpp"
#include "crypto/crypto.hpp"
#include "privacy/access.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::booking {

inline constexpr const char* kZone = "Europe/Moscow";

inline Time utc(const char* text) {
  return parse_rfc3339(text).value();
}

// One business: its keys, its catalogue, two visitors with a conversation each. Anna and Boris do both
// services, Vera the long one only. Weekdays 09:00-13:00 and 13:00-18:00 in Moscow.
struct House {
  explicit House(TenantId id) : tenant(id), keys(id, crypto::Key::fresh()) {}

  TenantId tenant;
  privacy::TenantKeys keys;
  Catalog catalog;
  ServiceId short_visit, long_visit;
  SpecialistId anna, boris, vera;
  SubjectId visitor, other_visitor;
  ConversationId conversation, other_conversation;
};

class BookingFixture : public chatika::testing::BothDatabases {
 protected:
  void SetUp() override;

  // What TenantDb does: an error undoes, the audit row is part of the commit.
  template <class F>
  auto act(House& h, const privacy::Principal& who, F f) -> std::invoke_result_t<F, privacy::Access&> {
    return act(storage(), h, who, std::move(f));
  }
  template <class F>
  auto act(db::Storage& on, House& h, const privacy::Principal& who, F f)
      -> std::invoke_result_t<F, privacy::Access&> {
    std::invoke_result_t<F, privacy::Access&> result = fail(Errc::unavailable);
    const auto outcome = db::run_and_wait(on, h.tenant, [&](db::Tx& tx) {
      privacy::Access access(tx, h.keys, who, now, "test");
      result = f(access);
      if (result) access.finish();
      return result.has_value();
    });
    if (result && outcome != db::Outcome::committed) return fail(Errc::unavailable, "not committed");
    return result;
  }

  privacy::Principal visitor(const House& h) const {
    return privacy::Principal::visitor(h.tenant, h.visitor);
  }
  privacy::Principal system(const House& h) const { return privacy::Principal::system(h.tenant); }

  HoldRequest request(const House& h, Time at) const {
    return {.service = h.short_visit,
            .specialist = h.anna,
            .starts_at = at,
            .visitor = h.visitor,
            .conversation = h.conversation,
            .zone = kZone};
  }
  Result<Booking> hold(House& h, const HoldRequest& r) {
    return act(h, system(h), [&](privacy::Access& a) { return booking::hold(a, h.catalog, r); });
  }
  Result<Booking> hold(const HoldRequest& r) { return hold(house, r); }
  Result<Booking> confirm(BookingId id) {
    return act(house, visitor(house), [&](privacy::Access& a) { return booking::confirm(a, id); });
  }
  Result<Booking> cancel(BookingId id) {
    return act(house, visitor(house), [&](privacy::Access& a) { return booking::cancel(a, id); });
  }
  Result<Booking> find(BookingId id) {
    return act(house, visitor(house), [&](privacy::Access& a) { return booking::find(a, id); });
  }
  Result<std::vector<Start>> free(const FreeQuery& q) {
    return act(house, visitor(house), [&](privacy::Access& a) { return free_starts(a, house.catalog, q); });
  }
  std::vector<Time> free_of(SpecialistId who, Time from, Time to);
  std::int64_t audit_rows(const House& h);
  std::int64_t live_rows(const House& h);

  void furnish(House& h);

  Time now = utc("2026-11-23T09:00:00Z");              // a Monday, noon in Moscow
  const Time tuesday_9 = utc("2026-11-24T06:00:00Z");  // 09:00 in Moscow
  House house{tenant};
  House neighbour{other};
};

inline std::string error_of(const Result<Booking>& r) {
  if (r) return "none";
  std::string out(name(r.error().code));
  for (const auto& f : r.error().fields) out += " " + f.pointer + " " + f.code;
  return out;
}

}  // namespace chatika::booking
