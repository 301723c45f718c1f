// An installation with two businesses and an owner, on both engines, at a time that is told to move.
#pragma once

#include <gtest/gtest.h>

#include <future>
#include <memory>

#include "accounts/sign_in.hpp"
#include "accounts/tenants.hpp"
#include "base/clock.hpp"
#include "crypto/crypto.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::accounts {

inline Profile profile(const char* name) {
  return {.name = {name, "Clinic"},
          .business = Business::clinic,
          .time_zone = "Europe/Moscow",
          .phone = "+7 000 000-00-00",
          .address = {"г. Пример", "Example"},
          .hours = {"пн–пт 9–18", ""},
          .greeting = {"Здравствуйте!", "Hello!"},
          .origins = {"https://clinic.example"}};
}

class AccountsFixture : public chatika::testing::BothDatabases {
 protected:
  AccountsFixture() { open(); }

  void open() {
    auto opened = Tenants::open(storage(), master.clone(), clock);
    if (!opened) throw std::runtime_error(opened.error().cause);
    tenants = std::move(*opened);
  }
  void restart() {
    tenants.reset();
    reopen();
    open();
  }
  TenantId create(const char* slug) { return tenants->create(slug, profile(slug)).value(); }

  // Who the session is, as a request finds out.
  Result<privacy::Principal> who(TenantId id, const crypto::Hash& token) {
    auto db = tenants->enter(id, identify_session(token));
    if (!db) return fail(std::move(db).error());
    return db->call("test", [](privacy::Access& a) -> Result<privacy::Principal> { return a.who(); });
  }
  template <class F>
  auto as(const privacy::Principal& principal, F f) {
    return tenants->enter(principal)->call("test", std::move(f));
  }

  const crypto::Key master = crypto::Key::fresh();
  FakeClock clock{parse_rfc3339("2026-11-23T09:00:00Z").value()};
  std::unique_ptr<Tenants> tenants;
};

}  // namespace chatika::accounts
