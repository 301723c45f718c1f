// A small clinic of the test's own on both engines, and a visitor who talks to its assistant.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "assistant/assistant.hpp"
#include "booking/booking.hpp"
#include "inbox/inbox.hpp"
#include "tests/support/both_databases.hpp"

namespace chatika::assistant {

booking::Catalog
clinic_catalog();  // ids are fresh; specialists work on weekdays 09–18, Борис on Saturdays too

class AssistantFixture : public chatika::testing::BothDatabases {
 protected:
  struct Guest {
    ConversationId conversation;
    SubjectId visitor;
  };

  void SetUp() override;

  // What TenantDb does: an error undoes, the audit row is part of the commit.
  template <class F>
  auto act(const privacy::Principal& who, F f) -> std::invoke_result_t<F, privacy::Access&> {
    std::invoke_result_t<F, privacy::Access&> given = fail(Errc::unavailable);
    const auto outcome = db::run_and_wait(storage(), tenant, [&](db::Tx& tx) {
      privacy::Access access(tx, keys_, who, now, "test");
      given = f(access);
      if (given) access.finish();
      return given.has_value();
    });
    if (given && outcome != db::Outcome::committed) return fail(Errc::unavailable, "not committed");
    return given;
  }
  [[nodiscard]] privacy::Principal system() const { return privacy::Principal::system(tenant); }

  Guest arrive(bool health = true, const char* language = "ru");
  Result<TurnResult> turn(const Guest& g, std::string text, std::optional<std::string> choice = {},
                          Uuid client = new_uuid());
  // The visitor of the test writes; gives the words of the replies, one a line. `last` is the last reply.
  std::string say(std::string text);
  // Takes the choice of the last reply with this label; a time by its clock ("10:00"), of the first day that
  // has it.
  std::string choose(std::string_view label);
  std::string choose_id(const std::string& id);  // "error <code>" when refused
  [[nodiscard]] bool offers(std::string_view label) const;
  [[nodiscard]] inbox::Thread thread();
  std::vector<booking::Booking> bookings();  // of the visitor's conversation
  std::vector<inbox::Lead> leads();
  inbox::Contact contact();
  std::int64_t messages();  // of everybody
  EmployeeId employee();
  [[nodiscard]] privacy::Principal as(EmployeeId id) const {
    return privacy::Principal::employee(tenant, id, privacy::Role::owner);
  }

  Time now = parse_rfc3339("2026-11-23T09:00:00Z").value();  // a Monday, noon in Moscow
  booking::Catalog catalog;
  Business business;
  Snapshots snapshots;
  Guest guest;
  inbox::Body last;
  TurnResult result;  // of the last say() or choose()

 private:
  privacy::TenantKeys keys_{tenant, crypto::Key::fresh()};
  std::string heard(const Result<TurnResult>& r);
};

}  // namespace chatika::assistant
