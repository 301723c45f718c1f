// An inbox with two employees on both engines, at a time that is told to move.
#pragma once

#include <gtest/gtest.h>

#include "inbox/inbox.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::inbox {

class InboxFixture : public chatika::testing::BothDatabases {
 protected:
  void SetUp() override;

  // What TenantDb does: an error undoes, the audit row is part of the commit.
  template <class F>
  auto act(const privacy::Principal& who, F f) -> std::invoke_result_t<F, privacy::Access&> {
    std::invoke_result_t<F, privacy::Access&> result = fail(Errc::unavailable);
    auto& keys = who.tenant == tenant ? keys_ : other_keys_;
    const auto outcome = db::run_and_wait(storage(), who.tenant, [&](db::Tx& tx) {
      privacy::Access access(tx, keys, who, now, "test");
      result = f(access);
      if (result) access.finish();
      return result.has_value();
    });
    if (result && outcome != db::Outcome::committed) return fail(Errc::unavailable, "not committed");
    return result;
  }

  [[nodiscard]] privacy::Principal system() const { return privacy::Principal::system(tenant); }
  [[nodiscard]] privacy::Principal employee(EmployeeId id) const {
    return privacy::Principal::employee(tenant, id, privacy::Role::receptionist);
  }
  [[nodiscard]] privacy::Principal visitor(SubjectId id) const {
    return privacy::Principal::visitor(tenant, id);
  }

  static privacy::ConsentText text();
  static crypto::Hash hash(std::string_view token) { return crypto::sha256(token); }
  static Result<Started> start_in(privacy::Access& a, Uuid client_id, std::string_view token, bool health);
  Result<Started> start(Uuid client_id, std::string_view token, bool health = false);
  Started started() { return start(new_uuid(), "token").value(); }

  // One message of this sender, saved.
  Result<Message> write(const Started& s, Sender from, std::string words, std::optional<Uuid> client_id = {});
  Thread thread_of(const Started& s) {
    return act(system(), [&](privacy::Access& a) { return thread(a, s.conversation); }).value();
  }
  std::int64_t count(const db::Statement& s) {
    return in_tx([&](db::Tx& tx) { return *tx.one(s, [](const db::Row& r) { return r.i64(0); }); });
  }

  Time now = parse_rfc3339("2026-11-23T09:00:00Z").value();
  EmployeeId olga, pavel;  // receptionists

 private:
  EmployeeId add_employee(const char* name);

  privacy::TenantKeys keys_{tenant, crypto::Key::fresh()};
  privacy::TenantKeys other_keys_{other, crypto::Key::fresh()};
};

template <class T>
std::string code_of(const Result<T>& r) {
  return r ? "none" : std::string(name(r.error().code));
}

}  // namespace chatika::inbox
