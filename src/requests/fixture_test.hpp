// Requests on both engines, with visitors, an officer, and a clock that is told to move.
#pragma once

#include <gtest/gtest.h>

#include "jobs/runner.hpp"
#include "requests/handlers.hpp"
#include "requests/requests.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::requests {

class RequestFixture : public chatika::testing::BothDatabases {
 protected:
  void SetUp() override;

  // What TenantDb does: an error undoes, the audit row is part of the commit.
  template <class F>
  auto act(const privacy::Principal& who, F f) -> std::invoke_result_t<F, privacy::Access&> {
    std::invoke_result_t<F, privacy::Access&> result = fail(Errc::unavailable);
    const auto outcome = db::run_and_wait(storage(), tenant, [&](db::Tx& tx) {
      privacy::Access access(tx, keys_, who, now, "test");
      result = f(access);
      if (result) access.finish();
      return result.has_value();
    });
    if (result && outcome != db::Outcome::committed) return fail(Errc::unavailable, "not committed");
    return result;
  }

  [[nodiscard]] privacy::Principal system() const { return privacy::Principal::system(tenant); }
  [[nodiscard]] privacy::Principal officer() const {
    auto who = privacy::Principal::employee(tenant, officer_id, privacy::Role::owner);
    who.officer = true;
    return who;
  }
  [[nodiscard]] privacy::Principal visitor(SubjectId id) const { return privacy::Principal::visitor(tenant, id); }
  privacy::Principal by_link(const std::string& token) {
    return in_tx([&](db::Tx& tx) { return requester_of(tx, token, now); }).value();
  }

  // Consents, and leaves these contacts (may be empty).
  SubjectId person(const std::string& name, const std::string& email, const std::string& phone = "");
  // As many records with one address.
  std::vector<SubjectId> many(const std::string& email, std::size_t n);
  void consent(SubjectId id);  // once more
  Filed filed(Filing filing);
  Filing form(RequestType type, const std::string& email) const;
  Case found(RequestId id) {
    return act(system(), [&](privacy::Access& a) { return find(a, id); }).value();
  }
  // Runs every job that is due, with the handlers of the program, until none is.
  void work();
  // The code of the newest mail that carries one, read as the mail job would.
  std::optional<std::string> mailed_code();
  // Where mails of this template go, oldest first; "of the record": wherever the person says at the time.
  std::vector<std::string> mailed_to(const std::string& what);
  std::vector<std::string> code_addresses() { return mailed_to("request_code"); }
  std::vector<std::string> mailed_secrets(const std::string& what, const std::string& name);
  // The person says another address in the chat.
  // Somebody asks for the link that withdraws; the job has run.
  void ask_link(const std::string& email) {
    ASSERT_TRUE(act(system(), [&](privacy::Access& a) -> Result<bool> {
      ask_for_withdrawal_link(a, email, "ru", "https://chatika.example/privacy/withdraw#KEY.");
      return true;
    }));
    work();
  }
  void rename_email(SubjectId id, const std::string& email);
  std::vector<std::string> mailed();  // templates, oldest first
  std::vector<EventKind> happened(RequestId id);
  privacy::Standing standing(SubjectId id) {
    return act(system(), [&](privacy::Access& a) { return a.standing(id); }).value();
  }
  Result<std::string> name_for(SubjectId id, privacy::Purpose purpose);

  static Pages pages() { return {"https://chatika.example/privacy/request#KEY."}; }

  Time now = parse_rfc3339("2026-04-28T09:00:00Z").value();
  EmployeeId officer_id;
  jobs::Handlers handlers;

 private:
  privacy::TenantKeys keys_{tenant, crypto::Key::fresh()};
};

template <class T>
std::string code_of(const Result<T>& r) {
  return r ? "none" : std::string(name(r.error().code));
}

}  // namespace chatika::requests
